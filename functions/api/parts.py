"""What the routes work with: every adapter and number, put together once per container."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from aws_lambda_powertools import Logger, Metrics
from fastapi import Depends, Request

from functions.api.webhook.signing_secrets import SigningSecrets
from shared.observability import Reporter
from shared.postgres.database import Database
from shared.postgres.inquiries import Inquiries
from shared.postgres.intake import Intake
from shared.postgres.job_reads import JobReads
from shared.postgres.quarantine import Quarantine
from shared.postgres.reconciliation_runs import ReconciliationRuns
from shared.postgres.retries import Retries
from shared.sqs import JobQueue


@dataclass(frozen=True, kw_only=True)
class Parts:
    """`clock` gives an aware time; `start_reconciler` raises ReconcilerUnavailable.

    `report` writes one event down, as a line of `logger` and a count in `metrics`.
    """

    clock: Callable[[], datetime]
    secrets: SigningSecrets
    webhook_max_bytes: int
    webhook_window: timedelta
    answer_within: timedelta
    reconciliation_lease: timedelta
    database: Database
    intake: Intake
    quarantine: Quarantine
    job_reads: JobReads
    retries: Retries
    inquiries: Inquiries
    runs: ReconciliationRuns
    queue: JobQueue
    start_reconciler: Callable[[int], None]
    logger: Logger
    metrics: Metrics
    report: Reporter


async def _parts(request: Request) -> Parts:
    parts: Parts = request.app.state.parts
    return parts


TheParts = Annotated[Parts, Depends(_parts)]
