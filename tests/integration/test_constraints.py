"""What must never be in the tables is refused by the database itself."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from shared.postgres.database import Database
from shared.postgres.finishing import Finishing
from shared.postgres.quarantine import Quarantine, QuarantineKind
from tests.factories import a_claim, a_decision, claimed_job, stored_inquiry, stored_job

IMPOSSIBLE_JOBS = {
    "an unknown status": "processing_status = 'waiting'",
    "processing without a lease": "processing_status = 'processing'",
    "a lease without processing": "lease_token = gen_random_uuid(), lease_until = now()",
    "a next attempt of a job that is not queued": "next_attempt_at = now()",
    "half a lease": "lease_until = now()",
    "completed without an outcome": "processing_status = 'completed', completed_at = now()",
    "failed without an error": "processing_status = 'failed', completed_at = now()",
    "an end without an end": "completed_at = now()",
    "an outcome before the end": "match_status = 'no_match', reason = 'x', match_confidence = 1",
    "notified without failure": "notified_at = now(), notification = 'sent'",
    "received but sent": "sent_at = now()",
    "a seventh attempt": "attempt_count = 7",
    "a confidence over 100": "match_confidence = 101",
    "a retry that is no run": "retry_count = 3",
    "an unknown sync status": "sync_status = 'done'",
    "an automatic match with nothing": """processing_status = 'completed', completed_at = now(),
        match_status = 'auto_matched', reason = 'x', match_confidence = 1""",
}

HISTORY = {
    "a reply's words": "UPDATE replies SET body_text = 'other words'",
    "a reply's sender": "UPDATE replies SET from_email = 'x', bodies_erased_at = now()",
    "a sender under the cloak of an erasure": """UPDATE replies SET from_email = 'x',
        from_name = NULL, subject = NULL, body_text = NULL, body_html = NULL,
        bodies_erased_at = now(), envelope_erased_at = now()""",
    "a body under the cloak of an erasure": """UPDATE replies SET body_text = 'x',
        bodies_erased_at = now()""",
    "a subject with the content": """UPDATE replies SET subject = NULL, body_text = NULL,
        bodies_erased_at = now()""",
    "a reply": "DELETE FROM replies",
    "an attempt": "DELETE FROM attempts",
    "an ended attempt": "UPDATE attempts SET error = NULL, outcome = 'completed'",
    "a claim's revision": "UPDATE claim_revisions SET amount = 1",
    "a revision's existence": "DELETE FROM claim_revisions",
}


@pytest.mark.parametrize("change", IMPOSSIBLE_JOBS.values(), ids=IMPOSSIBLE_JOBS.keys())
def test_an_impossible_job_is_refused(change: str, database: Database, sql: Connection) -> None:
    stored_job(database)
    with pytest.raises(DBAPIError):
        sql.execute(text(f"UPDATE jobs SET {change}"))


@pytest.mark.parametrize("change", HISTORY.values(), ids=HISTORY.keys())
def test_history_is_neither_changed_nor_erased(
    change: str, database: Database, sql: Connection
) -> None:
    inquiry = stored_inquiry(database)
    Finishing(database).complete(
        claimed_job(database),
        decision=a_decision(inquiry.id),
        extracted_data={},
        claim=a_claim(inquiry.id, Decimal("5.00")),
    )
    with pytest.raises(DBAPIError):
        sql.execute(text(change))


def test_a_replys_bodies_can_be_erased(database: Database, sql: Connection) -> None:
    stored_job(database)
    sql.execute(
        text("UPDATE replies SET body_text = NULL, body_html = NULL, bodies_erased_at = now()")
    )
    assert sql.execute(text("SELECT body_text FROM replies")).scalar_one() is None


def test_a_replys_envelope_can_be_erased_with_its_bodies_and_never_comes_back(
    database: Database, sql: Connection
) -> None:
    stored_job(database)
    sql.execute(
        text("""UPDATE replies SET body_text = NULL, bodies_erased_at = now(), subject = NULL,
            from_email = '(erased)', envelope_erased_at = now()""")
    )
    for back in ("bodies_erased_at = NULL", "envelope_erased_at = NULL", "subject = 'x'"):
        with pytest.raises(DBAPIError):
            sql.execute(text(f"UPDATE replies SET {back}"))


IMPOSSIBLE_ERASURES = {
    "a job that has not ended": "UPDATE jobs SET content_erased_at = now()",
    "an inquiry that still has its client": "UPDATE creditor_inquiries SET erased_at = now()",
    "a delivery that still has its bytes": """UPDATE quarantined_deliveries
        SET body_erased_at = now()""",
}


@pytest.mark.parametrize("change", IMPOSSIBLE_ERASURES.values(), ids=IMPOSSIBLE_ERASURES.keys())
def test_nothing_is_called_erased_that_is_not(
    change: str, database: Database, sql: Connection
) -> None:
    stored_job(database)
    stored_inquiry(database)
    Quarantine(database).keep(QuarantineKind.STALE, "x", b"x", "c")
    with pytest.raises(DBAPIError):
        sql.execute(text(change))


def test_a_second_revision_for_the_same_run_is_refused(database: Database, sql: Connection) -> None:
    """Defects 12, 13: a redelivery wrote the claim again."""
    inquiry = stored_inquiry(database)
    job = claimed_job(database)
    Finishing(database).complete(
        job,
        decision=a_decision(inquiry.id),
        extracted_data={},
        claim=a_claim(inquiry.id, Decimal("5.00")),
    )
    with pytest.raises(DBAPIError):
        sql.execute(
            text(
                "INSERT INTO claim_revisions (inquiry_id, job_id, run, received_at, amount,"
                " currency, became_current)"
                " SELECT inquiry_id, job_id, run, received_at, 7, 'EUR', true FROM claim_revisions"
            )
        )
