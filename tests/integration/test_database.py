"""A dead connection costs one retry; errors say who can help and hold no values."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection, text

from shared.domain.errors import DatabaseRefused, DatabaseUnavailable
from shared.postgres.database import Database, open_database
from shared.settings import DatabaseSettings
from tests.factories import stored_job
from tests.tcp_proxy import TcpProxy, tcp_proxy


@pytest.fixture
def proxy(database_settings: DatabaseSettings) -> Iterator[TcpProxy]:
    with tcp_proxy(database_settings.database_port) as proxy:
        yield proxy


@pytest.fixture
def through_proxy(database_settings: DatabaseSettings, proxy: TcpProxy) -> Iterator[Database]:
    settings = database_settings.model_copy(
        update={
            "database_port": proxy.port,
            "database_connect_timeout_seconds": timedelta(seconds=1),
        }
    )
    database = open_database(settings)
    yield database
    database.dispose()


def _one(connection: Connection) -> int:
    return int(connection.execute(text("SELECT 1")).scalar_one())


def test_a_connection_that_the_server_ended_is_replaced(
    database: Database, sql: Connection
) -> None:
    database.ping()
    sql.execute(
        text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
    )
    assert database.transact(_one) == 1


def test_a_connection_that_broke_off_is_replaced(through_proxy: Database, proxy: TcpProxy) -> None:
    through_proxy.ping()
    proxy.reset()
    assert through_proxy.transact(_one) == 1
    assert proxy.connections == 2


def test_a_unit_of_work_whose_connection_dies_is_done_once_more(
    through_proxy: Database, proxy: TcpProxy
) -> None:
    tries: list[int] = []

    def work(connection: Connection) -> int:
        tries.append(1)
        if len(tries) == 1:
            proxy.reset()
        return _one(connection)

    assert through_proxy.transact(work) == 1
    assert len(tries) == 2


def test_a_silent_network_is_unavailable_after_two_tries(
    through_proxy: Database, proxy: TcpProxy
) -> None:
    through_proxy.ping()
    proxy.fall_silent()
    with pytest.raises(DatabaseUnavailable):
        through_proxy.ping()


def test_a_refused_connection_is_unavailable(database_settings: DatabaseSettings) -> None:
    nobody = open_database(database_settings.model_copy(update={"database_port": 1}))
    with pytest.raises(DatabaseUnavailable):
        nobody.ping()


def test_a_statement_that_takes_too_long_is_unavailable(
    database_settings: DatabaseSettings,
) -> None:
    hasty = database_settings.model_copy(
        update={"database_statement_timeout_seconds": timedelta(milliseconds=50)}
    )
    database = open_database(hasty)
    with pytest.raises(DatabaseUnavailable):
        database.transact(lambda connection: connection.execute(text("SELECT pg_sleep(2)")))
    database.dispose()


def test_a_connection_that_somebody_else_holds_too_long_is_unavailable(
    database_settings: DatabaseSettings,
) -> None:
    hasty = database_settings.model_copy(
        update={"database_connect_timeout_seconds": timedelta(milliseconds=300)}
    )
    database = open_database(hasty)
    with database._engine.connect(), pytest.raises(DatabaseUnavailable):  # noqa: SLF001
        database.ping()
    database.dispose()


def test_a_refused_statement_names_the_constraint_and_no_values(database: Database) -> None:
    """Defect 33: the error on show held the statement and its parameters."""
    job = stored_job(database, subject="canary-7731")
    broken = text("UPDATE jobs SET processing_status = 'failed' WHERE id = :id")
    with pytest.raises(DatabaseRefused) as refusal:
        database.transact(lambda connection: connection.execute(broken, {"id": job.job_id}))
    assert "jobs_" in str(refusal.value)
    assert "23514" in str(refusal.value)
    assert refusal.value.__cause__ is None


def test_an_error_in_the_unit_of_work_leaves_nothing_behind(
    database: Database, sql: Connection
) -> None:
    def work(connection: Connection) -> None:
        connection.execute(text("DELETE FROM replies WHERE false"))
        connection.execute(text("UPDATE jobs SET correlation_id = 'changed'"))
        raise KeyError

    stored_job(database)
    with pytest.raises(KeyError):
        database.transact(work)
    assert sql.execute(text("SELECT correlation_id FROM jobs")).scalar_one() == "correlation"


@pytest.mark.parametrize(("pool", "left_open"), [("one", 1), ("none", 0)])
def test_a_connection_stays_open_only_where_the_database_never_pauses(
    database_settings: DatabaseSettings, sql: Connection, pool: str, left_open: int
) -> None:
    database = open_database(database_settings.model_copy(update={"database_pool": pool}))
    for _ in range(2):
        assert database.transact(_one) == 1
    connected = text(
        "SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        " AND datname = current_database()"
    )
    # The server notices a moment later that its client has gone.
    for _ in range(50):
        if sql.execute(connected).scalar_one() == left_open:
            break
        time.sleep(0.1)
    assert sql.execute(connected).scalar_one() == left_open
    database.dispose()


def _waking(settings: DatabaseSettings, port: int, patience: timedelta) -> Database:
    update = {
        "database_port": port,
        "database_pool": "none",
        "database_connect_timeout_seconds": patience,
    }
    return open_database(settings.model_copy(update=update))


def test_a_database_that_has_to_wake_is_waited_for(database_settings: DatabaseSettings) -> None:
    with tcp_proxy(database_settings.database_port, pause_seconds=1) as waking:
        _waking(database_settings, waking.port, timedelta(seconds=5)).ping()
        assert waking.connections == 1


def test_whoever_can_not_wait_for_a_database_to_wake_is_told_at_once(
    database_settings: DatabaseSettings,
) -> None:
    with tcp_proxy(database_settings.database_port, pause_seconds=3) as waking:
        hasty = _waking(database_settings, waking.port, timedelta(seconds=0.4))
        with pytest.raises(DatabaseUnavailable):
            hasty.ping()


def test_an_idle_transaction_is_ended_by_the_server(database_settings: DatabaseSettings) -> None:
    database = open_database(database_settings)
    shown = database.transact(
        lambda c: c.execute(text("SHOW idle_in_transaction_session_timeout")).scalar_one()
    )
    assert shown == "8s"
    database.dispose()
