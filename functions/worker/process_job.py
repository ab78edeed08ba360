"""Use case: do one job, from taking it to its named outcome."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from functions.worker.assess_reply import Candidates, Reader, assess_reply
from functions.worker.extracted_data import extracted_data
from functions.worker.weigh_claim import weigh_claim
from shared.batch import ComeBack, Disposition, Done, safe_description
from shared.domain.errors import GAVE_NO_ANSWER, PermanentError, TransientError, cause_of
from shared.domain.job import MAX_ATTEMPTS_PER_RUN, AttemptOutcome, RetryPolicy
from shared.messages import JobMessage
from shared.observability import Reporter
from shared.postgres.finishing import Finishing
from shared.postgres.leasing import ClaimedJob, Leasing, NotYet, OutOfAttempts
from shared.sqs import JobQueue


@dataclass(frozen=True, kw_only=True)
class JobParts:
    """What doing a job needs. `stopwatch` gives seconds that only ever rise."""

    leasing: Leasing
    finishing: Finishing
    candidates: Candidates
    reader: Reader
    dead_letters: JobQueue
    retry_policy: RetryPolicy
    jitter: Callable[[], float]
    stopwatch: Callable[[], float]
    report: Reporter


def process_job(message: JobMessage, *, lease: timedelta, parts: JobParts) -> Disposition:
    """Does the job if its turn has come, and says what becomes of its message.

    Raises DatabaseUnavailable; then the message comes back, and a lease taken runs out.
    """
    answer = parts.leasing.claim(message.job_id, message.run, lease=lease)
    if isinstance(answer, NotYet):
        return ComeBack(answer.wait)
    if isinstance(answer, OutOfAttempts):
        given_up = replace(message, correlation_id=answer.correlation_id)
        return _dead_letter(given_up, parts, cause=GAVE_NO_ANSWER)
    if not isinstance(answer, ClaimedJob):
        parts.report("message.obsolete", job_id=message.job_id, why=answer.why)
        return Done()
    with parts.report.concerning(correlation_id=answer.correlation_id):
        return _attempt(answer, parts)


def _attempt(job: ClaimedJob, parts: JobParts) -> Disposition:
    if job.attempt == 1:
        parts.report.measure("job.wait_time", job.waited)
    began = parts.stopwatch()
    try:
        return _complete(job, parts)
    except Exception as error:  # noqa: BLE001  # Whatever it was, the attempt ends with its error.
        return _end_attempt(job, error, parts)
    finally:
        took = timedelta(seconds=parts.stopwatch() - began)
        parts.report.measure("job.processing_time", took)


def _complete(job: ClaimedJob, parts: JobParts) -> Disposition:
    extracted, match = assess_reply(job.reply, reader=parts.reader, candidates=parts.candidates)
    decision, claim = weigh_claim(reply=job.reply, extracted=extracted, decision=match)
    outcome = parts.finishing.complete(
        job,
        decision=decision,
        extracted_data=extracted_data(extracted),
        claim=claim,
    )
    if outcome is None:
        return _lease_lost(job, parts)
    parts.report(
        "job.completed",
        by="match_status",
        job_id=job.job_id,
        match_status=outcome.status,
        reason=outcome.reason,
        attempt=job.attempt,
    )
    return Done()


def _end_attempt(job: ClaimedJob, error: Exception, parts: JobParts) -> Disposition:
    permanent = isinstance(error, PermanentError)
    if permanent or job.attempt >= MAX_ATTEMPTS_PER_RUN:
        return _fail(job, error, permanent=permanent, parts=parts)
    delay = parts.retry_policy.delay(job.attempt, parts.jitter())
    if not parts.finishing.put_off(job, delay=delay, error=safe_description(error)):
        return _lease_lost(job, parts)
    cause = cause_of(error)
    parts.report("job.put_off", by="cause", cause=cause, job_id=job.job_id, attempt=job.attempt)
    return ComeBack(delay)


def _fail(job: ClaimedJob, error: Exception, *, permanent: bool, parts: JobParts) -> Disposition:
    outcome = AttemptOutcome.PERMANENT_ERROR if permanent else AttemptOutcome.TRANSIENT_ERROR
    if not parts.finishing.fail(job, outcome=outcome, error=safe_description(error)):
        return _lease_lost(job, parts)
    message = JobMessage(job.job_id, job.run, job.correlation_id)
    return _dead_letter(message, parts, cause=cause_of(error))


def _dead_letter(message: JobMessage, parts: JobParts, *, cause: str) -> Disposition:
    """Tells the notifier. If that fails now, the reconciler finds the failed job and does it."""
    parts.report("job.failed", level=logging.WARNING, by="cause", cause=cause, **vars(message))
    try:
        parts.dead_letters.send(message)
        parts.finishing.mark_dead_lettered(message.job_id, message.run)
    except TransientError as error:
        parts.report("job.dead_letter_unsent", job_id=message.job_id, error=str(error))
    return Done()


def _lease_lost(job: ClaimedJob, parts: JobParts) -> Disposition:
    """Another worker has the job now. The message stays for as long as that one may fail."""
    parts.report("job.lease_lost", job_id=job.job_id, attempt=job.attempt)
    return ComeBack(parts.retry_policy.base)
