"""A delivery is stored once, then sent; whatever fails, no mail is lost or done twice."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, cast

import boto3
import pytest
from sqlalchemy import Connection, text

from functions.api.composition import compose_handler, compose_parts
from functions.api.parts import Parts
from functions.api.settings import ApiSettings
from tests.functions.api.calls import Api
from tests.functions.api.surroundings import Aws, Clock, event_loop

MAIL: dict[str, Any] = {
    "ticket_id": 35436,
    "from_email": "a@inkasso.example",
    "subject": "Re: RB-26-0101",
    "comment_id": "7",
}


def row(sql: Connection, job_id: int) -> dict[str, Any]:
    found = sql.execute(text("SELECT * FROM jobs WHERE id = :id"), {"id": job_id})
    return dict(found.mappings().one())


def test_an_accepted_mail_is_stored_sent_and_marked(api: Api, aws: Aws, sql: Connection) -> None:
    answer = api.deliver(MAIL)
    assert answer.status == 200
    job_id = answer.json["email_id"]
    assert answer.json == {
        "status": "accepted",
        "message": "The mail is stored and will be processed.",
        "email_id": job_id,
    }
    assert aws.messages() == [{"job_id": job_id, "run": 1}]
    job = row(sql, job_id)
    assert (job["processing_status"], job["correlation_id"]) == ("queued", "gateway-request")
    assert job["sent_at"] is not None


def test_a_duplicate_is_answered_with_the_first_job_and_not_sent_again(api: Api, aws: Aws) -> None:
    """Defect 10: the second delivery raced the first to a 500, or became a second job."""
    first = api.deliver(MAIL)
    second = api.deliver(MAIL | {"to_addresses": ["b@kanzlei.example"]})
    assert (second.status, second.json["status"]) == (200, "duplicate")
    assert second.json["email_id"] == first.json["email_id"]
    assert len(aws.messages()) == 1


def test_two_comments_on_one_ticket_are_two_jobs(api: Api) -> None:
    ids = {api.deliver(MAIL | {"comment_id": number}).json["email_id"] for number in (7, 8)}
    assert len(ids) == 2


def test_a_mistyped_placeholder_does_not_make_later_comments_duplicates(api: Api) -> None:
    """An unknown placeholder renders as nothing, the same nothing for every comment."""
    answers = [api.deliver(MAIL | {"comment_id": "", "body_text": text}) for text in ("a", "b")]
    assert [answer.json["status"] for answer in answers] == ["accepted", "accepted"]


def test_one_delivery_to_two_containers_at_once_is_one_job(
    settings: ApiSettings, clock: Clock, sql: Connection
) -> None:
    """Defect 10: looking first and inserting then let both pass."""
    containers = [compose_parts(settings, clock=clock) for _ in range(2)]
    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(_deliver_in_a_thread, containers))
    for parts in containers:
        parts.database.dispose()
    assert sorted(answer["status"] for answer in answers) == ["accepted", "duplicate"]
    assert sql.scalar(text("SELECT count(*) FROM jobs")) == 1


def _deliver_in_a_thread(parts: Parts) -> dict[str, Any]:
    with event_loop():
        answer: dict[str, Any] = Api(compose_handler(parts)).deliver(MAIL).json
        return answer


def test_a_queue_that_refuses_loses_nothing(api: Api, aws: Aws, sql: Connection) -> None:
    """Defect 9: the sender got a 500 for a mail that was stored, and nothing ever sent it."""
    aws.refuse_messages()
    answer = api.deliver(MAIL)
    assert (answer.status, answer.json["status"]) == (200, "accepted")
    job = row(sql, answer.json["email_id"])
    assert (job["processing_status"], job["sent_at"]) == ("received", None)


def test_a_duplicate_of_a_job_that_was_never_sent_sends_it(
    api: Api, aws: Aws, sql: Connection
) -> None:
    """Defect 9: the second delivery was called a duplicate, and the job stood still for ever."""
    aws.refuse_messages()
    job_id = api.deliver(MAIL).json["email_id"]
    boto3.client("sqs").create_queue(QueueName="jobs")
    answer = api.deliver(MAIL)
    assert (answer.json["status"], answer.json["email_id"]) == ("duplicate", job_id)
    assert aws.messages() == [{"job_id": job_id, "run": 1}]
    assert row(sql, job_id)["processing_status"] == "queued"


@pytest.fixture
def locked(sql: Connection) -> Iterator[Callable[[str], None]]:
    """Locks a table against everybody else, until the test ends."""
    sql.execute(text("BEGIN"))
    yield lambda table: sql.execute(text(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")).close()
    sql.execute(text("ROLLBACK"))


def test_a_mail_that_cannot_be_stored_is_asked_for_again(
    api: Api, aws: Aws, locked: Callable[[str], None]
) -> None:
    locked("jobs")
    answer = api.deliver(MAIL)
    assert (answer.status, answer.json["error"]) == (503, "database_unavailable")
    assert answer.headers["retry-after"] == "20"
    assert aws.messages() == []


@pytest.mark.parametrize("body", [b"not json", b"{}"])
def test_an_unreadable_delivery_that_cannot_be_kept_is_asked_for_again(
    api: Api, locked: Callable[[str], None], body: bytes
) -> None:
    locked("quarantined_deliveries")
    answer = api.deliver(body)
    assert (answer.status, answer.headers["retry-after"]) == (503, "20")


def test_what_the_database_refuses_for_good_is_kept_in_quarantine(
    api: Api, sql: Connection
) -> None:
    """Sent again it would be refused again, until the sender gives up."""
    sql.execute(text("ALTER TABLE replies ADD CHECK (subject <> 'Re: RB-26-0101')"))
    answer = api.deliver(MAIL)
    assert (answer.status, answer.json["status"]) == (200, "quarantined")
    (kept,) = api.get("/api/v1/webhook/quarantine").json["deliveries"]
    assert kept["cause"] == "not_storable"
    assert sql.scalar(text("SELECT count(*) FROM jobs")) == 0


def test_an_error_that_nobody_expected_is_worth_another_delivery(
    parts: Parts, log: io.StringIO
) -> None:
    """A 500 would lose the mail: Zendesk tries again only what says so."""

    class BrokenQueue:
        def send(self, _message: object) -> None:
            raise ZeroDivisionError("canary")

    api = Api(compose_handler(replace(parts, queue=cast("Any", BrokenQueue()))))
    answer = api.deliver(MAIL)
    assert (answer.status, answer.json["error"]) == (503, "temporarily_unavailable")
    assert answer.headers["retry-after"] == "20"
    assert "ZeroDivisionError" in log.getvalue()
    assert "canary" not in log.getvalue()
    assert api.deliver(MAIL).status == 503


def test_assumptions_about_a_mail_are_noted_on_its_job(api: Api, clock: Clock) -> None:
    """Defect 28: a time in the future pinned a mail to the top of the list."""
    mail = MAIL | {"received_at": "01.01.2099", "attachments": "keine", "subject": "a\x00b"}
    job = api.get(f"/api/v1/jobs/{api.deliver(mail).json['email_id']}").json
    assert job["received_at"] == clock.now.isoformat().replace("+00:00", "Z")
    assert job["subject"] == "a\ufffdb"
    assert sorted(job["intake_notes"]) == [
        "attachments_dropped",
        "characters_replaced",
        "received_at_in_future",
    ]


def test_a_german_time_is_read_day_first(api: Api) -> None:
    """Defect 28: 04.02.2026 became 2 April."""
    answer = api.deliver(MAIL | {"received_at": "04.02.2026 10:00"})
    job = api.get(f"/api/v1/jobs/{answer.json['email_id']}").json
    assert (job["received_at"], job["intake_notes"]) == ("2026-02-04T09:00:00Z", [])


def test_the_log_tells_what_became_of_each_delivery(api: Api, log: io.StringIO) -> None:
    for body in (MAIL, MAIL, {"type": "zen:event-type:ticket.created"}, {}):
        api.deliver(body)
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [line["message"] for line in lines] == [
        "webhook.accepted",
        "webhook.duplicate",
        "webhook.ignored",
        "webhook.quarantined",
    ]
    assert {line["correlation_id"] for line in lines} == {"gateway-request"}
    assert lines[3]["cause"] == "ticket_id_missing"


def test_a_duplicate_is_told_under_the_correlation_id_of_the_first_delivery(
    api: Api, aws: Aws, sql: Connection, log: io.StringIO
) -> None:
    aws.refuse_messages()
    api.deliver(MAIL)
    sql.execute(text("UPDATE jobs SET correlation_id = 'the-first'"))
    queue = boto3.client("sqs").create_queue(QueueName="jobs")["QueueUrl"]
    api.deliver(MAIL)
    line = json.loads(log.getvalue().splitlines()[-1])
    assert (line["message"], line["correlation_id"]) == ("webhook.duplicate", "the-first")
    assert line["request_id"] == "gateway-request"
    [message] = boto3.client("sqs").receive_message(QueueUrl=queue, MessageAttributeNames=["All"])[
        "Messages"
    ]
    assert message["MessageAttributes"]["correlation_id"]["StringValue"] == "the-first"


def test_a_mail_leaves_no_trace_outside_of_the_tables(
    api: Api,
    aws: Aws,
    log: io.StringIO,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Defect 39: sender and subject stood in every line of the log."""
    canary = "Kanarienvogel"
    caplog.set_level("DEBUG")
    names = ["from_email", "from_name", "subject", "body_text", "body_html", "comment_id"]
    mail = {"ticket_id": canary} | dict.fromkeys(names, canary)
    bodies: list[Any] = [
        mail,
        mail,
        {"subject": canary},
        canary.encode(),
        mail | {"headers": canary},
    ]
    answers = [api.deliver(body).json for body in bodies]
    api.call("POST", "/api/v1/zendesk/webhook", body=canary.encode())
    api.get("/api/v1/webhook/quarantine")
    said = [log.getvalue(), caplog.text, *capfd.readouterr(), str(answers), str(aws.messages())]
    assert canary not in "".join(said)
    assert "webhook.accepted" in said[0]
    assert "WebhookAccepted" in said[2]
