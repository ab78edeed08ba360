"""Answering a batch of SQS records one by one: each is done with, or comes back."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from shared.domain.errors import MatcherError, QueueUnavailable, cause_of
from shared.messages import JobMessage
from shared.observability import Reporter
from shared.sqs import JobQueue

WAIT_PER_RECEIVE = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=5)


@dataclass(frozen=True)
class Done:
    """The message can go."""


@dataclass(frozen=True)
class ComeBack:
    """The message is reported failed and comes back after `wait`."""

    wait: timedelta


AT_ONCE = ComeBack(timedelta())

Disposition = Done | ComeBack
Work = Callable[[JobMessage], Disposition]


def answer_batch(
    event: dict[str, Any],
    *,
    work: Work,
    has_time: Callable[[], bool],
    queue: JobQueue,
    report: Reporter,
) -> dict[str, Any]:
    """Lambda's answer for ReportBatchItemFailures: one bad record never costs its neighbours.

    A record whose work fails comes back after 30 s times its receive count, at most 5 minutes;
    one that names no job comes back when the queue says, until the redrive parks it. When
    `has_time` says no, what is left comes back at once, for an invocation with more time.
    Whatever is reported about a record names its job, run and correlation id.
    """
    failures = []
    for record in event["Records"]:
        message = _read(record)
        ids = {"message_id": record["messageId"]} | (vars(message) if message else {})
        with report.concerning(**ids):
            disposition = _try(record, message, work, report) if has_time() else AT_ONCE
            if isinstance(disposition, ComeBack):
                _bring_back(record, disposition.wait, queue, report)
        if not isinstance(disposition, Done):
            failures.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failures}


def time_left(context: LambdaContext) -> timedelta:
    """How long the invocation may still run."""
    return timedelta(milliseconds=context.get_remaining_time_in_millis())


def _read(record: dict[str, Any]) -> JobMessage | None:
    try:
        return JobMessage.from_record(record)
    except ValueError:
        return None


def _try(
    record: dict[str, Any], message: JobMessage | None, work: Work, report: Reporter
) -> Disposition | None:
    if message is None:
        report("message.unreadable", level=logging.ERROR)
        return None
    try:
        return work(message)
    except Exception as error:  # noqa: BLE001  # The edge: whatever it was, the message comes back.
        report(
            "message.failed",
            level=logging.ERROR,
            by="cause",
            cause=cause_of(error),
            error=safe_description(error),
        )
    receives = int(record["attributes"]["ApproximateReceiveCount"])
    return ComeBack(min(WAIT_PER_RECEIVE * receives, LONGEST_WAIT))


def _bring_back(record: dict[str, Any], wait: timedelta, queue: JobQueue, report: Reporter) -> None:
    try:
        queue.bring_back(record["receiptHandle"], wait)
    except QueueUnavailable:  # It comes back all the same, when the queue's own time is over.
        report("message.visibility_unchanged", level=logging.WARNING)


def safe_description(error: BaseException) -> str:
    """What may be written down of an error: our own errors' texts, else kind and place.

    Other errors' texts can hold what they stumbled over, such as a piece of a mail.
    """
    if isinstance(error, MatcherError):
        return str(error)
    place = traceback.extract_tb(error.__traceback__)[-1:]
    where = "".join(f" in {frame.name}, line {frame.lineno}" for frame in place)
    return f"Unexpected {type(error).__name__}{where}."
