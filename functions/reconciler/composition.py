"""The one place where the reconciler is put together."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.reconciler.erase_expired import ErasureParts
from functions.reconciler.reconcile_jobs import Cure, ReconciliationParts, reconcile_jobs
from functions.reconciler.settings import ReconcilerSettings
from shared.aws import aws_client
from shared.observability import Reporter, metrics, published, structured_logger
from shared.postgres.database import Database
from shared.postgres.expired_content import ExpiredContent, Expiry
from shared.postgres.open_jobs import measure_open_jobs
from shared.postgres.reconciliation_runs import ReconciliationRuns
from shared.postgres.stuck_jobs import Standstill, StuckJobs
from shared.sqs import JobQueue

Reconciler = Callable[[dict[str, Any], LambdaContext], dict[str, Any]]


def compose(settings: ReconcilerSettings, database: Database) -> Reconciler:
    """The Lambda handler over all real parts."""
    logger = structured_logger("reconciler", settings)
    counts = metrics("reconciler", settings)
    report = Reporter(logger, counts)
    parts = ReconciliationParts(
        runs=ReconciliationRuns(database),
        stuck_jobs=StuckJobs(database),
        open_jobs=partial(measure_open_jobs, database),
        cures=cures(settings),
        lease=settings.reconciliation_lease_seconds,
        heals_per_run=settings.heals_per_run,
        erasure=ErasureParts(
            content=ExpiredContent(database),
            kept_for={
                Expiry.MAIL_CONTENT: settings.content_retention_seconds,
                Expiry.QUARANTINED_BODY: settings.quarantine_retention_seconds,
            },
            erasures_per_run=settings.erasures_per_run,
            report=report,
        ),
        report=report,
    )

    @logger.inject_lambda_context(clear_state=True, log_event=False)
    def work(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
        with published(counts):
            return reconcile_jobs(run_id=event.get("run_id"), parts=parts)

    return work


def cures(settings: ReconcilerSettings) -> dict[Standstill, Cure]:
    """Every kind of standstill, with the queue that sets it going again."""
    sqs = aws_client("sqs", settings.aws_call_timeout_seconds)
    jobs = JobQueue(sqs, settings.jobs_queue_url)
    dead_letters = JobQueue(sqs, settings.dead_letter_queue_url)
    return {
        Standstill.NEVER_SENT: Cure(age=settings.unsent_after_seconds, queue=jobs),
        Standstill.NEVER_TAKEN: Cure(age=settings.unclaimed_after_seconds, queue=jobs),
        Standstill.WORKER_DIED: Cure(age=settings.lease_dead_after_seconds, queue=jobs),
        Standstill.NEVER_DEAD_LETTERED: Cure(age=settings.unsent_after_seconds, queue=dead_letters),
        Standstill.NEVER_NOTIFIED: Cure(age=settings.unnotified_after_seconds, queue=dead_letters),
    }
