"""What operators see of the jobs: the list and one job in full. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select, tuple_

from shared.domain.errors import JobNotFound
from shared.domain.job import (
    Attempt,
    AttemptOutcome,
    MatchStatus,
    ProcessingStatus,
    Reason,
    SyncStatus,
)
from shared.postgres.database import Database
from shared.postgres.tables import attempts, jobs, replies

SUBJECT_BEGINNING = 101
"""How much of a subject the list reads: one character more than it shows."""
LARGEST_ID = 2**63 - 1
_OF_THE_REPLY = ("from_email", "subject", "ticket_id", "attachments", "envelope_erased_at")


@dataclass(frozen=True, kw_only=True)
class JobCursor:
    """The last job of a page; the next page begins after it."""

    received_at: datetime
    id: int


@dataclass(frozen=True, kw_only=True)
class JobSummary:
    """A job as a line of the list. `subject` is cut to SUBJECT_BEGINNING characters."""

    id: int
    processing_status: ProcessingStatus
    from_email: str
    subject: str | None
    received_at: datetime
    started_at: datetime | None
    completed_at: datetime | None
    processing_error: str | None


@dataclass(frozen=True, kw_only=True)
class JobPage:
    """`by_status` counts all jobs, with every status; `total` what the filter lets through."""

    total: int
    by_status: dict[ProcessingStatus, int]
    jobs: tuple[JobSummary, ...]
    next_cursor: JobCursor | None


@dataclass(frozen=True, kw_only=True)
class JobDetail:
    """A job with its outcome and its history, without the mail's bodies.

    `extracted_data` and `match_explanation` are the stored JSON. `attempts` are in order, those
    of earlier runs included. `envelope_erased_at` is set when the mail's client was erased.
    """

    id: int
    processing_status: ProcessingStatus
    run: int
    retry_count: int
    from_email: str
    subject: str | None
    ticket_id: str
    received_at: datetime
    created_at: datetime
    started_at: datetime | None
    completed_at: datetime | None
    next_attempt_at: datetime | None
    processing_error: str | None
    match_status: MatchStatus | None
    reason: Reason | None
    matched_inquiry_id: str | None
    match_confidence: int | None
    match_explanation: dict[str, Any] | None
    extracted_data: dict[str, Any] | None
    sync_status: SyncStatus
    attachments: tuple[dict[str, Any], ...]
    intake_notes: tuple[str, ...]
    correlation_id: str
    content_erased_at: datetime | None
    envelope_erased_at: datetime | None
    attempts: tuple[Attempt, ...]


_OF_THE_JOB = tuple(
    field.name for field in fields(JobDetail) if field.name not in {*_OF_THE_REPLY, "attempts"}
)


class JobReads:
    """Every method raises DatabaseUnavailable when the database does not answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list_jobs(
        self, status: ProcessingStatus | None, limit: int, after: JobCursor | None = None
    ) -> JobPage:
        """Newest `received_at` first, at most `limit` jobs after the cursor's."""

        def read(connection: Connection) -> JobPage:
            by_status = _counts(connection)
            rows = connection.execute(_page(status, limit, after)).all()
            summaries = tuple(_to_summary(row) for row in rows[:limit])
            return JobPage(
                total=sum(by_status.values()) if status is None else by_status[status],
                by_status=by_status,
                jobs=summaries,
                next_cursor=_cursor(summaries) if len(rows) > limit else None,
            )

        return self._database.transact(read)

    def get_job(self, job_id: int) -> JobDetail:
        """Raises JobNotFound, also for an id that no job can have."""
        if not 0 < job_id <= LARGEST_ID:
            raise JobNotFound

        def read(connection: Connection) -> JobDetail:
            row = connection.execute(_detail(job_id)).first()
            if row is None:
                raise JobNotFound
            return _to_detail(row, connection.execute(_attempts(job_id)).all())

        return self._database.transact(read)


def _counts(connection: Connection) -> dict[ProcessingStatus, int]:
    status = jobs.c.processing_status
    counted = connection.execute(select(status, func.count()).group_by(status))
    return dict.fromkeys(ProcessingStatus, 0) | {
        ProcessingStatus(name): number for name, number in counted
    }


def _page(status: ProcessingStatus | None, limit: int, after: JobCursor | None) -> Select[Any]:
    statement = select(
        jobs.c.id,
        jobs.c.processing_status,
        replies.c.from_email,
        func.left(replies.c.subject, SUBJECT_BEGINNING).label("subject"),
        jobs.c.received_at,
        jobs.c.started_at,
        jobs.c.completed_at,
        jobs.c.processing_error,
    ).join(replies, replies.c.job_id == jobs.c.id)
    if status is not None:
        statement = statement.where(jobs.c.processing_status == status)
    if after is not None:
        position = tuple_(jobs.c.received_at, jobs.c.id)
        statement = statement.where(position < (after.received_at, after.id))
    return statement.order_by(jobs.c.received_at.desc(), jobs.c.id.desc()).limit(limit + 1)


def _detail(job_id: int) -> Select[Any]:
    return (
        select(
            *(jobs.c[name] for name in _OF_THE_JOB), *(replies.c[name] for name in _OF_THE_REPLY)
        )
        .join(replies, replies.c.job_id == jobs.c.id)
        .where(jobs.c.id == job_id)
    )


def _attempts(job_id: int) -> Select[Any]:
    return select(attempts).where(attempts.c.job_id == job_id).order_by(attempts.c.id)


def _cursor(summaries: Sequence[JobSummary]) -> JobCursor:
    return JobCursor(received_at=summaries[-1].received_at, id=summaries[-1].id)


def _to_summary(row: Row[Any]) -> JobSummary:
    status = ProcessingStatus(row.processing_status)
    return JobSummary(**row._asdict() | {"processing_status": status})


def _to_detail(row: Row[Any], attempt_rows: Sequence[Row[Any]]) -> JobDetail:
    return JobDetail(
        **row._asdict()
        | {
            "processing_status": ProcessingStatus(row.processing_status),
            "match_status": MatchStatus(row.match_status) if row.match_status else None,
            "reason": Reason(row.reason) if row.reason else None,
            "sync_status": SyncStatus(row.sync_status),
            "attachments": tuple(row.attachments),
            "intake_notes": tuple(row.intake_notes),
            "attempts": tuple(_to_attempt(each) for each in attempt_rows),
        }
    )


def _to_attempt(row: Row[Any]) -> Attempt:
    return Attempt(
        run=row.run,
        number=row.number,
        started_at=row.started_at,
        ended_at=row.ended_at,
        outcome=AttemptOutcome(row.outcome) if row.outcome else None,
        error=row.error,
    )
