"""An operator's retry begins a new run, once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, text

from shared.domain.errors import JobNotFailed, JobNotFound
from shared.domain.job import AttemptOutcome
from shared.postgres.database import Database
from shared.postgres.dead_letters import DeadLetters, FailedJob, Notification
from shared.postgres.finishing import Finishing
from shared.postgres.leasing import ClaimedJob, Leasing
from shared.postgres.retries import RetriedJob, Retries
from tests.factories import LEASE, claimed_job, queued_job
from tests.racing import race


def _failed_job(database: Database) -> ClaimedJob:
    job = claimed_job(database)
    Finishing(database).fail(job, outcome=AttemptOutcome.PERMANENT_ERROR, error="Encrypted.")
    return job


def test_a_retry_begins_a_new_run_and_keeps_the_history(
    database: Database, sql: Connection
) -> None:
    """Defect 32: a retry wiped the last error, and nobody knew who had asked for it."""
    job = _failed_job(database)
    assert Retries(database).retry(job.job_id, "arn:operator") == RetriedJob(
        job_id=job.job_id, run=2, retry_count=1, correlation_id="correlation"
    )
    row = sql.execute(text("SELECT processing_status, retried_by, processing_error FROM jobs"))
    assert tuple(row.one()) == ("queued", "arn:operator", None)
    assert sql.execute(text("SELECT error FROM attempts")).scalar_one() == "Encrypted."


def test_a_retried_job_has_all_its_attempts_again(database: Database) -> None:
    job = queued_job(database)
    for _ in range(6):
        leased = Leasing(database).claim(job.job_id, 1, lease=-LEASE)
    assert not isinstance(Leasing(database).claim(job.job_id, 1, lease=LEASE), ClaimedJob)
    Retries(database).retry(job.job_id, "operator")
    leased = Leasing(database).claim(job.job_id, 2, lease=LEASE)
    assert isinstance(leased, ClaimedJob)
    assert leased.attempt == 1


def test_two_clicks_make_one_retry(open_another: Callable[[], Database], sql: Connection) -> None:
    """Defect 32: two clicks made two jobs."""
    job = _failed_job(open_another())

    def click(database: Database) -> str:
        try:
            Retries(database).retry(job.job_id, "operator")
        except JobNotFailed:
            return "refused"
        return "retried"

    clicks = [open_another() for _ in range(3)]
    answers = race(*[lambda database=database: click(database) for database in clicks])
    assert sorted(answers) == ["refused", "refused", "retried"]
    assert sql.execute(text("SELECT run, retry_count FROM jobs")).one() == (2, 1)


def test_a_job_that_has_not_failed_cannot_be_retried(database: Database) -> None:
    with pytest.raises(JobNotFailed):
        Retries(database).retry(queued_job(database).job_id, "operator")


def test_an_unknown_job_cannot_be_retried(database: Database) -> None:
    with pytest.raises(JobNotFound):
        Retries(database).retry(4711, "operator")


def test_each_failed_run_is_notified_of_anew(database: Database, sql: Connection) -> None:
    job = _failed_job(database)
    told = DeadLetters(database).take(job.job_id, 1, lease=LEASE)
    assert isinstance(told, FailedJob)
    DeadLetters(database).settle(told, Notification.SENT)
    Retries(database).retry(job.job_id, "operator")
    assert sql.execute(text("SELECT notified_at FROM jobs")).scalar_one() is None
