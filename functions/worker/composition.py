"""The one place where the worker is put together."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.worker.assess_reply import Reader
from functions.worker.process_job import JobParts, process_job
from functions.worker.reading import RulesReader
from functions.worker.second_reader import (
    BedrockReader,
    CombinedReader,
    ReadingBudget,
    bedrock_client,
)
from functions.worker.settings import WorkerSettings
from shared.aws import aws_client
from shared.batch import Disposition, answer_batch, time_left
from shared.domain.job import RetryPolicy
from shared.messages import JobMessage
from shared.observability import Reporter, metrics, published, structured_logger
from shared.postgres.database import Database
from shared.postgres.finishing import Finishing
from shared.postgres.inquiries import Inquiries
from shared.postgres.leasing import Leasing
from shared.sqs import JobQueue

Worker = Callable[[dict[str, Any], LambdaContext], dict[str, Any]]


def _reader(settings: WorkerSettings) -> Reader:
    rules = RulesReader()
    if not settings.second_reader_model_id:
        return rules
    second = BedrockReader(
        bedrock_client(settings.second_reader_region, settings.second_reader_timeout_seconds),
        model_id=settings.second_reader_model_id,
        budget=ReadingBudget(
            max_input_characters=settings.second_reader_max_input_characters,
            max_output_tokens=settings.second_reader_max_output_tokens,
        ),
    )
    return CombinedReader(rules, second)


def compose(settings: WorkerSettings, database: Database, reader: Reader | None = None) -> Worker:
    """The Lambda handler over all real parts; tests hand in a `reader` that fails."""
    logger = structured_logger("worker", settings)
    counts = metrics("worker", settings)
    report = Reporter(logger, counts)
    sqs = aws_client("sqs", settings.aws_call_timeout_seconds)
    jobs = JobQueue(sqs, settings.jobs_queue_url)
    parts = JobParts(
        leasing=Leasing(database),
        finishing=Finishing(database),
        candidates=Inquiries(database).candidates,
        reader=reader or _reader(settings),
        dead_letters=JobQueue(sqs, settings.dead_letter_queue_url),
        retry_policy=RetryPolicy(
            base=settings.retry_base_seconds, maximum=settings.retry_maximum_seconds
        ),
        # The system's: every container of one snapshot would go on with the same numbers.
        jitter=random.SystemRandom().random,
        stopwatch=time.monotonic,
        report=report,
    )

    @logger.inject_lambda_context(clear_state=True, log_event=False)
    def work(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
        def do(message: JobMessage) -> Disposition:
            lease = time_left(context) + settings.lease_margin_seconds
            return process_job(message, lease=lease, parts=parts)

        def has_time() -> bool:
            return time_left(context) >= settings.job_budget_seconds

        with published(counts):
            return answer_batch(event, work=do, has_time=has_time, queue=jobs, report=report)

    return work
