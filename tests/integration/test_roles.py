"""Each function's role may do what its function does, and nothing more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from functions.migrator.grant_roles import RIGHTS, grant_roles
from shared.postgres.client_erasure import ClientErasure
from shared.postgres.client_selection import ClientWish
from shared.postgres.database import Database, open_database
from shared.postgres.expired_content import ExpiredContent, Expiry
from shared.postgres.finishing import Finishing
from shared.postgres.job_reads import JobReads
from shared.postgres.quarantine import Quarantine, QuarantineKind
from shared.settings import DatabaseSettings
from tests.factories import a_decision, claimed_job, stored_inquiry, stored_job

FORBIDDEN = [
    ("creditor_mail_api", "DELETE FROM jobs"),
    ("creditor_mail_api", "SELECT body_text FROM replies"),
    ("creditor_mail_api", "SELECT headers FROM replies"),
    ("creditor_mail_worker", "INSERT INTO creditor_inquiries DEFAULT VALUES"),
    ("creditor_mail_notifier", "SELECT * FROM claims"),
    ("creditor_mail_notifier", "SELECT body_html FROM replies"),
    ("creditor_mail_reconciler", "SELECT from_email FROM replies"),
    ("creditor_mail_reconciler", "SELECT body_text FROM replies"),
    ("creditor_mail_reconciler", "UPDATE replies SET subject = NULL"),
    ("creditor_mail_reconciler", "SELECT raw_body FROM quarantined_deliveries"),
    ("creditor_mail_api", "UPDATE replies SET body_text = NULL"),
    ("creditor_mail_worker", "UPDATE replies SET body_text = NULL"),
    ("creditor_mail_notifier", "UPDATE replies SET body_text = NULL"),
    ("creditor_mail_api", "SELECT * FROM erasures"),
    ("creditor_mail_eraser", "UPDATE erasures SET reference = 'x'"),
    ("creditor_mail_eraser", "DELETE FROM erasures"),
    ("creditor_mail_eraser", "DELETE FROM replies"),
    ("creditor_mail_eraser", "UPDATE replies SET ticket_id = 'x'"),
    ("creditor_mail_eraser", "UPDATE claim_revisions SET amount = 0"),
    ("creditor_mail_eraser", "INSERT INTO creditor_inquiries DEFAULT VALUES"),
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


@pytest.fixture
def signed_in_as(
    database_settings: DatabaseSettings, granted: Connection
) -> Iterator[Callable[[str], Database]]:
    """Opens the database as one function does on AWS."""
    del granted
    opened: list[Database] = []

    def signed_in_as(role: str) -> Database:
        settings = database_settings.model_copy(update={"database_user": role})
        opened.append(open_database(settings))
        return opened[-1]

    yield signed_in_as
    for database in opened:
        database.dispose()


def _a_client(database: Database) -> None:
    inquiry = stored_inquiry(database)
    Finishing(database).complete(
        claimed_job(database), decision=a_decision(inquiry.id), extracted_data={}, claim=None
    )
    Quarantine(database).keep(QuarantineKind.UNREADABLE, "x", b"x", "c")


def test_the_reconcilers_rights_do_to_erase_what_is_over_its_time(
    database: Database, signed_in_as: Callable[[str], Database]
) -> None:
    _a_client(database)
    expired = ExpiredContent(signed_in_as("creditor_mail_reconciler"))
    assert [expired.count(kind, age=timedelta()) for kind in Expiry] == [1, 1]
    assert [expired.erase(kind, age=timedelta(), limit=9) for kind in Expiry] == [1, 1]


def test_the_erasers_rights_do_to_erase_a_client(
    database: Database, signed_in_as: Callable[[str], Database]
) -> None:
    _a_client(database)
    erasure = ClientErasure(signed_in_as("creditor_mail_eraser"))
    wish = ClientWish(client_name="Petra Wendland", job_ids=(1,), quarantined_ids=(1,))
    selection = erasure.select(wish)
    assert (len(selection.inquiries), selection.job_ids) == (1, [1, 2])
    assert erasure.mentions(("Petra Wendland",), selection).job_ids == ()
    assert erasure.erase(
        wish,
        reference="1",
        invocation="1",
        require_as_planned=lambda _selection: None,
        certify=lambda _erased: "{}",
    )
    assert erasure.certificates("1") == ("{}",)


def test_the_workers_rights_do_to_see_that_a_candidate_was_erased(
    database: Database, signed_in_as: Callable[[str], Database]
) -> None:
    inquiry = stored_inquiry(database)
    finishing = Finishing(signed_in_as("creditor_mail_worker"))
    decision = a_decision(inquiry.id)
    assert finishing.complete(
        claimed_job(database), decision=decision, extracted_data={}, claim=None
    )


def test_the_apis_rights_do_to_show_a_job(
    database: Database, signed_in_as: Callable[[str], Database]
) -> None:
    job = claimed_job(database)
    assert JobReads(signed_in_as("creditor_mail_api")).get_job(job.job_id).id == job.job_id
