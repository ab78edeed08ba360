"""The reconciler's statements: jobs that stand still, stamped before they are sent again.

Each kind reads a partial index that holds only such jobs, so its cost grows with what is stuck
and not with the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import BigInteger

from shared.messages import JobMessage
from shared.postgres.database import Database
from shared.postgres.leasing import CLOSE_LOST_ATTEMPTS


class Standstill(StrEnum):
    """The ways in which a job can stand still."""

    NEVER_SENT = "never_sent"
    """Stored or put back, and no message was sent for it."""
    NEVER_TAKEN = "never_taken"
    """Its message was sent and its time has come, but no worker took it."""
    WORKER_DIED = "worker_died"
    """Its lease has been dead for so long that its message must be gone too."""
    NEVER_DEAD_LETTERED = "never_dead_lettered"
    """It failed, and the worker did not come to send the dead letter."""
    NEVER_NOTIFIED = "never_notified"
    """It failed and its dead letter was sent, but nobody was told."""


_CONDITIONS = {
    Standstill.NEVER_SENT: """
        sent_at IS NULL AND processing_status IN ('received', 'queued')
        AND created_at < now() - CAST(:age AS interval)
        AND (next_attempt_at IS NULL OR next_attempt_at <= now())
    """,
    Standstill.NEVER_TAKEN: """
        sent_at IS NOT NULL AND processing_status = 'queued'
        AND GREATEST(sent_at, next_attempt_at) < now() - CAST(:age AS interval)
    """,
    Standstill.WORKER_DIED: """
        processing_status = 'processing' AND lease_until < now() - CAST(:age AS interval)
    """,
    Standstill.NEVER_DEAD_LETTERED: """
        notified_at IS NULL AND processing_status = 'failed' AND dead_letter_sent_at IS NULL
        AND GREATEST(completed_at, dead_letter_sent_at) < now() - CAST(:age AS interval)
    """,
    Standstill.NEVER_NOTIFIED: """
        notified_at IS NULL AND processing_status = 'failed' AND dead_letter_sent_at IS NOT NULL
        AND GREATEST(completed_at, dead_letter_sent_at) < now() - CAST(:age AS interval)
        AND (notifying_until IS NULL OR notifying_until < now())
    """,
}

_QUEUE_AGAIN = """
    processing_status = 'queued', sent_at = :at, lease_token = NULL, lease_until = NULL
"""
_DEAD_LETTER_AGAIN = "dead_letter_sent_at = :at"

_STAMPED_QUEUED = """
    sent_at = :at AND processing_status = 'queued'
    AND GREATEST(sent_at, next_attempt_at) = :at
"""
_STAMPED_FAILED = """
    dead_letter_sent_at = :at AND processing_status = 'failed' AND notified_at IS NULL
    AND GREATEST(completed_at, dead_letter_sent_at) = :at
"""

_CHANGES = {
    Standstill.NEVER_SENT: _QUEUE_AGAIN,
    Standstill.NEVER_TAKEN: _QUEUE_AGAIN,
    Standstill.WORKER_DIED: _QUEUE_AGAIN,
    Standstill.NEVER_DEAD_LETTERED: _DEAD_LETTER_AGAIN,
    Standstill.NEVER_NOTIFIED: _DEAD_LETTER_AGAIN,
}


def _stamped(kind: Standstill) -> str:
    return _STAMPED_QUEUED if _CHANGES[kind] == _QUEUE_AGAIN else _STAMPED_FAILED


_NOW = text("SELECT clock_timestamp()")

_COUNT = {
    kind: text(f"SELECT count(*) FROM jobs WHERE {condition}")  # Constants only.
    for kind, condition in _CONDITIONS.items()
}

_STAMP = {
    kind: text(f"""
        WITH stuck AS (
            SELECT id FROM jobs WHERE {condition}
            ORDER BY id LIMIT :limit FOR UPDATE SKIP LOCKED
        ), changed AS (
            UPDATE jobs SET {_CHANGES[kind]} FROM stuck WHERE jobs.id = stuck.id
            RETURNING jobs.id, jobs.run, jobs.correlation_id
        ), lost AS ({CLOSE_LOST_ATTEMPTS})
        SELECT id, run, correlation_id FROM changed
        UNION SELECT id, run, correlation_id FROM jobs WHERE {_stamped(kind)}
        ORDER BY id
    """)
    for kind, condition in _CONDITIONS.items()
}
"""Also finds what an earlier try of the same stamp committed before its answer was lost."""

_UNSTAMP = {
    kind: text(f"""
        UPDATE jobs SET {"sent_at" if _CHANGES[kind] == _QUEUE_AGAIN else "dead_letter_sent_at"}
            = NULL
        WHERE id = ANY(:ids) AND {_stamped(kind)}
    """).bindparams(bindparam("ids", type_=ARRAY(BigInteger)))
    for kind in Standstill
}


@dataclass(frozen=True, kw_only=True)
class Stamped:
    """Jobs noted as sent at the moment `at`; their messages are for the caller to send."""

    at: datetime
    messages: tuple[JobMessage, ...]


class StuckJobs:
    """Finds jobs that stand still and stamps them as sent, before the caller sends them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self, kind: Standstill, *, age: timedelta) -> int:
        """How many jobs have stood still in this way for longer than `age`."""
        wish: dict[str, Any] = {"age": age}
        return int(self._database.transact(lambda c: c.execute(_COUNT[kind], wish).scalar_one()))

    def stamp(self, kind: Standstill, *, age: timedelta, limit: int) -> Stamped:
        """Stamps up to `limit` of them as sent now and commits; the caller sends them.

        Jobs that another transaction holds are left out.
        """
        at = self._database.transact(lambda c: c.execute(_NOW).scalar_one())
        wish = {"age": age, "limit": limit, "at": at}
        rows = self._database.transact(lambda c: c.execute(_STAMP[kind], wish).all())
        messages = (JobMessage(row.id, row.run, row.correlation_id) for row in rows)
        return Stamped(at=at, messages=tuple(messages))

    def unstamp(self, kind: Standstill, stamped: Stamped) -> None:
        """Takes the stamp back from jobs whose message the queue refused."""
        refused = {"ids": [message.job_id for message in stamped.messages], "at": stamped.at}
        self._database.transact(lambda c: c.execute(_UNSTAMP[kind], refused))
