"""Use case: set going again the jobs that stand still, and erase what is over its time."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from functions.reconciler.erase_expired import ErasureParts, erase_expired
from shared.observability import Reporter
from shared.postgres.open_jobs import OpenJobs
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
    """What a run needs."""

    runs: ReconciliationRuns
    stuck_jobs: StuckJobs
    open_jobs: Callable[[], OpenJobs]
    cures: dict[Standstill, Cure]
    lease: timedelta
    heals_per_run: int
    report: Reporter
    erasure: ErasureParts


def reconcile_jobs(*, run_id: int | None, parts: ReconciliationParts) -> dict[str, Any]:
    """Does the run that waits to be started and returns its report.

    Without a `run_id`, on schedule, it opens a run if none is open; with one, somebody has. If a
    dry run waited, the schedule does that and then its own.

    The report maps each kind of standstill to how many jobs were found and how many were sent
    again; together at most `heals_per_run` are. After them come the kinds of what was erased. A
    dry run only counts. If no run waits, another is under way or done: nothing is done and the
    answer says so. Raises DatabaseUnavailable.
    """
    if run_id is not None:
        return _do_requested(parts)
    done = _do_scheduled(parts)
    # It was asked for by somebody whose call did not arrive, and has healed nothing.
    return _do_scheduled(parts) if done.get("dry_run") else done


def _do_scheduled(parts: ReconciliationParts) -> dict[str, Any]:
    parts.runs.request(actor="schedule", lease=parts.lease, dry_run=False)
    return _do_requested(parts)


def _do_requested(parts: ReconciliationParts) -> dict[str, Any]:
    run = parts.runs.start(lease=parts.lease)
    if run is None:
        return {"skipped": "no run waits to be started"}
    with parts.report.concerning(run_id=run.run_id):
        _measure(parts)
        healed = _heal(run, parts)
        report = healed | erase_expired(dry_run=run.dry_run, parts=parts.erasure)
        _end(run, report, _sums(healed), parts)
    return {"run_id": run.run_id, "dry_run": run.dry_run, "kinds": report}


def _measure(parts: ReconciliationParts) -> None:
    found = parts.open_jobs()
    parts.report.measure("open_jobs", found.number)
    parts.report.measure("oldest_open_job_age", found.oldest_age)


def _end(
    run: StartedRun, report: dict[str, Any], sums: dict[str, Any], parts: ReconciliationParts
) -> None:
    if not parts.runs.finish(run, report):
        parts.report("reconciliation.lost", level=logging.WARNING, **sums)
        return
    parts.report("reconciliation.finished", dry_run=run.dry_run, **sums)
    if not run.dry_run:
        # A run that heals nothing on purpose is no sign of life.
        parts.report.measure("reconciler.heartbeat", 1)


def _heal(run: StartedRun, parts: ReconciliationParts) -> dict[str, Any]:
    report: dict[str, Any] = {}
    left = 0 if run.dry_run else parts.heals_per_run
    for kind, cure in parts.cures.items():
        found = parts.stuck_jobs.count(kind, age=cure.age)
        healed, refused = _send_again(kind, cure, left, parts) if found else (0, 0)
        left -= healed + refused
        report[kind] = {"checked": found, "healed": healed, "refused": refused}
    return report


def _send_again(
    kind: Standstill, cure: Cure, limit: int, parts: ReconciliationParts
) -> tuple[int, int]:
    """Stamps first, commits, then sends: a death in between leaves a later run to heal it."""
    stamped = parts.stuck_jobs.stamp(kind, age=cure.age, limit=limit)
    refused = cure.queue.send_all(stamped.messages)
    if refused:
        parts.stuck_jobs.unstamp(kind, replace(stamped, messages=refused))
    for message in stamped.messages:
        event = "job.not_healed" if message in refused else "job.healed"
        parts.report(event, by="kind", kind=kind, **vars(message))
    return len(stamped.messages) - len(refused), len(refused)


def _sums(report: dict[str, Any]) -> dict[str, Any]:
    return {
        key: sum(kind[key] for kind in report.values()) for key in ("checked", "healed", "refused")
    }
