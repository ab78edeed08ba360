"""Whether a run over the samples went as it must."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from infra.local.samples import Label, Sample

LEAST_RIGHT_MATCHES = 22
_MATCHED = "auto_matched"


@dataclass(frozen=True)
class Processed:
    """A sample and what became of it; `job` is the job as the API tells it."""

    sample: Sample
    job: dict[str, Any]


def matches(processed: Sequence[Processed]) -> tuple[list[Processed], list[Processed]]:
    """Returns what was matched automatically: rightly and wrongly."""
    matched = [one for one in processed if one.job["match_status"] == _MATCHED]
    right = [one for one in matched if _is_right(one, one.sample.label)]
    return right, [one for one in matched if one not in right]


def shortcomings(
    processed: Sequence[Processed], *, mails: int, waiting: dict[str, int]
) -> list[str]:
    """Returns what is not as it must be, one clause each; nothing if all is well.

    `mails` were sent; `waiting` is how many messages each queue still holds.
    """
    right, wrong = matches(processed)
    unfinished = [
        one
        for one in processed
        if one.sample.label is not None and one.job["processing_status"] != "completed"
    ]
    found = [f"{_named(one)} was matched wrongly" for one in wrong]
    if len(right) < LEAST_RIGHT_MATCHES:
        found.append(f"only {len(right)} of at least {LEAST_RIGHT_MATCHES} were matched rightly")
    found += [f"{_named(one)} is {one.job['processing_status']}" for one in unfinished]
    found += [
        f"the unreadable mail (job {one.job['id']}) is {one.job['processing_status']}, not failed"
        for one in processed
        if one.sample.label is None and one.job["processing_status"] != "failed"
    ]
    if mails != 1:
        found.append(f"{mails} failure e-mails were sent instead of one")
    found += [f"the {name} queue still holds {count}" for name, count in waiting.items() if count]
    return found


def _is_right(one: Processed, label: Label | None) -> bool:
    if label is None:
        return False
    return _MATCHED in label.accepted and one.job["matched_inquiry_id"] == label.inquiry_id


def _named(one: Processed) -> str:
    return f"{one.sample.name} (job {one.job['id']})"
