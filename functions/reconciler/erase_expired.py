"""Use case: erase what has been kept for its whole time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from shared.postgres.expired_content import ExpiredContent, Expiry

ROWS_PER_STATEMENT = 100
"""Few enough that nobody waits long for a row, and that a statement stays far from its timeout."""


@dataclass(frozen=True, kw_only=True)
class ErasureParts:
    """What erasing needs: how long each kind is kept, and how many of each a run may erase."""

    content: ExpiredContent
    kept_for: Mapping[Expiry, timedelta]
    erasures_per_run: int
    report: Callable[..., None]


def erase_expired(*, dry_run: bool, parts: ErasureParts) -> dict[str, dict[str, int]]:
    """Maps each kind to how many were due and how many of them were erased, in small batches.

    What is left over is the next run's. Raises DatabaseUnavailable; what was erased stays erased.
    """
    report: dict[str, dict[str, int]] = {}
    for kind, kept_for in parts.kept_for.items():
        due = parts.content.count(kind, age=kept_for)
        limit = 0 if dry_run else min(due, parts.erasures_per_run)
        erased = _erase(kind, kept_for, limit, parts)
        report[kind] = {"checked": due, "erased": erased}
    return report


def _erase(kind: Expiry, kept_for: timedelta, limit: int, parts: ErasureParts) -> int:
    erased = 0
    while erased < limit:
        wanted = min(limit - erased, ROWS_PER_STATEMENT)
        some = parts.content.erase(kind, age=kept_for, limit=wanted)
        erased += some
        if some < wanted:  # Somebody else holds the rest, or was faster.
            break
    if erased:
        parts.report("content.erased", by="kind", count=erased, kind=kind, rows=erased)
    return erased
