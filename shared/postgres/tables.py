"""The tables as SQLAlchemy sees them; the migrations make them (a test compares both)."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    SmallInteger,
    Table,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

metadata = MetaData()

_MONEY = Numeric(14, 2)
_TIME = DateTime(timezone=True)


def _id() -> Column[int]:
    return Column("id", BigInteger, primary_key=True)


creditor_inquiries = Table(
    "creditor_inquiries",
    metadata,
    Column("id", Text, primary_key=True),
    Column("client_name", Text, nullable=False),
    Column("creditor_name", Text, nullable=False),
    Column("creditor_email", Text),
    Column("reference_numbers", ARRAY(Text), nullable=False),
    Column("sent_at", _TIME, nullable=False),
    Column("zendesk_ticket_id", Text),
    Column("letter_type", Text, nullable=False),
    Column("debt_amount", _MONEY),
    Column("match_keys", ARRAY(Text), nullable=False),
    Column("created_at", _TIME, nullable=False),
    Column("updated_at", _TIME, nullable=False),
    Column("erased_at", _TIME),
)

jobs = Table(
    "jobs",
    metadata,
    _id(),
    Column("dedup_key", LargeBinary, nullable=False, unique=True),
    Column("processing_status", Text, nullable=False),
    Column("run", Integer, nullable=False),
    Column("retry_count", Integer, nullable=False),
    Column("attempt_count", SmallInteger, nullable=False),
    Column("received_at", _TIME, nullable=False),
    Column("created_at", _TIME, nullable=False),
    Column("sent_at", _TIME),
    Column("next_attempt_at", _TIME),
    Column("lease_token", Uuid),
    Column("lease_until", _TIME),
    Column("started_at", _TIME),
    Column("completed_at", _TIME),
    Column("processing_error", Text),
    Column("match_status", Text),
    Column("reason", Text),
    Column("matched_inquiry_id", Text, ForeignKey("creditor_inquiries.id")),
    Column("match_confidence", SmallInteger),
    Column("match_explanation", JSONB),
    Column("extracted_data", JSONB),
    Column("sync_status", Text, nullable=False),
    Column("dead_letter_sent_at", _TIME),
    Column("notifying_until", _TIME),
    Column("notified_at", _TIME),
    Column("notification", Text),
    Column("retried_by", Text),
    Column("retried_at", _TIME),
    Column("retry_request", Uuid),
    Column("correlation_id", Text, nullable=False),
    Column("intake_notes", ARRAY(Text), nullable=False),
    Column("content_erased_at", _TIME),
)

replies = Table(
    "replies",
    metadata,
    Column("job_id", BigInteger, ForeignKey("jobs.id"), primary_key=True),
    Column("ticket_id", Text, nullable=False),
    Column("comment_id", Text),
    Column("webhook_id", Text),
    Column("from_email", Text, nullable=False),
    Column("from_name", Text),
    Column("subject", Text),
    Column("body_text", Text),
    Column("body_html", Text),
    Column("attachments", JSONB, nullable=False),
    Column("to_addresses", ARRAY(Text), nullable=False),
    Column("cc_addresses", ARRAY(Text), nullable=False),
    Column("headers", JSONB, nullable=False),
    Column("bodies_erased_at", _TIME),
    Column("envelope_erased_at", _TIME),
)

attempts = Table(
    "attempts",
    metadata,
    _id(),
    Column("job_id", BigInteger, ForeignKey("jobs.id"), nullable=False),
    Column("run", Integer, nullable=False),
    Column("number", SmallInteger, nullable=False),
    Column("lease_token", Uuid, nullable=False, unique=True),
    Column("started_at", _TIME, nullable=False),
    Column("ended_at", _TIME),
    Column("outcome", Text),
    Column("error", Text),
)

claims = Table(
    "claims",
    metadata,
    Column("inquiry_id", Text, ForeignKey("creditor_inquiries.id"), primary_key=True),
    Column("current_revision_id", BigInteger, ForeignKey("claim_revisions.id")),
)

claim_revisions = Table(
    "claim_revisions",
    metadata,
    _id(),
    Column("inquiry_id", Text, ForeignKey("creditor_inquiries.id"), nullable=False),
    Column("job_id", BigInteger, ForeignKey("jobs.id"), nullable=False),
    Column("run", Integer, nullable=False),
    Column("received_at", _TIME, nullable=False),
    Column("recorded_at", _TIME, nullable=False),
    Column("previous_amount", _MONEY),
    Column("amount", _MONEY, nullable=False),
    Column("currency", Text, nullable=False),
    Column("principal", _MONEY),
    Column("interest", _MONEY),
    Column("costs", _MONEY),
    Column("became_current", Boolean, nullable=False),
    Column("set_by", Text),
    Column("objection", Text),
)

quarantined_deliveries = Table(
    "quarantined_deliveries",
    metadata,
    _id(),
    Column("kind", Text, nullable=False),
    Column("cause", Text, nullable=False),
    Column("body_sha256", LargeBinary, nullable=False),
    Column("raw_body", LargeBinary, nullable=False),
    Column("deliveries", Integer, nullable=False),
    Column("first_received_at", _TIME, nullable=False),
    Column("last_received_at", _TIME, nullable=False),
    Column("correlation_id", Text, nullable=False),
    Column("body_erased_at", _TIME),
)

reconciliation_runs = Table(
    "reconciliation_runs",
    metadata,
    _id(),
    Column("status", Text, nullable=False),
    Column("dry_run", Boolean, nullable=False),
    Column("requested_by", Text, nullable=False),
    Column("requested_at", _TIME, nullable=False),
    Column("started_at", _TIME),
    Column("finished_at", _TIME),
    Column("lease_token", Uuid),
    Column("lease_until", _TIME, nullable=False),
    Column("report", JSONB),
)

erasures = Table(
    "erasures",
    metadata,
    _id(),
    Column("reference", Text, nullable=False),
    Column("invocation", Text, nullable=False, unique=True),
    Column("erased_at", _TIME, nullable=False),
    Column("certificate", Text, nullable=False),
    Column("certificate_sha256", LargeBinary, nullable=False, unique=True),
    Column("previous_sha256", LargeBinary, ForeignKey("erasures.certificate_sha256")),
)
