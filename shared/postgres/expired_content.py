"""The reconciler's statements that erase what has been kept for its whole time.

Each kind reads a partial index that is ordered by time and holds only what is not yet erased,
so the cost grows with what is due and not with the table.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from sqlalchemy import Connection, text

from shared.postgres.database import Database
from shared.postgres.erased_content import (
    EXTRACTION_WITHOUT_CONTENT,
    REPLY_WITHOUT_CONTENT,
    explanation_without_sentences,
)


class Expiry(StrEnum):
    """What is erased when its time is over."""

    MAIL_CONTENT = "mail_content"
    """Bodies, headers and files' names of a mail whose job has ended, and its words elsewhere."""
    QUARANTINED_BODY = "quarantined_body"
    """The bytes of a delivery that never became a job."""


_DUE = {
    Expiry.MAIL_CONTENT: """
        FROM jobs
        WHERE content_erased_at IS NULL AND completed_at < now() - CAST(:age AS interval)
    """,
    Expiry.QUARANTINED_BODY: """
        FROM quarantined_deliveries
        WHERE body_erased_at IS NULL AND last_received_at < now() - CAST(:age AS interval)
    """,
}

_COUNT = {kind: text(f"SELECT count(*) {due}") for kind, due in _DUE.items()}

_NOW = text("SELECT clock_timestamp()")

_ERASE = {
    Expiry.MAIL_CONTENT: text(f"""
        WITH due AS (
            SELECT id {_DUE[Expiry.MAIL_CONTENT]}
            ORDER BY completed_at LIMIT :limit FOR UPDATE SKIP LOCKED
        ), changed AS (
            UPDATE jobs SET content_erased_at = :at,
                extracted_data = {EXTRACTION_WITHOUT_CONTENT},
                match_explanation = {explanation_without_sentences()}
            FROM due WHERE jobs.id = due.id
            RETURNING jobs.id
        ), emptied AS (
            UPDATE replies SET {REPLY_WITHOUT_CONTENT}
            FROM changed WHERE replies.job_id = changed.id
        )
        SELECT id FROM changed UNION SELECT id FROM jobs WHERE content_erased_at = :at
    """),
    Expiry.QUARANTINED_BODY: text(f"""
        WITH due AS (
            SELECT id {_DUE[Expiry.QUARANTINED_BODY]}
            ORDER BY last_received_at LIMIT :limit FOR UPDATE SKIP LOCKED
        ), changed AS (
            UPDATE quarantined_deliveries AS kept SET raw_body = '', body_erased_at = :at
            FROM due WHERE kept.id = due.id
            RETURNING kept.id
        )
        SELECT id FROM changed
        UNION SELECT id FROM quarantined_deliveries WHERE body_erased_at = :at
    """),
}
"""Also counts what an earlier try of the same batch committed before its answer was lost."""


class ExpiredContent:
    """Finds and erases what is over its time; counts and outcomes stay."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self, kind: Expiry, *, age: timedelta) -> int:
        """How much is kept for longer than `age`. Raises DatabaseUnavailable."""
        wish = {"age": age}
        return int(self._database.transact(lambda c: c.execute(_COUNT[kind], wish).scalar_one()))

    def erase(self, kind: Expiry, *, age: timedelta, limit: int) -> int:
        """Erases up to `limit` of it, the oldest first, commits, and says how many it were.

        What another transaction holds is left out. Raises DatabaseUnavailable.
        """
        at = self._database.transact(lambda c: c.execute(_NOW).scalar_one())
        wish = {"age": age, "limit": limit, "at": at}

        def erase(connection: Connection) -> int:
            return len(connection.execute(_ERASE[kind], wish).all())

        return self._database.transact(erase)
