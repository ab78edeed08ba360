"""Taking a job: one lease at a time, counted attempts, and an answer for every other row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Connection, text

from shared.domain.job import AttemptOutcome
from shared.postgres.database import Database
from shared.postgres.finishing import Finishing
from shared.postgres.leasing import (
    ClaimAnswer,
    ClaimedJob,
    Leasing,
    NothingToDo,
    NotYet,
    OutOfAttempts,
)
from shared.postgres.retries import Retries
from tests.factories import LEASE, a_decision, a_reply, claimed_job, queued_job, stored_job
from tests.racing import race


def _claim(database: Database, job_id: int, run: int = 1) -> ClaimAnswer:
    return Leasing(database).claim(job_id, run, lease=LEASE)


def test_of_two_workers_racing_for_a_job_one_gets_it(open_another: Callable[[], Database]) -> None:
    """Defect 11: the row lock was given up early, so two workers did the same mail."""
    job = queued_job(open_another())
    answers = race(*[partial(_claim, open_another(), job.job_id) for _ in range(4)])
    assert sum(isinstance(answer, ClaimedJob) for answer in answers) == 1
    assert sum(isinstance(answer, NotYet) for answer in answers) == 3


def test_a_job_can_be_taken_before_its_sending_was_noted(database: Database) -> None:
    assert isinstance(_claim(database, stored_job(database).job_id), ClaimedJob)


def test_the_claim_hands_out_the_reply_and_counts_the_attempt(
    database: Database, sql: Connection
) -> None:
    job = claimed_job(database, subject="Aktenzeichen")
    assert job.reply == a_reply(subject="Aktenzeichen")
    attempt = sql.execute(text("SELECT run, number, lease_token, ended_at FROM attempts")).one()
    assert tuple(attempt) == (1, 1, job.lease_token, None)


def test_the_lease_runs_by_the_databases_clock(database: Database, sql: Connection) -> None:
    claimed_job(database, lease=timedelta(seconds=90))
    left = sql.execute(text("SELECT lease_until - now() AS left FROM jobs")).scalar_one()
    assert timedelta(seconds=85) < left <= timedelta(seconds=90)


def test_a_job_that_is_leased_comes_back_after_the_lease(database: Database) -> None:
    job = claimed_job(database, lease=timedelta(seconds=20))
    answer = _claim(database, job.job_id)
    assert isinstance(answer, NotYet)
    assert timedelta(seconds=19) < answer.wait <= timedelta(seconds=21)


def test_a_job_that_is_not_due_comes_back_when_it_is(database: Database) -> None:
    job = claimed_job(database)
    Finishing(database).put_off(job, delay=timedelta(seconds=40), error="Try later.")
    answer = _claim(database, job.job_id)
    assert isinstance(answer, NotYet)
    assert timedelta(seconds=39) < answer.wait <= timedelta(seconds=41)


def test_a_dead_workers_job_is_taken_over_and_its_attempt_is_called_lost(
    database: Database, sql: Connection
) -> None:
    first = claimed_job(database, lease=timedelta(seconds=-1))
    second = _claim(database, first.job_id)
    assert isinstance(second, ClaimedJob)
    assert second.attempt == 2
    outcomes = sql.execute(text("SELECT outcome FROM attempts ORDER BY number")).scalars().all()
    assert outcomes == [AttemptOutcome.LOST, None]


def test_after_six_lost_attempts_the_claim_fails_the_job(
    database: Database, sql: Connection
) -> None:
    job = queued_job(database)
    for _ in range(6):
        leased = Leasing(database).claim(job.job_id, 1, lease=timedelta(seconds=-1))
        assert isinstance(leased, ClaimedJob)
    assert _claim(database, job.job_id) == OutOfAttempts("correlation")
    row = sql.execute(text("SELECT processing_status, processing_error FROM jobs")).one()
    assert tuple(row) == ("failed", "The worker stopped without an answer.")
    assert sql.execute(text("SELECT count(*) FROM attempts WHERE outcome = 'lost'")).scalar() == 6


@pytest.mark.parametrize("ending", ["completed", "failed"])
def test_an_ended_job_leaves_nothing_to_do(database: Database, ending: str) -> None:
    job = claimed_job(database)
    if ending == "completed":
        Finishing(database).complete(job, decision=a_decision(), extracted_data={}, claim=None)
    else:
        Finishing(database).fail(job, outcome=AttemptOutcome.PERMANENT_ERROR, error="No.")
    assert _claim(database, job.job_id) == NothingToDo(ending)


def test_a_message_of_an_older_run_does_nothing(database: Database, sql: Connection) -> None:
    job = claimed_job(database)
    Finishing(database).fail(job, outcome=AttemptOutcome.PERMANENT_ERROR, error="No.")
    Retries(database).retry(job.job_id, "operator")
    assert _claim(database, job.job_id, run=1) == NothingToDo("newer_run")
    assert sql.execute(text("SELECT processing_status FROM jobs")).scalar_one() == "queued"


def test_an_unknown_job_leaves_nothing_to_do(database: Database) -> None:
    assert _claim(database, 4711) == NothingToDo("unknown_job")
