"""The schema goes up, down and up again, and is what the code believes it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from functions.migrator.migrate_schema import migrate_schema, migration_config
from infra.local.postgres import RunningPostgres
from shared.postgres.open_jobs import OPEN_SINCE
from shared.postgres.tables import metadata


@pytest.fixture
def blank(postgres: RunningPostgres, administration: Connection) -> Iterator[Engine]:
    administration.execute(text("CREATE DATABASE blank TEMPLATE template0"))
    engine = create_engine(f"postgresql+pg8000://postgres@{postgres.host}:{postgres.port}/blank")
    yield engine
    engine.dispose()
    administration.execute(text("DROP DATABASE blank WITH (FORCE)"))


def test_migrating_a_blank_database_makes_every_table(blank: Engine) -> None:
    """Defect 7: no migration made the first table, so a fresh database could not be built."""
    with blank.begin() as connection:
        migrate_schema(connection)
    assert set(metadata.tables) <= set(inspect(blank).get_table_names())


def test_the_schema_can_go_up_down_and_up(blank: Engine) -> None:
    with blank.begin() as connection:
        revision = migrate_schema(connection)
        command.downgrade(migration_config(connection), "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
        assert migrate_schema(connection) == revision


OLD_JOB = """
    INSERT INTO jobs (dedup_key, received_at, correlation_id, processing_status, completed_at,
        processing_error) VALUES ('old', now(), 'c', 'failed', now(), 'No.');
    INSERT INTO replies (job_id, ticket_id, from_email, attachments, to_addresses, cc_addresses,
        headers, bodies_erased_at) VALUES (1, '1', 'a@b.example', '[{"url": "u"}]', '{}', '{}',
        '{"a": "b"}', 'epoch');
"""


def test_what_was_erased_by_hand_before_is_known_as_erased(blank: Engine) -> None:
    with blank.begin() as connection:
        command.upgrade(migration_config(connection), "0002")
        connection.exec_driver_sql(OLD_JOB)
        migrate_schema(connection)
        row = connection.execute(
            text("SELECT content_erased_at = 'epoch', attachments, headers FROM jobs, replies")
        )
        assert tuple(row.one()) == (True, [], {})


def test_what_is_erased_stays_so_when_the_schema_goes_down_and_up(blank: Engine) -> None:
    with blank.begin() as connection:
        migrate_schema(connection)
        empty = OLD_JOB.replace('[{"url": "u"}]', "[]").replace('{"a": "b"}', "{}")
        connection.exec_driver_sql(empty)
        command.downgrade(migration_config(connection), "0002")
        migrate_schema(connection)
        erased = text("SELECT content_erased_at = 'epoch' FROM jobs")
        assert connection.execute(erased).scalar_one() is True


CERTIFIED = """
    INSERT INTO erasures (reference, invocation, certificate, certificate_sha256)
    VALUES ('2026-1', 'call', '{}', sha256('{}'));
"""


@pytest.mark.parametrize("target", ["0003", "base"])
def test_the_schema_does_not_go_down_over_a_certificate(blank: Engine, target: str) -> None:
    """It would be lost, and an import would store the erased client anew."""
    with blank.begin() as connection:
        revision = migrate_schema(connection)
        connection.exec_driver_sql(CERTIFIED)
    with (
        pytest.raises(DBAPIError, match="certificates of erasures"),
        blank.begin() as connection,
    ):
        command.downgrade(migration_config(connection), target)
    with blank.begin() as connection:
        assert migrate_schema(connection) == revision
        assert connection.scalar(text("SELECT count(*) FROM erasures")) == 1
        assert inspect(connection).has_table("jobs")


def test_migrating_a_second_time_changes_nothing(blank: Engine) -> None:
    with blank.begin() as connection:
        assert migrate_schema(connection) == migrate_schema(connection)


def test_a_revision_newer_than_this_release_is_a_success(blank: Engine) -> None:
    with blank.begin() as connection:
        migrate_schema(connection)
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        assert migrate_schema(connection) == "9999"


def test_the_tables_in_code_are_the_tables_in_the_database(sql: Connection) -> None:
    def same_kind(_object: object, name: str | None, kind: str, *_: object) -> bool:
        return kind in {"table", "column"} and name != "alembic_version"

    context = MigrationContext.configure(sql, opts={"include_object": same_kind})
    assert compare_metadata(context, metadata) == []


def test_a_job_of_the_release_before_is_open_since_it_came(blank: Engine) -> None:
    with blank.begin() as connection:
        migrate_schema(connection)
        command.downgrade(migration_config(connection), "0002")
        connection.execute(
            text("""
                INSERT INTO jobs (dedup_key, received_at, correlation_id, created_at)
                VALUES ('key', now(), 'correlation', now() - interval '2 hours')
            """)
        )
        migrate_schema(connection)
        age = connection.execute(text(f"SELECT now() - {OPEN_SINCE} FROM jobs")).scalar_one()
    assert age == timedelta(hours=2)
