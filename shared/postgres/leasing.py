"""Taking a job when its turn comes: a lease, handed out by one guarded statement.

Of two workers racing for a job only one gets the lease, and only who holds it can end the job
(finishing.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Row, text

from shared.domain.job import MAX_ATTEMPTS_PER_RUN
from shared.domain.reply import Attachment, Reply
from shared.postgres.database import Database
from shared.postgres.open_jobs import OPEN_SINCE

STOPPED_WITHOUT_ANSWER = "The worker stopped without an answer."

CLOSE_LOST_ATTEMPTS = f"""
    UPDATE attempts SET ended_at = now(), outcome = 'lost', error = '{STOPPED_WITHOUT_ANSWER}'
    FROM changed WHERE attempts.job_id = changed.id AND attempts.ended_at IS NULL
"""
"""For a CTE after one named `changed`, in the statement that takes a job from a dead worker."""

LAST_ERROR = """
    (SELECT error FROM attempts WHERE job_id = jobs.id AND attempts.run = jobs.run
     ORDER BY number DESC LIMIT 1)
"""

_WAITED = f"started_at - {OPEN_SINCE} AS waited"

_CLAIM = text(f"""
    WITH changed AS (
        UPDATE jobs SET processing_status = 'processing', attempt_count = attempt_count + 1,
            lease_token = :token, lease_until = now() + CAST(:lease AS interval),
            started_at = COALESCE(started_at, now()), next_attempt_at = NULL
        WHERE id = :job_id AND run = :run AND attempt_count < {MAX_ATTEMPTS_PER_RUN}
          AND (processing_status IN ('received', 'queued')
                   AND (next_attempt_at IS NULL OR next_attempt_at <= now())
               OR processing_status = 'processing' AND lease_until < now())
        RETURNING id, run, attempt_count, received_at, correlation_id, {_WAITED}
    ), lost AS ({CLOSE_LOST_ATTEMPTS}), begun AS (
        INSERT INTO attempts (job_id, run, number, lease_token)
        SELECT id, run, attempt_count, :token FROM changed
    )
    SELECT changed.*, replies.* FROM changed JOIN replies ON replies.job_id = changed.id
""")

_CLAIMED_BEFORE = text(f"""
    SELECT jobs.id, jobs.run, jobs.attempt_count, jobs.received_at, jobs.correlation_id,
        {_WAITED}, replies.*
    FROM jobs JOIN replies ON replies.job_id = jobs.id
    WHERE jobs.id = :job_id AND lease_token = :token
""")
"""The claim was committed, but the answer was lost on the way."""

LOOK = text("""
    SELECT processing_status, run, notified_at, now() AS now,
        GREATEST(next_attempt_at, lease_until, notifying_until) AS until
    FROM jobs WHERE id = :job_id
""")

_FAIL_EXHAUSTED = text(f"""
    WITH changed AS (
        UPDATE jobs SET processing_status = 'failed', completed_at = now(),
            lease_token = NULL, lease_until = NULL, next_attempt_at = NULL,
            processing_error = COALESCE({LAST_ERROR}, '{STOPPED_WITHOUT_ANSWER}')
        WHERE id = :job_id AND run = :run AND attempt_count = {MAX_ATTEMPTS_PER_RUN}
          AND (processing_status = 'queued' OR
               processing_status = 'processing' AND lease_until < now())
        RETURNING id, correlation_id
    ), lost AS ({CLOSE_LOST_ATTEMPTS})
    SELECT correlation_id FROM changed
""")


@dataclass(frozen=True, kw_only=True)
class ClaimedJob:
    """A job under the caller's lease; `attempt` counts from 1.

    `waited` is how long the run had waited for its first attempt.
    """

    job_id: int
    run: int
    attempt: int
    lease_token: UUID
    correlation_id: str
    waited: timedelta
    reply: Reply


@dataclass(frozen=True)
class NotYet:
    """The job is leased or not due; the message should come back after `wait`."""

    wait: timedelta


@dataclass(frozen=True)
class NothingToDo:
    """The message can go: `why` is ``unknown_job``, ``newer_run`` or the job's final status."""

    why: str


@dataclass(frozen=True)
class OutOfAttempts:
    """The claim found every attempt used and failed the job; a dead letter is due."""

    correlation_id: str


ClaimAnswer = ClaimedJob | NotYet | NothingToDo | OutOfAttempts


class Leasing:
    """Hands out leases."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, job_id: int, run: int, *, lease: timedelta) -> ClaimAnswer:
        """Takes the job if its turn has come, counting the attempt; else says what to do.

        The lease runs by the database's clock. Raises DatabaseUnavailable.
        """
        token = uuid4()
        job = {"job_id": job_id, "run": run}

        def claim(connection: Connection) -> ClaimAnswer:
            wish = job | {"token": token, "lease": lease}
            row = (
                connection.execute(_CLAIM, wish).one_or_none()
                or connection.execute(_CLAIMED_BEFORE, wish).one_or_none()
            )
            if row is not None:
                return _claimed(row, token)
            exhausted = connection.execute(_FAIL_EXHAUSTED, job).scalar_one_or_none()
            if exhausted is not None:
                return OutOfAttempts(exhausted)
            row = connection.execute(LOOK, job).one_or_none()
            return foreign(row, run) or _ended(row) or not_yet(row)

        return self._database.transact(claim)


def _claimed(row: Row[Any], token: UUID) -> ClaimedJob:
    return ClaimedJob(
        job_id=row.id,
        run=row.run,
        attempt=row.attempt_count,
        lease_token=token,
        correlation_id=row.correlation_id,
        waited=row.waited,
        reply=Reply(
            ticket_id=row.ticket_id,
            from_email=row.from_email,
            received_at=row.received_at,
            comment_id=row.comment_id,
            webhook_id=row.webhook_id,
            subject=row.subject,
            from_name=row.from_name,
            body_text=row.body_text,
            body_html=row.body_html,
            attachments=tuple(Attachment(**attachment) for attachment in row.attachments),
            to_addresses=tuple(row.to_addresses),
            cc_addresses=tuple(row.cc_addresses),
            headers=row.headers,
        ),
    )


def foreign(row: Row[Any] | None, run: int) -> NothingToDo | None:
    """Whether a message about this `run` of the job that LOOK found means nothing any more."""
    if row is None:
        return NothingToDo("unknown_job")
    return None if row.run == run else NothingToDo("newer_run")


def not_yet(row: Row[Any] | None) -> NotYet:
    """When to ask again about the job that LOOK found."""
    wait = row.until - row.now if row is not None and row.until is not None else timedelta()
    return NotYet(max(wait, timedelta()) + timedelta(seconds=1))


def _ended(row: Row[Any] | None) -> NothingToDo | None:
    if row is None or row.processing_status not in {"completed", "failed"}:
        return None
    return NothingToDo(row.processing_status)
