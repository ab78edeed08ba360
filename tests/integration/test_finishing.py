"""Ending an attempt: all of it under the lease, or nothing."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, text

from shared.domain.errors import DatabaseRefused
from shared.domain.job import AttemptOutcome, MatchStatus, Reason
from shared.domain.matching import MatchDecision
from shared.postgres.database import Database
from shared.postgres.finishing import Finishing
from shared.postgres.leasing import ClaimedJob, Leasing
from tests.factories import (
    LEASE,
    MARCH,
    a_claim,
    a_decision,
    claimed_job,
    queued_job,
    stored_inquiry,
)

EUR_120 = Decimal("120.00")


def _complete(
    database: Database, job: ClaimedJob, inquiry_id: str, amount: Decimal, **claim: Any
) -> MatchDecision | None:
    return Finishing(database).complete(
        job,
        decision=a_decision(inquiry_id),
        extracted_data={"debt_amount": str(amount)},
        claim=a_claim(inquiry_id, amount, **claim),
    )


def test_completing_ends_the_job_and_records_the_claim(database: Database, sql: Connection) -> None:
    inquiry = stored_inquiry(database)
    _complete(database, claimed_job(database), inquiry.id, EUR_120)
    job = sql.execute(text("SELECT processing_status, match_status, matched_inquiry_id FROM jobs"))
    assert tuple(job.one()) == ("completed", "auto_matched", inquiry.id)
    claim = sql.execute(text("SELECT amount, previous_amount, became_current FROM claim_revisions"))
    assert tuple(claim.one()) == (EUR_120, None, True)
    assert sql.execute(text("SELECT outcome FROM attempts")).scalar_one() == "completed"


def test_a_worker_that_lost_its_lease_writes_nothing(database: Database, sql: Connection) -> None:
    inquiry = stored_inquiry(database)
    slow = claimed_job(database, lease=timedelta(seconds=-1))
    Leasing(database).claim(slow.job_id, slow.run, lease=LEASE)
    assert _complete(database, slow, inquiry.id, EUR_120) is None
    assert not Finishing(database).put_off(slow, delay=LEASE, error="Late.")
    assert not Finishing(database).fail(slow, outcome=AttemptOutcome.PERMANENT_ERROR, error="Late.")
    assert sql.execute(text("SELECT processing_status FROM jobs")).scalar_one() == "processing"
    assert sql.execute(text("SELECT count(*) FROM claim_revisions")).scalar_one() == 0


def test_when_the_claim_cannot_be_recorded_the_job_is_not_completed(
    database: Database, sql: Connection
) -> None:
    job = claimed_job(database)
    with pytest.raises(DatabaseRefused):
        _complete(database, job, "no such inquiry", EUR_120)
    assert sql.execute(text("SELECT processing_status FROM jobs")).scalar_one() == "processing"


def test_an_older_letter_processed_after_a_newer_one_goes_to_review(
    database: Database, sql: Connection
) -> None:
    inquiry = stored_inquiry(database)
    _complete(database, claimed_job(database), inquiry.id, EUR_120, received_at=MARCH)
    older = MARCH - timedelta(days=1)
    outcome = _complete(
        database, claimed_job(database), inquiry.id, Decimal("999.00"), received_at=older
    )
    assert outcome is not None
    assert (outcome.status, outcome.reason) == (MatchStatus.NEEDS_REVIEW, Reason.OLDER_LETTER)
    current = sql.execute(
        text(
            "SELECT amount FROM claims JOIN claim_revisions AS revision"
            " ON revision.id = current_revision_id"
        )
    )
    assert current.scalar_one() == EUR_120


def test_of_two_letters_of_the_same_moment_the_later_processed_is_current(
    database: Database, sql: Connection
) -> None:
    """A date without a time is common, so letters of one day tie."""
    inquiry = stored_inquiry(database)
    for amount in (EUR_120, Decimal("150.00")):
        outcome = _complete(database, claimed_job(database), inquiry.id, amount)
        assert outcome is not None
        assert outcome.status is MatchStatus.AUTO_MATCHED


def test_a_newer_letter_becomes_current_and_keeps_the_former_amount(
    database: Database, sql: Connection
) -> None:
    """Defect 22: amounts were overwritten, and what had stood there was gone."""
    inquiry = stored_inquiry(database)
    _complete(database, claimed_job(database), inquiry.id, EUR_120)
    _complete(database, claimed_job(database), inquiry.id, Decimal("150.00"))
    revisions = sql.execute(
        text("SELECT previous_amount, amount FROM claim_revisions ORDER BY id")
    ).all()
    assert [tuple(row) for row in revisions] == [(None, EUR_120), (EUR_120, Decimal("150.00"))]


def test_a_lower_claim_is_kept_as_a_revision_and_goes_to_review(
    database: Database, sql: Connection
) -> None:
    inquiry = stored_inquiry(database)
    _complete(database, claimed_job(database), inquiry.id, EUR_120)
    outcome = _complete(database, claimed_job(database), inquiry.id, Decimal("80.00"))
    assert outcome is not None
    assert (outcome.status, outcome.inquiry_id) == (MatchStatus.NEEDS_REVIEW, inquiry.id)
    revisions = sql.execute(text("SELECT amount, objection FROM claim_revisions ORDER BY id")).all()
    assert [tuple(row) for row in revisions] == [
        (EUR_120, None),
        (Decimal("80.00"), "claim_decreased"),
    ]


def test_a_claim_that_a_person_set_is_not_overwritten(database: Database, sql: Connection) -> None:
    """Defect 25: a repair overwrote people's corrections every hour."""
    inquiry = stored_inquiry(database)
    _complete(database, claimed_job(database), inquiry.id, EUR_120)
    sql.execute(text("ALTER TABLE claim_revisions DISABLE TRIGGER claim_revisions_kept"))
    sql.execute(text("UPDATE claim_revisions SET set_by = 'clerk'"))
    outcome = _complete(database, claimed_job(database), inquiry.id, Decimal("130.00"))
    assert outcome is not None
    assert outcome.reason is Reason.CLAIM_SET_BY_PERSON


