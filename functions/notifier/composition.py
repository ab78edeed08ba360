"""The one place where the notifier is put together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.notifier.failure_notifier import FailureNotifier, SesMailSender
from functions.notifier.notify_permanent_failure import NotificationParts, notify_permanent_failure
from functions.notifier.settings import NotifierSettings
from shared.aws import aws_client
from shared.batch import Disposition, answer_batch, time_left
from shared.messages import JobMessage
from shared.observability import Reporter, metrics, published, structured_logger
from shared.postgres.database import Database
from shared.postgres.dead_letters import DeadLetters
from shared.sqs import JobQueue

Notifier = Callable[[dict[str, Any], LambdaContext], dict[str, Any]]


def compose(settings: NotifierSettings, database: Database) -> Notifier:
    """The Lambda handler over all real parts."""
    logger = structured_logger("notifier", settings)
    counts = metrics("notifier", settings)
    report = Reporter(logger, counts)
    timeout = settings.aws_call_timeout_seconds
    queue = JobQueue(aws_client("sqs", timeout), settings.dead_letter_queue_url)
    parts = NotificationParts(
        dead_letters=DeadLetters(database),
        notifier=FailureNotifier(
            send=SesMailSender(aws_client("sesv2", timeout), settings.ses_configuration_set),
            clock=partial(datetime.now, UTC),
            sender=settings.sender_email,
            recipient=settings.admin_email,
            intake_addresses=settings.zendesk_intake_addresses,
            base_url=settings.public_base_url,
        ),
        lease=settings.notifying_lease_seconds,
        report=report,
    )

    def settle(message: JobMessage) -> Disposition:
        return notify_permanent_failure(message.job_id, run=message.run, parts=parts)

    @logger.inject_lambda_context(clear_state=True, log_event=False)
    def work(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
        def has_time() -> bool:
            return time_left(context) >= settings.notification_budget_seconds

        with published(counts):
            return answer_batch(event, work=settle, has_time=has_time, queue=queue, report=report)

    return work
