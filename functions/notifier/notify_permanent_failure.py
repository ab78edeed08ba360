"""Use case: tell the administrator, once, that a job's run has failed for good."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import timedelta

from functions.notifier.failure_notifier import FailureNotifier
from shared.batch import ComeBack, Disposition, Done
from shared.domain.errors import GAVE_NO_ANSWER, MailLoop, cause_of
from shared.messages import JobMessage
from shared.observability import Reporter
from shared.postgres.dead_letters import BackToQueue, DeadLetters, FailedJob, Notification
from shared.postgres.leasing import NotYet


@dataclass(frozen=True, kw_only=True)
class NotificationParts:
    """What telling needs.

    `sent_unnoted` are the runs whose e-mail went out while the row could not be told so.
    """

    dead_letters: DeadLetters
    notifier: FailureNotifier
    lease: timedelta
    report: Reporter
    sent_unnoted: set[JobMessage] = field(default_factory=set)


def notify_permanent_failure(email_id: int, *, run: int, parts: NotificationParts) -> Disposition:
    """Asks the job's row what its dead letter means, and sends the e-mail if the run has failed.

    `email_id` is the job's id. Raises DatabaseUnavailable or MailServiceUnavailable; then the
    dead letter comes back.
    """
    answer = parts.dead_letters.take(email_id, run, lease=parts.lease)
    if isinstance(answer, FailedJob):
        with parts.report.concerning(correlation_id=answer.correlation_id):
            if answer.ended_now:
                parts.report("job.failed", level=logging.WARNING, by="cause", cause=GAVE_NO_ANSWER)
            _notify(answer, parts)
        return Done()
    if isinstance(answer, NotYet):
        return ComeBack(answer.wait)
    why = "attempts_left" if isinstance(answer, BackToQueue) else answer.why
    parts.report("dead_letter.obsolete", job_id=email_id, why=why)
    return Done()


def _notify(job: FailedJob, parts: NotificationParts) -> None:
    """Mails twice only if this container dies between the mail service's answer and the note."""
    run = JobMessage(job_id=job.job_id, run=job.run)
    if not parts.notifier.is_configured:
        _skip(job, "not_configured", parts)
        return
    try:
        if run not in parts.sent_unnoted:
            parts.notifier.send_failure_notification(
                job.job_id,
                job.error,
                job.from_email,
                job.subject,
                failed_at=job.failed_at,
                correlation_id=job.correlation_id,
            )
    except MailLoop:
        _skip(job, "mail_loop", parts)
        return
    except Exception as error:
        cause = cause_of(error)
        parts.report("notification.failed", level=logging.WARNING, by="cause", cause=cause)
        parts.dead_letters.release(job)
        raise
    parts.sent_unnoted.add(run)
    parts.dead_letters.settle(job, Notification.SENT)
    parts.sent_unnoted.discard(run)
    parts.report("notification.sent", job_id=job.job_id)


def _skip(job: FailedJob, why: str, parts: NotificationParts) -> None:
    """Nobody is made up to send it to; the run counts as told, and the log says that it was not."""
    parts.dead_letters.settle(job, Notification.SKIPPED)
    parts.report(
        "notification.skipped", level=logging.WARNING, by="why", job_id=job.job_id, why=why
    )
