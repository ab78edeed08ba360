"""Storing a reply once, and noting that its job has been sent."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import Connection, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.types import Text

from shared.domain.reply import Reply
from shared.postgres.database import Database

_STORE = text("""
    WITH job AS (
        INSERT INTO jobs (dedup_key, received_at, correlation_id, intake_notes)
        VALUES (:dedup_key, :received_at, :correlation_id, :notes)
        ON CONFLICT (dedup_key) DO NOTHING
        RETURNING id, run
    ), reply AS (
        INSERT INTO replies (job_id, ticket_id, comment_id, webhook_id, from_email, from_name,
            subject, body_text, body_html, attachments, to_addresses, cc_addresses, headers)
        SELECT id, :ticket_id, :comment_id, :webhook_id, :from_email, :from_name,
            :subject, :body_text, :body_html, :attachments, :to_addresses, :cc_addresses, :headers
        FROM job
    )
    SELECT id, run FROM job
""").bindparams(
    bindparam("notes", type_=ARRAY(Text)),
    bindparam("attachments", type_=JSONB),
    bindparam("to_addresses", type_=ARRAY(Text)),
    bindparam("cc_addresses", type_=ARRAY(Text)),
    bindparam("headers", type_=JSONB),
)

_FIRST_DELIVERY = text("""
    SELECT id, run, correlation_id,
        sent_at IS NULL AND processing_status IN ('received', 'queued') AS unsent
    FROM jobs WHERE dedup_key = :dedup_key
""")

_MARK_QUEUED = text("""
    UPDATE jobs SET processing_status = 'queued', sent_at = now()
    WHERE id = :job_id AND run = :run AND processing_status IN ('received', 'queued')
      AND sent_at IS NULL
""")


@dataclass(frozen=True, kw_only=True)
class StoredReply:
    """`is_new` is False for a duplicate; `unsent` asks the caller to send the job's message.

    `correlation_id` is the job's: that of its first delivery.
    """

    job_id: int
    run: int
    correlation_id: str
    is_new: bool
    unsent: bool


class Intake:
    """The webhook's side of the jobs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def store_reply(
        self, reply: Reply, *, dedup_key: bytes, correlation_id: str, notes: tuple[str, ...]
    ) -> StoredReply:
        """Commits the reply and its job as one, or finds the job of its first delivery.

        Two deliveries at the same moment make one job: the unique key decides, and the second
        waits for the first one's commit. Raises DatabaseUnavailable.
        """
        row = asdict(reply) | {
            "attachments": [asdict(attachment) for attachment in reply.attachments],
            "to_addresses": list(reply.to_addresses),
            "cc_addresses": list(reply.cc_addresses),
            "dedup_key": dedup_key,
            "correlation_id": correlation_id,
            "notes": list(notes),
        }

        def store(connection: Connection) -> StoredReply | None:
            stored = connection.execute(_STORE, row).one_or_none()
            if stored is None:
                return None
            return StoredReply(
                job_id=stored.id,
                run=stored.run,
                correlation_id=correlation_id,
                is_new=True,
                unsent=True,
            )

        return self._database.transact(store) or self._first_delivery(dedup_key)

    def mark_queued(self, job_id: int, run: int) -> None:
        """Notes that the message was sent, unless the job has moved on meanwhile."""
        self._database.transact(
            lambda connection: connection.execute(_MARK_QUEUED, {"job_id": job_id, "run": run})
        )

    def _first_delivery(self, dedup_key: bytes) -> StoredReply:
        row = self._database.transact(
            lambda connection: connection.execute(_FIRST_DELIVERY, {"dedup_key": dedup_key}).one()
        )
        return StoredReply(
            job_id=row.id,
            run=row.run,
            correlation_id=row.correlation_id,
            is_new=False,
            unsent=row.unsent,
        )
