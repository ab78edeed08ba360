"""Each way of standing still is found, healed once, and not healed again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Connection, text

from shared.domain.job import AttemptOutcome
from shared.postgres.database import Database
from shared.postgres.dead_letters import DeadLetters, Notification
from shared.postgres.finishing import Finishing
from shared.postgres.retries import Retries
from shared.postgres.stuck_jobs import _CONDITIONS, Standstill, StuckJobs
from tests.factories import LEASE, claimed_job, queued_job, stored_job
from tests.racing import race

AGE = timedelta(minutes=2)
LONG_AGO = "now() - interval '1 hour'"


def _fail(database: Database) -> int:
    job = claimed_job(database)
    Finishing(database).fail(job, outcome=AttemptOutcome.PERMANENT_ERROR, error="No.")
    return job.job_id


def _arrange(kind: Standstill, database: Database, sql: Connection) -> None:
    """One job that stands still in this way."""
    if kind is Standstill.NEVER_SENT:
        stored_job(database)
    elif kind is Standstill.NEVER_TAKEN:
        queued_job(database)
    elif kind is Standstill.WORKER_DIED:
        claimed_job(database)
    else:
        _fail(database)
    _age_everything(sql)
    if kind is Standstill.NEVER_NOTIFIED:
        sql.execute(text(f"UPDATE jobs SET dead_letter_sent_at = {LONG_AGO}"))


def _age_everything(sql: Connection) -> None:
    for column in ("created_at", "sent_at", "lease_until", "completed_at"):
        sql.execute(text(f"UPDATE jobs SET {column} = {LONG_AGO} WHERE {column} IS NOT NULL"))


@pytest.mark.parametrize("kind", Standstill)
def test_a_standstill_is_found_under_its_name_alone(
    kind: Standstill, database: Database, sql: Connection
) -> None:
    """Defect 26: reconciliation never looked at received, queued or processing rows."""
    _arrange(kind, database, sql)
    stuck = StuckJobs(database)
    found = {other for other in Standstill if stuck.count(other, age=AGE)}
    assert found == {kind}


@pytest.mark.parametrize("kind", Standstill)
def test_a_stamped_job_is_not_found_a_second_time(
    kind: Standstill, database: Database, sql: Connection
) -> None:
    _arrange(kind, database, sql)
    stuck = StuckJobs(database)
    assert len(stuck.stamp(kind, age=AGE, limit=10).messages) == 1
    assert [stuck.stamp(o, age=AGE, limit=10).messages for o in Standstill] == [()] * 5


@pytest.mark.parametrize("kind", Standstill)
def test_a_job_whose_message_was_refused_is_found_again(
    kind: Standstill, database: Database, sql: Connection
) -> None:
    _arrange(kind, database, sql)
    stuck = StuckJobs(database)
    stuck.unstamp(kind, stuck.stamp(kind, age=AGE, limit=10))
    assert sum(stuck.count(other, age=AGE) for other in Standstill) == 1


@pytest.mark.parametrize("kind", Standstill)
def test_a_young_standstill_is_left_alone(
    kind: Standstill, database: Database, sql: Connection
) -> None:
    _arrange(kind, database, sql)
    assert StuckJobs(database).stamp(kind, age=timedelta(hours=2), limit=10).messages == ()


def test_two_reconcilers_at_once_share_the_work(
    open_another: Callable[[], Database], sql: Connection
) -> None:
    database = open_another()
    for _ in range(6):
        stored_job(database)
    _age_everything(sql)
    stamp = [
        partial(StuckJobs(open_another()).stamp, Standstill.NEVER_SENT, age=AGE, limit=10)
        for _ in range(2)
    ]
    first, second = (stamped.messages for stamped in race(*stamp))
    assert len(first) + len(second) == 6
    assert not set(first) & set(second)


def test_a_job_that_another_transaction_holds_is_left_out(
    database: Database, open_another: Callable[[], Database], sql: Connection
) -> None:
    job = stored_job(database)
    _age_everything(sql)
    with open_another()._engine.begin() as holder:  # noqa: SLF001  # A lock is held on purpose.
        holder.execute(text("SELECT 1 FROM jobs WHERE id = :id FOR UPDATE"), {"id": job.job_id})
        assert StuckJobs(database).stamp(Standstill.NEVER_SENT, age=AGE, limit=10).messages == ()


def test_a_job_that_waits_for_its_next_attempt_stands_not_still(
    database: Database, sql: Connection
) -> None:
    job = claimed_job(database)
    Finishing(database).put_off(job, delay=timedelta(minutes=5), error="Later.")
    sql.execute(text(f"UPDATE jobs SET created_at = {LONG_AGO}, sent_at = {LONG_AGO}"))
    assert [StuckJobs(database).count(kind, age=AGE) for kind in Standstill] == [0] * 5


def test_a_retried_job_whose_send_failed_is_found(database: Database, sql: Connection) -> None:
    Retries(database).retry(_fail(database), "operator")
    _age_everything(sql)
    assert StuckJobs(database).count(Standstill.NEVER_SENT, age=AGE) == 1


def test_a_told_failure_stands_not_still(database: Database, sql: Connection) -> None:
    answer = DeadLetters(database).take(_fail(database), 1, lease=LEASE)
    DeadLetters(database).settle(answer, Notification.SKIPPED)  # type: ignore[arg-type]
    _age_everything(sql)
    assert [StuckJobs(database).count(kind, age=AGE) for kind in Standstill] == [0] * 5


@pytest.mark.parametrize("kind", Standstill)
def test_looking_for_a_standstill_reads_an_index_and_not_the_table(
    kind: Standstill, database: Database, sql: Connection
) -> None:
    sql.execute(text("SET enable_seqscan = off"))
    condition = _CONDITIONS[kind].replace(":age", "interval '2 minutes'")
    plan = sql.execute(text(f"EXPLAIN SELECT id FROM jobs WHERE {condition}")).scalars().all()
    assert any("Index" in line for line in plan), plan