def test_a_claim_of_zero_is_recorded(database: Database, sql: Connection) -> None:
    """Defect 21: a claim of 0,00 EUR counted as a missing one."""
    inquiry = stored_inquiry(database)
    _complete(database, claimed_job(database), inquiry.id, Decimal("0.00"))
    assert sql.execute(text("SELECT amount FROM claim_revisions")).scalar_one() == 0


def test_putting_off_shows_the_next_attempt_and_keeps_the_error(
    database: Database, sql: Connection
) -> None:
    """Defect 3: the first error was the end, and every retry did nothing."""
    job = claimed_job(database)
    assert Finishing(database).put_off(job, delay=timedelta(seconds=60), error="Try later.")
    row = sql.execute(text("SELECT processing_status, next_attempt_at - now() AS due FROM jobs"))
    status, due = row.one()
    assert (status, timedelta(seconds=55) < due <= timedelta(seconds=60)) == ("queued", True)
    attempt = sql.execute(text("SELECT outcome, error FROM attempts")).one()
    assert tuple(attempt) == ("transient_error", "Try later.")


def test_failing_keeps_the_error_on_job_and_attempt(database: Database, sql: Connection) -> None:
    """Defect 33: a failed job had no completion time, and its history held one error."""
    job = claimed_job(database)
    Finishing(database).fail(job, outcome=AttemptOutcome.PERMANENT_ERROR, error="Encrypted.")
    row = sql.execute(text("SELECT processing_error, completed_at IS NOT NULL FROM jobs")).one()
    assert tuple(row) == ("Encrypted.", True)
    assert sql.execute(text("SELECT error FROM attempts")).scalar_one() == "Encrypted."


def test_two_jobs_of_one_inquiry_take_turns_on_its_claim(
    database: Database, sql: Connection
) -> None:
    inquiry = stored_inquiry(database)
    first, second = queued_job(database), queued_job(database)
    for job, amount in ((first, "10.00"), (second, "20.00")):
        leased = Leasing(database).claim(job.job_id, 1, lease=LEASE)
        assert isinstance(leased, ClaimedJob)
        _complete(database, leased, inquiry.id, Decimal(amount))
    assert sql.execute(text("SELECT count(*) FROM claims")).scalar_one() == 1
