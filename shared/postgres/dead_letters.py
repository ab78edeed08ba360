"""The notifier's statements: what a dead letter means is asked of the job's row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, text

from shared.domain.job import MAX_ATTEMPTS_PER_RUN
from shared.postgres.database import Database
from shared.postgres.leasing import (
    CLOSE_LOST_ATTEMPTS,
    LAST_ERROR,
    LOOK,
    STOPPED_WITHOUT_ANSWER,
    NothingToDo,
    NotYet,
    foreign,
    not_yet,
)

_TAKE = text(f"""
    WITH seen AS (
        SELECT id, processing_status <> 'failed' AS was_open,
            processing_status <> 'failed' AND attempt_count < {MAX_ATTEMPTS_PER_RUN} AS goes_on
        FROM jobs WHERE id = :job_id FOR UPDATE
    ), changed AS (
        UPDATE jobs SET
            processing_status = CASE WHEN goes_on THEN 'queued' ELSE 'failed' END,
            sent_at = CASE WHEN goes_on THEN NULL ELSE sent_at END,
            completed_at = CASE WHEN goes_on THEN NULL ELSE COALESCE(completed_at, now()) END,
            processing_error = CASE WHEN goes_on THEN NULL ELSE
                COALESCE(processing_error, {LAST_ERROR}, '{STOPPED_WITHOUT_ANSWER}') END,
            next_attempt_at = CASE WHEN goes_on THEN next_attempt_at END,
            notifying_until = CASE WHEN goes_on THEN NULL ELSE
                now() + CAST(:lease AS interval) END,
            lease_token = NULL, lease_until = NULL
        FROM seen
        WHERE jobs.id = seen.id AND run = :run AND processing_status <> 'completed'
          AND notified_at IS NULL
          AND (processing_status <> 'processing' OR lease_until < now())
          AND (notifying_until IS NULL OR notifying_until < now())
        RETURNING jobs.*, was_open, goes_on
    ), lost AS ({CLOSE_LOST_ATTEMPTS})
    SELECT changed.*, replies.from_email, replies.subject
    FROM changed JOIN replies ON replies.job_id = changed.id
""")

_SETTLE = text("""
    UPDATE jobs SET notification = :notification, notified_at = now(), notifying_until = NULL
    WHERE id = :job_id AND run = :run AND processing_status = 'failed' AND notified_at IS NULL
""")

_RELEASE = text("""
    UPDATE jobs SET notifying_until = NULL
    WHERE id = :job_id AND run = :run AND notified_at IS NULL
""")


class Notification(StrEnum):
    """What became of the failure e-mail of one run."""

    SENT = "sent"
    SKIPPED = "skipped"
    """Nobody to send it to, or nobody to send it from, was configured."""


@dataclass(frozen=True, kw_only=True)
class FailedJob:
    """A failed run that the caller now has to tell about, before its claim on it ends.

    `ended_now` says that nobody had ended the run before, because its worker gave no answer.
    """

    job_id: int
    run: int
    error: str
    from_email: str
    subject: str | None
    failed_at: datetime
    correlation_id: str
    ended_now: bool


@dataclass(frozen=True)
class BackToQueue:
    """The run had attempts left: it is queued again, and the reconciler sends it."""


DeadLetterAnswer = FailedJob | BackToQueue | NotYet | NothingToDo


class DeadLetters:
    """The notifier's side of the jobs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, job_id: int, run: int, *, lease: timedelta) -> DeadLetterAnswer:
        """Decides in one statement what the dead letter means, and fails the job if it is due.

        A FailedJob is the caller's to notify for the time of `lease`; nobody else gets it
        meanwhile. Raises DatabaseUnavailable.
        """

        def take(connection: Connection) -> DeadLetterAnswer:
            wish = {"job_id": job_id, "run": run, "lease": lease}
            row = connection.execute(_TAKE, wish).one_or_none()
            if row is None:
                seen = connection.execute(LOOK, wish).one_or_none()
                return foreign(seen, run) or _settled(seen) or not_yet(seen)
            return BackToQueue() if row.goes_on else _failed(row)

        return self._database.transact(take)

    def settle(self, job: FailedJob, notification: Notification) -> None:
        """Notes for good that the run's e-mail was sent or skipped."""
        note = {"job_id": job.job_id, "run": job.run, "notification": notification}
        self._database.transact(lambda connection: connection.execute(_SETTLE, note))

    def release(self, job: FailedJob) -> None:
        """Lets the next delivery of the dead letter try again at once."""
        mark = {"job_id": job.job_id, "run": job.run}
        self._database.transact(lambda connection: connection.execute(_RELEASE, mark))


def _failed(row: Row[Any]) -> FailedJob:
    return FailedJob(
        job_id=row.id,
        run=row.run,
        error=row.processing_error,
        from_email=row.from_email,
        subject=row.subject,
        failed_at=row.completed_at,
        correlation_id=row.correlation_id,
        ended_now=row.was_open,
    )


def _settled(row: Row[Any] | None) -> NothingToDo | None:
    if row is None:
        return None
    if row.notified_at is not None:
        return NothingToDo("notified")
    return NothingToDo("completed") if row.processing_status == "completed" else None
