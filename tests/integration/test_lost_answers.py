"""The database committed, and the answer was lost: the second try knows what the first did."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import TypeVar

import pytest
from sqlalchemy import Connection, text

from shared.domain.job import AttemptOutcome
from shared.postgres.database import Database, _TryAgain
from shared.postgres.expired_content import ExpiredContent, Expiry
from shared.postgres.finishing import Finishing
from shared.postgres.leasing import ClaimedJob, Leasing
from shared.postgres.quarantine import Quarantine, QuarantineKind
from shared.postgres.reconciliation_runs import ReconciliationRuns
from shared.postgres.retries import Retries
from shared.postgres.stuck_jobs import Standstill, StuckJobs
from tests.factories import (
    LEASE,
    a_claim,
    a_decision,
    claimed_job,
    queued_job,
    stored_inquiry,
    stored_job,
)

T = TypeVar("T")


class ForgetfulDatabase(Database):
    """Commits every unit of work, and loses the first answer to each."""

    def __init__(self, database: Database) -> None:
        super().__init__(database._engine)  # noqa: SLF001
        self._is_second_try = False

    def _once(self, work: Callable[[Connection], T]) -> T:
        answer = super()._once(work)
        self._is_second_try = not self._is_second_try
        if self._is_second_try:
            raise _TryAgain
        return answer


@pytest.fixture
def forgetful(database: Database) -> Database:
    return ForgetfulDatabase(database)


def test_a_claim_is_still_the_callers(forgetful: Database, database: Database) -> None:
    job = queued_job(database)
    answer = Leasing(forgetful).claim(job.job_id, job.run, lease=LEASE)
    assert isinstance(answer, ClaimedJob)
    assert answer.attempt == 1


def test_a_completed_job_has_its_outcome_and_one_revision(
    forgetful: Database, database: Database, sql: Connection
) -> None:
    inquiry = stored_inquiry(database)
    job = claimed_job(database)
    outcome = Finishing(forgetful).complete(
        job,
        decision=a_decision(inquiry.id),
        extracted_data={},
        claim=a_claim(inquiry.id, Decimal("7.00")),
    )
    assert outcome == a_decision(inquiry.id)
    assert sql.execute(text("SELECT count(*) FROM claim_revisions")).scalar_one() == 1


def test_a_failed_job_is_the_callers_to_dead_letter(
    forgetful: Database, database: Database
) -> None:
    job = claimed_job(database)
    assert Finishing(forgetful).fail(job, outcome=AttemptOutcome.PERMANENT_ERROR, error="No.")


def test_a_job_put_off_is_no_lost_lease(forgetful: Database, database: Database) -> None:
    assert Finishing(forgetful).put_off(claimed_job(database), delay=LEASE, error="Later.")


def test_a_retry_is_no_refusal(forgetful: Database, database: Database, sql: Connection) -> None:
    job = claimed_job(database)
    Finishing(database).fail(job, outcome=AttemptOutcome.PERMANENT_ERROR, error="No.")
    assert Retries(forgetful).retry(job.job_id, "operator").run == 2
    assert sql.execute(text("SELECT run FROM jobs")).scalar_one() == 2


def test_a_started_run_is_the_callers(forgetful: Database, database: Database) -> None:
    ReconciliationRuns(database).request(actor="x", lease=LEASE, dry_run=False)
    assert ReconciliationRuns(forgetful).start(lease=LEASE) is not None


@pytest.mark.parametrize("kind", Standstill)
def test_stamped_jobs_are_sent(
    kind: Standstill, forgetful: Database, database: Database, sql: Connection
) -> None:
    if kind is Standstill.NEVER_SENT:
        stored_job(database)
    elif kind is Standstill.NEVER_TAKEN:
        queued_job(database)
    else:
        job = claimed_job(database, lease=timedelta(seconds=-9))
        if kind is not Standstill.WORKER_DIED:
            Finishing(database).fail(job, outcome=AttemptOutcome.PERMANENT_ERROR, error="No.")
        if kind is Standstill.NEVER_NOTIFIED:
            Finishing(database).mark_dead_lettered(job.job_id, job.run)
    stamped = StuckJobs(forgetful).stamp(kind, age=timedelta(), limit=10)
    assert [message.job_id for message in stamped.messages] == [1]


def test_erased_content_is_counted_once(forgetful: Database, database: Database) -> None:
    Finishing(database).complete(
        claimed_job(database), decision=a_decision(), extracted_data={}, claim=None
    )
    Quarantine(database).keep(QuarantineKind.STALE, "x", b"x", "c")
    expired = ExpiredContent(forgetful)
    erased = [expired.erase(kind, age=timedelta(), limit=9) for kind in Expiry]
    assert erased == [1, 1]
