"""An operator's retry: a failed job begins a new run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, text

from shared.domain.errors import ContentErased, JobNotFailed, JobNotFound, PermanentError
from shared.postgres.database import Database

_RETRY = text("""
    UPDATE jobs SET processing_status = 'queued', run = run + 1, retry_count = retry_count + 1,
        attempt_count = 0, sent_at = NULL, next_attempt_at = NULL, started_at = NULL,
        completed_at = NULL, processing_error = NULL, dead_letter_sent_at = NULL,
        notifying_until = NULL, notified_at = NULL, notification = NULL, retried_by = :actor,
        retried_at = now(), retry_request = :request
    WHERE id = :job_id AND processing_status = 'failed' AND content_erased_at IS NULL
    RETURNING id, run, retry_count, correlation_id
""")

_RETRIED_BEFORE = text("""
    SELECT id, run, retry_count, correlation_id FROM jobs
    WHERE id = :job_id AND retry_request = :request
""")
"""The new run was committed, but the answer was lost on the way."""

_LOOK = text("SELECT processing_status, content_erased_at FROM jobs WHERE id = :job_id")


@dataclass(frozen=True, kw_only=True)
class RetriedJob:
    """The job in its new run, queued and not yet sent."""

    job_id: int
    run: int
    retry_count: int
    correlation_id: str


class Retries:
    """The operator's side of the jobs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def retry(self, job_id: int, actor: str) -> RetriedJob:
        """Begins a new run of a failed job; of two at once only one does.

        The failed run's attempts stay. Raises JobNotFound, JobNotFailed, ContentErased,
        DatabaseUnavailable.
        """
        wish = {"job_id": job_id, "actor": actor, "request": uuid4()}

        def begin_run(connection: Connection) -> RetriedJob:
            row = (
                connection.execute(_RETRY, wish).one_or_none()
                or connection.execute(_RETRIED_BEFORE, wish).one_or_none()
            )
            if row is not None:
                return RetriedJob(
                    job_id=row.id,
                    run=row.run,
                    retry_count=row.retry_count,
                    correlation_id=row.correlation_id,
                )
            raise _refusal(connection.execute(_LOOK, wish).one_or_none())

        return self._database.transact(begin_run)


def _refusal(row: Row[Any] | None) -> PermanentError:
    if row is None:
        return JobNotFound()
    if row.processing_status == "failed" and row.content_erased_at is not None:
        on = f"{row.content_erased_at:%Y-%m-%d}"
        return ContentErased(
            f"The mail's content was erased on {on}, so there is nothing left to read;"
            " have the mail sent again."
        )
    return JobNotFailed()
