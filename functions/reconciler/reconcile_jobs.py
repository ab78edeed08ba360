"""Use case: set going again the jobs that stand still, and erase what is over its time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from functions.reconciler.erase_expired import ErasureParts, erase_expired
from shared.postgres.reconciliation_runs import ReconciliationRuns, StartedRun
from shared.postgres.stuck_jobs import Standstill, StuckJobs
from shared.sqs import JobQueue


@dataclass(frozen=True, kw_only=True)
class Cure:
    """From which age a standstill counts, and the queue that gets its message."""

    age: timedelta
    queue: JobQueue


@dataclass(frozen=True, kw_only=True)
class ReconciliationParts:
    """What a run needs. `report` gets a dotted event name and numbers for log and metric."""

    runs: ReconciliationRuns
    stuck_jobs: StuckJobs
    cures: dict[Standstill, Cure]
    lease: timedelta
    heals_per_run: int
    erasure: ErasureParts
    report: Callable[..., None]


def reconcile_jobs(*, run_id: int | None, parts: ReconciliationParts) -> dict[str, Any]:
    """Does the run that waits to be started and returns its report.

    Without a `run_id`, on schedule, it opens a run if none is open; with one, somebody has.

    The report maps each kind of standstill to how many jobs were found and how many were sent
    again; together at most `heals_per_run` are. After them come the kinds of what was erased. A
    dry run only counts. If no run waits, another is under way or done: nothing is done and the
    answer says so. Raises DatabaseUnavailable.
    """
    if run_id is None:
        parts.runs.request(actor="schedule", lease=parts.lease, dry_run=False)
    run = parts.runs.start(lease=parts.lease)
    if run is None:
        return {"skipped": "no run waits to be started"}
    healed = _heal(run, parts)
    report = healed | erase_expired(dry_run=run.dry_run, parts=parts.erasure)
    ended = parts.runs.finish(run, report)
    parts.report("reconciliation.finished" if ended else "reconciliation.lost", **_sums(healed))
    return {"run_id": run.run_id, "dry_run": run.dry_run, "kinds": report}


def _heal(run: StartedRun, parts: ReconciliationParts) -> dict[str, Any]:
    report: dict[str, Any] = {}
    left = 0 if run.dry_run else parts.heals_per_run
    for kind, cure in parts.cures.items():
        found = parts.stuck_jobs.count(kind, age=cure.age)
        healed, refused = _send_again(kind, cure, left, parts.stuck_jobs) if found else (0, 0)
        left -= healed + refused
        report[kind] = {"checked": found, "healed": healed, "refused": refused}
    return report


def _send_again(kind: Standstill, cure: Cure, limit: int, stuck_jobs: StuckJobs) -> tuple[int, int]:
    """Stamps first, commits, then sends: a death in between leaves a later run to heal it."""
    stamped = stuck_jobs.stamp(kind, age=cure.age, limit=limit)
    refused = cure.queue.send_all(stamped.messages)
    if refused:
        stuck_jobs.unstamp(kind, replace(stamped, messages=refused))
    return len(stamped.messages) - len(refused), len(refused)


def _sums(report: dict[str, Any]) -> dict[str, int]:
    return {
        key: sum(kind[key] for kind in report.values()) for key in ("checked", "healed", "refused")
    }
