"""Quality can only rise: what was reached once is the floor (tests/evaluation/floors.toml)."""

from __future__ import annotations

import pytest

from tests.evaluation.floors import GROUPS, Floor, floor_of, lowered, scored
from tests.evaluation.score import Scores, Tally


@pytest.fixture(scope="module", params=GROUPS)
def group(request: pytest.FixtureRequest) -> tuple[Floor, int, Scores]:
    return floor_of(request.param), *scored(request.param)


def test_the_floor_was_taken_with_all_mails(group: tuple[Floor, int, Scores]) -> None:
    floor, mails, _ = group
    assert mails == floor.mails


def test_every_field_is_right_as_often_as_it_was(group: tuple[Floor, int, Scores]) -> None:
    floor, _, scores = group
    fewer = {
        name: f"{tally.right}, once {floor.right[name]}"
        for name, tally in scores.shares.items()
        if tally.right < floor.right[name]
    }
    assert fewer == {}


def test_no_fault_occurs_more_often_than_it_did(group: tuple[Floor, int, Scores]) -> None:
    floor, _, scores = group
    more = {
        name: f"{len(found)}, once {floor.at_most[name]}"
        for name, found in scores.faults.items()
        if len(found) > floor.at_most[name]
    }
    assert more == {}


def test_every_field_and_every_fault_has_a_floor(group: tuple[Floor, int, Scores]) -> None:
    floor, _, scores = group
    assert set(floor.right) == set(scores.shares)
    assert set(floor.at_most) == set(scores.faults)


@pytest.mark.parametrize("name", GROUPS)
def test_a_floor_that_would_sink_is_named(name: str) -> None:
    worse = Scores(shares={"intent": Tally(right=0, total=1)})
    assert lowered(name, floor_of(name).mails, worse) == [f"{name}: intent"]
    assert lowered(name, floor_of(name).mails + 1, worse) == []
