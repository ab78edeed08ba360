"""Each function's role may do what its function does, and nothing more."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from functions.migrator.grant_roles import RIGHTS, grant_roles
from shared.postgres.database import Database
from tests.factories import stored_job

FORBIDDEN = [
    ("creditor_mail_api", "DELETE FROM jobs"),
    ("creditor_mail_api", "SELECT body_text FROM replies"),
    ("creditor_mail_api", "SELECT headers FROM replies"),
    ("creditor_mail_worker", "INSERT INTO creditor_inquiries DEFAULT VALUES"),
    ("creditor_mail_notifier", "SELECT * FROM claims"),
    ("creditor_mail_notifier", "SELECT body_html FROM replies"),
    ("creditor_mail_reconciler", "SELECT from_email FROM replies"),
]


@pytest.fixture
def granted(database: Database, sql: Connection) -> Connection:
    database.transact(grant_roles)
    stored_job(database)
    return sql


@pytest.mark.parametrize("role", RIGHTS)
def test_a_role_may_use_its_tables(role: str, granted: Connection) -> None:
    granted.execute(text(f"SET ROLE {role}"))
    for table in RIGHTS[role]:
        granted.execute(
            text(f"SELECT count({'job_id' if table == 'replies' else '*'}) FROM {table}")
        )


@pytest.mark.parametrize(("role", "statement"), FORBIDDEN)
def test_a_role_may_do_nothing_else(role: str, statement: str, granted: Connection) -> None:
    granted.execute(text(f"SET ROLE {role}"))
    with pytest.raises(DBAPIError, match="42501"):
        granted.execute(text(statement))


@pytest.mark.parametrize("role", RIGHTS)
def test_no_role_may_change_the_schema(role: str, granted: Connection) -> None:
    granted.execute(text(f"SET ROLE {role}"))
    with pytest.raises(DBAPIError, match="42501"):
        granted.execute(text("CREATE TABLE mine (id int)"))


def test_granting_again_takes_back_what_is_no_longer_granted(
    database: Database, granted: Connection
) -> None:
    granted.execute(text("GRANT DELETE ON jobs TO creditor_mail_api"))
    database.transact(grant_roles)
    granted.execute(text("SET ROLE creditor_mail_api"))
    with pytest.raises(DBAPIError, match="42501"):
        granted.execute(text("DELETE FROM jobs"))
