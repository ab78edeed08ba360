"""Replies, inquiries and jobs in which only the field that matters has to be named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from shared.domain.claim import ClaimStatement
from shared.domain.inquiry import Inquiry
from shared.domain.job import MatchStatus, Reason
from shared.domain.matching import MatchDecision
from shared.domain.reply import Reply
from shared.postgres.database import Database
from shared.postgres.inquiries import Inquiries
from shared.postgres.intake import Intake, StoredReply
from shared.postgres.leasing import ClaimedJob, Leasing

_numbers = count(1)

MARCH = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LEASE = timedelta(seconds=30)


def a_reply(**fields: Any) -> Reply:
    values: dict[str, Any] = {
        "ticket_id": "70500",
        "from_email": "mahnung@nordlicht-energie.example",
        "subject": "Ihr Schreiben",
        "body_text": "Guten Tag, die Forderung beträgt 120,00 EUR.",
        "received_at": MARCH,
    }
    return Reply(**(values | fields))


def an_inquiry(**fields: Any) -> Inquiry:
    values: dict[str, Any] = {
        "id": f"inq-{next(_numbers)}",
        "client_name": "Petra Wendland",
        "creditor_name": "Nordlicht Energie GmbH",
        "creditor_email": "mahnung@nordlicht-energie.example",
        "reference_numbers": ("NE-4471-88",),
        "sent_at": MARCH - timedelta(days=14),
    }
    return Inquiry(**(values | fields))


def stored_job(database: Database, **reply_fields: Any) -> StoredReply:
    """A job as the webhook leaves it before it is sent."""
    return Intake(database).store_reply(
        a_reply(**reply_fields),
        dedup_key=f"key {next(_numbers)}".encode(),
        correlation_id="correlation",
        notes=(),
    )


def queued_job(database: Database, **reply_fields: Any) -> StoredReply:
    job = stored_job(database, **reply_fields)
    Intake(database).mark_queued(job.job_id, job.run)
    return job


def claimed_job(database: Database, *, lease: timedelta = LEASE, **fields: Any) -> ClaimedJob:
    job = queued_job(database, **fields)
    answer = Leasing(database).claim(job.job_id, job.run, lease=lease)
    assert isinstance(answer, ClaimedJob)
    return answer


def stored_inquiry(database: Database, **fields: Any) -> Inquiry:
    inquiry = an_inquiry(**fields)
    Inquiries(database).put_many([inquiry])
    return inquiry


def a_decision(inquiry_id: str | None = None) -> MatchDecision:
    if inquiry_id is None:
        return MatchDecision(
            status=MatchStatus.NO_MATCH, reason=Reason.NO_INQUIRY_FITS, confidence=90
        )
    return MatchDecision(
        status=MatchStatus.AUTO_MATCHED,
        reason=Reason.REFERENCE_MATCHES,
        confidence=97,
        inquiry_id=inquiry_id,
    )


def a_claim(inquiry_id: str, amount: Any, received_at: datetime = MARCH) -> ClaimStatement:
    return ClaimStatement(
        inquiry_id=inquiry_id, received_at=received_at, amount=amount, currency="EUR"
    )
