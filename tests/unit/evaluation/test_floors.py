"""Quality can only rise: what was reached once is the floor (tests/evaluation/floors.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.evaluation.__main__ import COLLECTIONS
from tests.evaluation.score import Scores, outcomes, score
from tests.samples.labelled import labelled_replies

ROOT = Path(__file__).parents[2]
FLOORS: dict[str, Any] = tomllib.loads((ROOT / "evaluation" / "floors.toml").read_text())


@pytest.fixture(scope="module")
def scores() -> Scores:
    return score(outcomes(label for name in COLLECTIONS for label in labelled_replies(name)))


@pytest.mark.parametrize("name", FLOORS["right"])
def test_a_field_is_right_as_often_as_it_was(name: str, scores: Scores) -> None:
    tally = scores.shares[name]
    assert tally.right >= FLOORS["right"][name]


@pytest.mark.parametrize("name", FLOORS["at most"])
def test_a_fault_occurs_no_more_often_than_it_did(name: str, scores: Scores) -> None:
    assert len(scores.faults[name]) <= FLOORS["at most"][name]


def test_every_field_and_every_fault_has_a_floor(scores: Scores) -> None:
    assert set(FLOORS["right"]) == set(scores.shares)
    assert set(FLOORS["at most"]) == set(scores.faults)
