"""The quality that was reached, per collection of mails: it can only rise."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.evaluation.score import Outcome, Scores, outcomes, score
from tests.samples.labelled import labelled_replies

FILE = Path(__file__).parent / "floors.toml"
KNOWN = ("replies", "fresh_replies")
KEPT_ASIDE = "kept_aside_replies"
GROUPS = {"known": KNOWN, "kept aside": (KEPT_ASIDE,)}
_HEAD = "# What was reached with all labelled mails; `make eval ARGS=--renew` writes it anew.\n"


@dataclass(frozen=True, kw_only=True)
class Floor:
    """For `mails` mails: at least how often each field is right, at most how often a fault is."""

    mails: int
    right: dict[str, int]
    at_most: dict[str, int]


def results_of(group: str) -> list[Outcome]:
    """Reads and matches the mails of a group."""
    return outcomes(label for name in GROUPS[group] for label in labelled_replies(name))


def floor_of(group: str) -> Floor:
    """What the file says of a group."""
    table: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))[group]
    return Floor(mails=table["mails"], right=table["right"], at_most=table["at_most"])


def renew(scores: dict[str, tuple[int, Scores]]) -> None:
    """Writes the file from how many mails each group has, and their scores."""
    FILE.write_text(_HEAD + "".join(_lines(scores)), encoding="utf-8")


def lowered(group: str, mails: int, scores: Scores) -> list[str]:
    """What is worse than the file says of the same mails; other mails are measured anew."""
    floor = floor_of(group)
    if floor.mails != mails:
        return []
    fewer = [
        name for name, tally in scores.shares.items() if tally.right < floor.right.get(name, 0)
    ]
    more = [
        name for name, found in scores.faults.items() if len(found) > floor.at_most.get(name, mails)
    ]
    return [f"{group}: {name}" for name in (*fewer, *more)]


def scored(group: str) -> tuple[int, Scores]:
    """How many mails a group has, and their scores."""
    results = results_of(group)
    return len(results), score(results)


def _lines(groups: dict[str, tuple[int, Scores]]) -> Iterator[str]:
    for group, (mails, scores) in groups.items():
        yield f'\n["{group}"]\nmails = {mails}\n\n["{group}".right]\n'
        for name, tally in scores.shares.items():
            yield f'"{name}" = {tally.right} # of {tally.total}\n'
        yield f'\n["{group}".at_most]\n'
        for name, found in scores.faults.items():
            yield f'"{name}" = {len(found)}\n'
