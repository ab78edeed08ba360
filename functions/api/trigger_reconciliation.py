"""Use case: an operator has stuck jobs looked for now, not at the next scheduled time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from shared.domain.errors import ReconcilerUnavailable
from shared.postgres.reconciliation_runs import ReconciliationRuns


@dataclass(frozen=True, kw_only=True)
class TriggeredRun:
    """`is_new` is False if another run was under way; `is_started` if the reconciler was told."""

    run_id: int
    is_new: bool
    is_started: bool


def trigger_reconciliation(
    *,
    actor: str,
    lease: timedelta,
    dry_run: bool,
    runs: ReconciliationRuns,
    start: Callable[[int], None],
) -> TriggeredRun:
    """Requests a run and starts the reconciler on it, unless one is under way already.

    `start` raises ReconcilerUnavailable; then the schedule takes the requested run.
    Raises DatabaseUnavailable.
    """
    run = runs.request(actor=actor, lease=lease, dry_run=dry_run)
    is_started = run.is_new and _is_started(start, run.run_id)
    return TriggeredRun(run_id=run.run_id, is_new=run.is_new, is_started=is_started)


def _is_started(start: Callable[[int], None], run_id: int) -> bool:
    try:
        start(run_id)
    except ReconcilerUnavailable:
        return False
    return True
