"""The one place where the API is put together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from aws_lambda_powertools.logging import correlation_paths
from mangum import Mangum
from mangum.types import LambdaContext

from functions.api.app import create_app
from functions.api.parts import Parts
from functions.api.reconciler_invocation import reconciler_invocation
from functions.api.settings import ApiSettings
from functions.api.webhook.signing_secrets import SigningSecrets
from shared.aws import aws_client
from shared.observability import Reporter, metrics, published, structured_logger
from shared.postgres.database import open_database
from shared.postgres.inquiries import Inquiries
from shared.postgres.intake import Intake
from shared.postgres.job_reads import JobReads
from shared.postgres.quarantine import Quarantine
from shared.postgres.reconciliation_runs import ReconciliationRuns
from shared.postgres.retries import Retries
from shared.sqs import JobQueue

ANSWER_WITHIN = timedelta(seconds=7)
"""For the webhook: each wait inside is bounded, but together they could take longer than that.

Zendesk gives up after 12 seconds, and the function is ended after 10.
"""

LambdaHandler = Callable[[dict[str, Any], LambdaContext], dict[str, Any]]


def compose_handler(parts: Parts) -> LambdaHandler:
    """What Lambda calls: an API Gateway proxy event in, its answer out."""
    answer = Mangum(create_app(parts), lifespan="off")

    @parts.logger.inject_lambda_context(
        correlation_id_path=correlation_paths.API_GATEWAY_REST, clear_state=True, log_event=False
    )
    def handle(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
        with published(parts.metrics):
            return answer(event, context)

    return handle


def compose_parts(settings: ApiSettings, *, clock: Callable[[], datetime]) -> Parts:
    """All real adapters; `clock` gives the time in UTC."""
    timeout = settings.aws_call_timeout_seconds
    sqs = aws_client("sqs", timeout)
    lambda_ = aws_client("lambda", timeout)
    secrets_manager = aws_client("secretsmanager", timeout)
    database = open_database(settings)
    logger, collected = structured_logger("api", settings), metrics("api", settings)
    return Parts(
        clock=clock,
        secrets=SigningSecrets(
            ask=lambda: secrets_manager.get_secret_value(SecretId=settings.webhook_secret_arn)[
                "SecretString"
            ],
            clock=clock,
        ),
        webhook_max_bytes=settings.webhook_max_bytes,
        webhook_window=settings.webhook_timestamp_window_seconds,
        answer_within=ANSWER_WITHIN,
        reconciliation_lease=settings.reconciliation_lease_seconds,
        database=database,
        intake=Intake(database),
        quarantine=Quarantine(database),
        job_reads=JobReads(database),
        retries=Retries(database),
        inquiries=Inquiries(database),
        runs=ReconciliationRuns(database),
        queue=JobQueue(sqs, settings.jobs_queue_url),
        start_reconciler=reconciler_invocation(lambda_, settings.reconciler_function_name),
        logger=logger,
        metrics=collected,
        report=Reporter(logger, collected),
    )
