"""A dead letter is a hint; what it means is asked of the job's row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from sqlalchemy import Connection, text

from shared.domain.job import AttemptOutcome
from shared.postgres.database import Database
from shared.postgres.dead_letters import (
    BackToQueue,
    DeadLetterAnswer,
    DeadLetters,
    FailedJob,
    Notification,
)
from shared.postgres.finishing import Finishing
from shared.postgres.leasing import ClaimedJob, Leasing, NothingToDo, NotYet
from shared.postgres.retries import Retries
from tests.factories import LEASE, a_decision, claimed_job, queued_job
from tests.racing import race


def _failed_job(database: Database) -> ClaimedJob:
    job = claimed_job(database)
    Finishing(database).fail(job, outcome=AttemptOutcome.PERMANENT_ERROR, error="Encrypted.")
    return job


def _take(database: Database, job_id: int, run: int = 1) -> DeadLetterAnswer:
    return DeadLetters(database).take(job_id, run, lease=LEASE)


def _status(sql: Connection) -> str:
    return str(sql.execute(text("SELECT processing_status FROM jobs")).scalar_one())


def test_a_failed_job_is_told_of_with_its_error_and_sender(database: Database) -> None:
    job = _failed_job(database)
    answer = _take(database, job.job_id)
    assert isinstance(answer, FailedJob)
    assert (answer.error, answer.from_email) == ("Encrypted.", "mahnung@nordlicht-energie.example")


def test_of_two_notifiers_one_gets_the_failed_job(open_another: Callable[[], Database]) -> None:
    job = _failed_job(open_another())
    answers = race(*[partial(_take, open_another(), job.job_id) for _ in range(3)])
    assert sum(isinstance(answer, FailedJob) for answer in answers) == 1
    assert sum(isinstance(answer, NotYet) for answer in answers) == 2


def test_a_notified_run_is_never_told_of_again(database: Database) -> None:
    job = _failed_job(database)
    answer = _take(database, job.job_id)
    assert isinstance(answer, FailedJob)
    DeadLetters(database).settle(answer, Notification.SENT)
    assert _take(database, job.job_id) == NothingToDo("notified")


def test_after_a_release_the_next_delivery_gets_it_at_once(database: Database) -> None:
    job = _failed_job(database)
    answer = _take(database, job.job_id)
    assert isinstance(answer, FailedJob)
    DeadLetters(database).release(answer)
    assert isinstance(_take(database, job.job_id), FailedJob)


def test_a_job_under_a_living_lease_is_left_to_its_worker(
    database: Database, sql: Connection
) -> None:
    job = claimed_job(database)
    assert isinstance(_take(database, job.job_id), NotYet)
    assert _status(sql) == "processing"


def test_a_job_with_attempts_left_goes_back_to_the_queue_unsent(
    database: Database, sql: Connection
) -> None:
    job = claimed_job(database, lease=timedelta(seconds=-1))
    assert _take(database, job.job_id) == BackToQueue()
    row = sql.execute(text("SELECT processing_status, sent_at, processing_error FROM jobs")).one()
    assert tuple(row) == ("queued", None, None)
    assert sql.execute(text("SELECT outcome FROM attempts")).scalar_one() == "lost"


def test_a_job_without_attempts_left_fails_with_its_last_error(
    database: Database, sql: Connection
) -> None:
    job = queued_job(database)
    for _ in range(6):
        leased = Leasing(database).claim(job.job_id, 1, lease=LEASE)
        assert isinstance(leased, ClaimedJob)
        Finishing(database).put_off(leased, delay=-LEASE, error="The model is overloaded.")
    answer = _take(database, job.job_id)
    assert isinstance(answer, FailedJob)
    assert answer.error == "The model is overloaded."
    assert _status(sql) == "failed"


def test_a_job_whose_worker_died_six_times_fails_saying_so(database: Database) -> None:
    job = queued_job(database)
    for _ in range(6):
        Leasing(database).claim(job.job_id, 1, lease=-LEASE)
    answer = _take(database, job.job_id)
    assert isinstance(answer, FailedJob)
    assert answer.error == "The worker stopped without an answer."


def test_a_completed_job_is_nothing_to_tell(database: Database) -> None:
    job = claimed_job(database)
    Finishing(database).complete(job, decision=a_decision(), extracted_data={}, claim=None)
    assert _take(database, job.job_id) == NothingToDo("completed")


def test_an_unknown_job_is_nothing_to_tell(database: Database) -> None:
    assert _take(database, 4711) == NothingToDo("unknown_job")


def test_a_dead_letter_of_an_older_run_is_nothing_to_tell(
    database: Database, sql: Connection
) -> None:
    job = _failed_job(database)
    Retries(database).retry(job.job_id, "operator")
    assert _take(database, job.job_id, run=1) == NothingToDo("newer_run")
    assert _status(sql) == "queued"
