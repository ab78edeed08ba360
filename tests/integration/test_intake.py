"""A reply is stored once, whoever delivers it how often."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sqlalchemy import Connection, text

from shared.postgres.database import Database
from shared.postgres.intake import Intake, StoredReply
from tests.factories import a_reply, claimed_job, stored_job
from tests.racing import race


def _deliver(database: Database, key: bytes = b"key") -> StoredReply:
    return Intake(database).store_reply(
        a_reply(), dedup_key=key, correlation_id="correlation", notes=()
    )


def test_a_second_delivery_names_the_first_ones_job(database: Database) -> None:
    first, second = _deliver(database), _deliver(database)
    assert (first.is_new, second.is_new) == (True, False)
    assert first.job_id == second.job_id


def test_two_deliveries_at_once_make_one_job(open_another: Callable[[], Database]) -> None:
    """Defect 10: deduplication was check-then-insert, and a race made an error 500."""
    stored = race(*[partial(_deliver, open_another()) for _ in range(4)])
    assert len({reply.job_id for reply in stored}) == 1
    assert [reply.is_new for reply in stored].count(True) == 1


def test_a_duplicate_during_the_first_ones_transaction_waits_for_it(
    open_another: Callable[[], Database], sql: Connection
) -> None:
    slow = open_another()

    def hold_open() -> int:
        with slow._engine.begin() as connection:  # noqa: SLF001  # The transaction is kept open.
            connection.execute(
                text(
                    "INSERT INTO jobs (dedup_key, received_at, correlation_id)"
                    " VALUES ('key', now(), 'first')"
                )
            )
            connection.execute(text("SELECT pg_sleep(0.5)"))
        return 0

    def deliver() -> int:
        while not sql.execute(
            text(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE query LIKE '%pg_sleep(0.5)%'"
                " AND pid <> pg_backend_pid()"
            )
        ).scalar_one():
            pass
        return int(_deliver(open_another()).is_new)

    assert race(hold_open, deliver) == [0, 0]


def test_a_duplicate_asks_to_be_sent_until_it_was_sent_once(database: Database) -> None:
    """Defect 9: a duplicate of a job that was never sent was answered and left lying."""
    job = _deliver(database)
    assert _deliver(database).unsent
    Intake(database).mark_queued(job.job_id, job.run)
    assert not _deliver(database).unsent


def test_marking_a_job_that_a_worker_already_has_changes_nothing(
    database: Database, sql: Connection
) -> None:
    job = claimed_job(database)
    Intake(database).mark_queued(job.job_id, job.run)
    row = sql.execute(text("SELECT processing_status FROM jobs")).one()
    assert row.processing_status == "processing"


def test_a_reply_comes_back_as_it_was_stored(database: Database, sql: Connection) -> None:
    stored_job(database, headers={"X-Mailer": "Brücke"}, to_addresses=('a"b,c', "d"))
    row = sql.execute(text("SELECT headers, to_addresses FROM replies")).one()
    assert (row.headers, row.to_addresses) == ({"X-Mailer": "Brücke"}, ['a"b,c', "d"])
