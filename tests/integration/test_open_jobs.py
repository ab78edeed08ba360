"""How old the oldest open job is: by our own clock, whatever the mail says of itself."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection, text

from shared.domain.job import AttemptOutcome
from shared.postgres.database import Database
from shared.postgres.finishing import Finishing
from shared.postgres.open_jobs import OPEN_SINCE, OpenJobs, measure_open_jobs
from shared.postgres.retries import Retries
from tests.factories import a_decision, claimed_job, queued_job, stored_job


def _age(sql: Connection, hours: int) -> None:
    interval = {"age": timedelta(hours=hours)}
    sql.execute(text("UPDATE jobs SET created_at = now() - CAST(:age AS interval)"), interval)


def test_without_open_jobs_there_is_no_age(database: Database) -> None:
    job = claimed_job(database)
    Finishing(database).complete(job, decision=a_decision(), extracted_data={}, claim=None)
    assert measure_open_jobs(database) == OpenJobs(number=0, oldest_age=timedelta())


def test_the_oldest_of_all_that_have_no_end_counts(database: Database, sql: Connection) -> None:
    """A mail's own time is years old here: it says nothing about how long we have had it."""
    stored_job(database)
    _age(sql, hours=3)
    queued_job(database)
    claimed_job(database)
    found = measure_open_jobs(database)
    assert found.number == 3
    assert timedelta(hours=3) <= found.oldest_age < timedelta(hours=3, minutes=1)


def test_a_retried_job_is_open_since_the_retry(database: Database, sql: Connection) -> None:
    job = claimed_job(database)
    Finishing(database).fail(job, outcome=AttemptOutcome.PERMANENT_ERROR, error="No.")
    _age(sql, hours=72)
    Retries(database).retry(job.job_id, "operator")
    assert measure_open_jobs(database).oldest_age < timedelta(minutes=1)


def test_the_measure_reads_open_jobs_alone(database: Database, sql: Connection) -> None:
    stored_job(database)
    sql.execute(text("SET enable_seqscan = off"))
    question = f"""
        EXPLAIN SELECT min({OPEN_SINCE}) FROM jobs
        WHERE processing_status IN ('received', 'queued', 'processing')
    """
    plan = "\n".join(sql.execute(text(question)).scalars())
    assert "jobs_open" in plan
