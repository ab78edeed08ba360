"""The sample mails with what a reader of them would decide."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Sample:
    """A reply as Zendesk's trigger sends it, and its label; no label means: it must fail."""

    name: str
    webhook: dict[str, Any]
    label: Label | None


@dataclass(frozen=True)
class Label:
    """Which inquiry the mail answers and how certain a person would be of it."""

    inquiry_id: str | None
    accepted: frozenset[str]
    """Values of match_status that count as right; the preferred one is among them."""


@dataclass(frozen=True)
class Samples:
    """The inquiries that the firm sent, the replies to them, and the one that nobody can read."""

    inquiries: tuple[dict[str, Any], ...]
    replies: tuple[Sample, ...]
    poison: Sample


def read_samples(folder: Path) -> Samples:
    """Reads ``inquiries.jsonl``, ``replies.jsonl`` and ``poison.json``."""
    poison = json.loads((folder / "poison.json").read_text())
    return Samples(
        inquiries=tuple(_lines(folder / "inquiries.jsonl")),
        replies=tuple(_reply(record) for record in _lines(folder / "replies.jsonl")),
        poison=Sample("poison", poison.get("webhook", poison), None),
    )


def _reply(record: dict[str, Any]) -> Sample:
    accepted = {record["match_status"], *record.get("match_status_accept", ())}
    label = Label(inquiry_id=record["matched_inquiry_id"], accepted=frozenset(accepted))
    return Sample(record["id"], record["webhook"], label)


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines() if line.strip()]
