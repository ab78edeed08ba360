"""The eraser's handler: a plan first, then the erasure and its certificate."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar

import pytest
from sqlalchemy import Connection, text

from functions.eraser.composition import compose
from functions.eraser.settings import EraserSettings
from shared.domain.errors import DatabaseUnavailable
from shared.domain.job import AttemptOutcome
from shared.postgres.database import Database
from shared.postgres.dead_letters import DeadLetters, FailedJob, Notification
from shared.postgres.finishing import Finishing
from shared.settings import DatabaseSettings
from tests.factories import LEASE, a_claim, a_decision, claimed_job, stored_inquiry, stored_job
from tests.functions.queues import Context, LogOf

T = TypeVar("T")
DAY = 24 * 60 * 60
REQUEST = {
    "reference": "DSGVO-2026-17",
    "requested_by": "arn:aws:iam::123456789012:user/operator",
    "client_name": "Petra Wendland",
}
Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def settings(database_settings: DatabaseSettings) -> EraserSettings:
    fields: dict[str, Any] = database_settings.model_dump()
    return EraserSettings(
        **fields,
        stage="local",
        log_level="INFO",
        backup_retention_seconds=14 * DAY,
        log_retention_seconds=30 * DAY,
    )


@pytest.fixture
def ask(settings: EraserSettings, database: Database) -> Ask:
    """Invokes the handler; fields that are None are left out."""

    def ask(call: str = "call-1", **changes: Any) -> dict[str, Any]:
        request = {name: value for name, value in (REQUEST | changes).items() if value is not None}
        context = Context(aws_request_id=call)
        return compose(settings, database)(request, context)  # type: ignore[arg-type]

    return ask


@pytest.fixture
def matched_job(database: Database) -> int:
    inquiry = stored_inquiry(database, id="inq-1", zendesk_ticket_id="90001")
    job = claimed_job(database, body_text="Frau Petra Wendland, 120,00 EUR")
    Finishing(database).complete(
        job,
        decision=a_decision(inquiry.id),
        extracted_data={"debt_amount": "120.00"},
        claim=a_claim(inquiry.id, Decimal("120.00")),
    )
    return job.job_id


def test_without_a_plan_nothing_is_erased_and_all_that_would_be_is_listed(
    ask: Ask, matched_job: int, database: Database, sql: Connection
) -> None:
    another = stored_job(database, body_text="Petra Wendland").job_id
    plan = ask()
    assert plan["status"] == "planned"
    assert [(each["id"], each["client_name"]) for each in plan["inquiries"]] == [
        ("inq-1", "Petra Wendland")
    ]
    assert [(job["id"], job["because"]) for job in plan["jobs"]] == [(matched_job, "matched")]
    assert plan["mentioned_too"] == {"job_ids": [another], "quarantined_ids": []}
    assert "body_text" in plan["fields"]["replies"]
    assert sql.scalar(text("SELECT count(*) FROM jobs WHERE content_erased_at IS NULL")) == 2


def test_with_its_plan_it_is_done_and_certified(
    ask: Ask, matched_job: int, sql: Connection
) -> None:
    answer = ask(plan=ask()["plan"])
    assert answer["status"] == "erased"
    certificate = answer["certificate"]
    assert certificate["reference"] == "DSGVO-2026-17"
    assert (certificate["inquiries"], certificate["jobs"]) == (["inq-1"], [matched_job])
    rows = {each["table"]: each["rows"] for each in certificate["erased"]}
    assert rows == {"replies": 1, "jobs": 1, "creditor_inquiries": 1}
    remains = {each["what"]: each["rows"] for each in certificate["remains"]}
    assert remains["claims, claim_revisions"] == remains["attempts"] == 1
    stored = sql.execute(text("SELECT certificate, invocation FROM erasures")).one()
    assert (json.loads(stored.certificate), stored.invocation) == (certificate, "call-1")
    assert (
        sql.scalar(text("SELECT encode(certificate_sha256, 'hex') FROM erasures"))
        == (answer["sha256"])
    )


def test_every_field_that_a_certificate_names_is_empty(
    ask: Ask, matched_job: int, sql: Connection
) -> None:
    """And none that the row still holds is passed over: these columns are all there are."""
    fields = ask()["fields"]
    ask(plan=ask()["plan"])
    kept = {
        "replies": {"job_id", "ticket_id", "comment_id", "webhook_id"},
        "creditor_inquiries": {"id", "creditor_name", "letter_type", "sent_at"},
    }
    for table, columns in kept.items():
        row = sql.execute(text(f"SELECT * FROM {table}")).mappings().one()
        stamps = {name for name in row if name.endswith("_at")}
        assert set(row) == columns | stamps | set(fields[table])
        assert all(row[name] in (None, [], {}, "(erased)") for name in fields[table])


def test_a_certificate_says_what_is_left_elsewhere_and_until_when(
    ask: Ask, database: Database
) -> None:
    stored_inquiry(database, id="inq-1", zendesk_ticket_id="90001")
    job = claimed_job(database, ticket_id="90001")
    Finishing(database).fail(job, outcome=AttemptOutcome.PERMANENT_ERROR, error="No.")
    told = DeadLetters(database).take(job.job_id, 1, lease=LEASE)
    assert isinstance(told, FailedJob)
    DeadLetters(database).settle(told, Notification.SENT)
    answer = ask(plan=ask()["plan"])
    backups, logs, zendesk, mailbox = answer["certificate"]["elsewhere"]
    assert answer["certificate"]["erased_at"] < backups["until"] < logs["until"]
    assert zendesk["tickets"] == ["90001"]
    assert mailbox["jobs"] == [job.job_id]


def test_the_certificate_reads_as_a_letter_and_names_nobody(ask: Ask, matched_job: int) -> None:
    answer = ask(plan=ask()["plan"])
    words = answer["words"]
    assert words.startswith("Löschbescheinigung zum Vorgang DSGVO-2026-17\n")
    assert f"SHA-256 dieser Bescheinigung: {answer['sha256']}" in words
    assert "- claims, claim_revisions: 1 Zeile. Beträge, Währung" in words
    assert f"Mails (Jobs): {matched_job}\n" in words
    assert "wendland" not in (answer["certificate_text"] + words).lower()


def test_a_plan_that_has_changed_must_be_looked_at_again(
    ask: Ask, matched_job: int, database: Database, sql: Connection
) -> None:
    plan = ask()["plan"]
    stored_job(database, ticket_id="90001")
    answer = ask(plan=plan)
    assert (answer["status"], answer["error"]) == ("refused", "erasure_refused")
    assert "has changed" in answer["detail"]
    assert sql.scalar(text("SELECT count(*) FROM jobs WHERE content_erased_at IS NULL")) == 2


def test_asked_again_there_is_nothing_left_and_the_certificate_comes_again(
    ask: Ask, matched_job: int
) -> None:
    plan = ask()["plan"]
    first = ask(plan=plan)
    again = ask("call-2", plan=plan)
    assert again["status"] == "nothing_to_erase"
    assert again["earlier"] == [{name: first[name] for name in first if name != "status"}]
    assert ask("call-3")["status"] == "nothing_to_erase"
    assert ask("call-4", reference="another")["earlier"] == []


def test_asked_again_while_a_mention_remains_the_certificate_comes_with_the_plan(
    ask: Ask, matched_job: int, database: Database
) -> None:
    another = stored_job(database, body_text="Petra Wendland").job_id
    assert ask()["earlier"] == []
    first = ask(plan=ask()["plan"])
    again = ask("call-2")
    assert (again["status"], again["jobs"], again["inquiries"]) == ("planned", [], [])
    assert again["mentioned_too"]["job_ids"] == [another]
    assert again["earlier"] == [{name: first[name] for name in first if name != "status"}]


@pytest.mark.parametrize("reference", ["Wendland 17", "akte-WENDLAND/26"])
@pytest.mark.parametrize("by", [{}, {"client_name": None, "inquiry_ids": ["inq-1"]}])
def test_a_reference_that_names_the_client_is_refused(
    ask: Ask, matched_job: int, reference: str, by: dict[str, Any]
) -> None:
    assert "must not hold the client's name" in ask(reference=reference, **by)["detail"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"client_name": None}, "Name a client_name, inquiry_ids, job_ids or quarantined_ids."),
        ({"reference": None}, "reference is missing or malformed."),
        ({"reference": " "}, "reference is missing or malformed."),
        ({"requested_by": None}, "requested_by is missing or malformed."),
        ({"job_ids": ["Kanarienvogel"]}, "job_ids is missing or malformed."),
        ({"job_ids": [0]}, "job_ids is missing or malformed."),
        ({"plan": "Kanarienvogel"}, "plan is missing or malformed."),
        ({"Kanarienvogel": 1}, "There are 1 fields that are not known."),
        ({"client_name": "Kanarienvogel"}, "first and last name"),
    ],
)
def test_a_request_that_cannot_be_meant_is_refused_in_words(
    ask: Ask, changes: dict[str, Any], words: str
) -> None:
    answer = ask(**changes)
    assert answer["status"] == "refused"
    assert words in answer["detail"]
    assert "Kanarienvogel" not in json.dumps(answer)


def test_a_database_that_is_away_is_a_refusal(
    settings: EraserSettings, open_away: Database
) -> None:
    answer = compose(settings, open_away)(REQUEST, Context())  # type: ignore[arg-type]
    assert (answer["status"], answer["error"]) == ("refused", "database_unavailable")


class ImpatientDatabase(Database):
    """Selects, and brings certificates; the search that comes then takes too long."""

    def __init__(self, database: Database) -> None:
        super().__init__(database._engine)  # noqa: SLF001
        self._patience = 2

    def transact(self, work: Callable[[Connection], T]) -> T:
        if not self._patience:
            raise DatabaseUnavailable
        self._patience -= 1
        return super().transact(work)


@pytest.mark.usefixtures("matched_job")
def test_a_search_that_takes_too_long_does_not_stop_the_plan(
    settings: EraserSettings, database: Database
) -> None:
    answer = compose(settings, ImpatientDatabase(database))(REQUEST, Context())  # type: ignore[arg-type]
    assert (answer["status"], answer["mentioned_too"]) == ("planned", None)


def test_no_log_names_the_client(ask: Ask, matched_job: int, log_of: LogOf) -> None:
    log = log_of("eraser")
    ask(plan=ask()["plan"])
    ask(client_name="Wendland")
    assert '"message":"client.erased"' in log.getvalue()
    assert '"message":"erasure.refused"' in log.getvalue()
    assert "wendland" not in log.getvalue().lower()
    assert "120,00" not in log.getvalue()
