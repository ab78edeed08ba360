"""The real PostgreSQL for every test that asks for one: migrated once, cloned per test."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy import Connection, Engine, create_engine, text

from functions.migrator.migrate_schema import migrate_schema
from infra.local.postgres import RunningPostgres, running_postgres
from shared.postgres.database import Database, open_database
from shared.settings import DatabaseSettings

_numbers = count(1)

# No test is timed: the machines are shared.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


@pytest.fixture(scope="session")
def postgres() -> Iterator[RunningPostgres]:
    with (
        tempfile.TemporaryDirectory(prefix="matcher-tests-") as folder,
        running_postgres(Path(folder) / "postgres", durable=False) as server,
    ):
        yield server


def _engine(server: RunningPostgres, database: str) -> Engine:
    url = f"postgresql+pg8000://{server.user}@{server.host}:{server.port}/{database}"
    return create_engine(url, isolation_level="AUTOCOMMIT", pool_size=1, max_overflow=0)


@pytest.fixture(scope="session")
def administration(postgres: RunningPostgres) -> Iterator[Connection]:
    engine = _engine(postgres, "postgres")
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE migrated TEMPLATE template0 LOCALE 'C'"))
        template = create_engine(engine.url.set(database="migrated"))
        with template.begin() as blank:
            migrate_schema(blank)
        template.dispose()
        yield connection
    engine.dispose()


@pytest.fixture
def database_name(administration: Connection) -> Iterator[str]:
    name = f"test_{next(_numbers)}"
    administration.execute(text(f"CREATE DATABASE {name} TEMPLATE migrated"))
    yield name
    administration.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def database_settings(postgres: RunningPostgres, database_name: str) -> DatabaseSettings:
    return DatabaseSettings(
        database_host=postgres.host,
        database_port=postgres.port,
        database_name=database_name,
        database_user=postgres.user,
        database_tls="off",
        database_auth="trust",
        database_pool="one",
        database_connect_timeout_seconds=10,
        database_statement_timeout_seconds=8,
        database_lock_timeout_seconds=4,
    )


@pytest.fixture
def open_another(database_settings: DatabaseSettings) -> Iterator[Callable[[], Database]]:
    """Opens further databases, each with a connection of its own, as further containers have."""
    opened: list[Database] = []

    def another() -> Database:
        opened.append(open_database(database_settings))
        return opened[-1]

    yield another
    for database in opened:
        with suppress(Exception):
            database.dispose()


@pytest.fixture
def database(open_another: Callable[[], Database]) -> Database:
    return open_another()


@pytest.fixture
def open_away(database_settings: DatabaseSettings) -> Database:
    """A database that nobody answers for."""
    return open_database(database_settings.model_copy(update={"database_port": 1}))


@pytest.fixture
def sql(postgres: RunningPostgres, database_name: str) -> Iterator[Connection]:
    """A connection of the test's own, which commits each statement, to look and to arrange."""
    engine = _engine(postgres, database_name)
    with engine.connect() as connection:
        yield connection
    engine.dispose()
