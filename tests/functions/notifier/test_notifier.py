"""The notifier's handler: dead letters in; one e-mail per failed run out."""

from __future__ import annotations

import email
import json
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from functools import partial
from typing import Any

import boto3
import pytest
from moto.ses.models import ses_backends
from sqlalchemy import Connection, text

from functions.notifier.composition import compose
from functions.notifier.failure_notifier import FailureNotifier
from functions.notifier.notify_permanent_failure import (
    NotificationParts,
    notify_permanent_failure,
)
from functions.notifier.settings import NotifierSettings
from shared.batch import Done
from shared.domain.errors import DatabaseUnavailable
from shared.domain.job import AttemptOutcome
from shared.observability import Reporter, metrics, structured_logger
from shared.postgres.database import Database
from shared.postgres.dead_letters import DeadLetters, FailedJob, Notification
from shared.postgres.finishing import Finishing
from shared.postgres.leasing import ClaimedJob, Leasing
from shared.postgres.retries import Retries
from shared.settings import ObservabilitySettings
from tests.factories import LEASE, claimed_job
from tests.functions.queues import Context, LogOf, Queues
from tests.tcp_proxy import tcp_proxy

ADMIN = "leitung@kanzlei.example"
SENDER = "alarm@kanzlei.example"

Notify = Callable[..., dict[str, Any]]


@pytest.fixture
def notify(common_settings: dict[str, Any], database: Database, queues: Queues) -> Notify:
    """Runs the handler on what is in the dead-letter queue, with changed settings if any."""
    boto3.client("sesv2").create_email_identity(EmailIdentity=SENDER)
    del common_settings["jobs_queue_url"]
    settings = NotifierSettings(
        **common_settings,
        admin_email=ADMIN,
        sender_email=SENDER,
        zendesk_intake_addresses="support@kanzlei.example, post@kanzlei.example",
        public_base_url="https://jobs.kanzlei.example/live",
        ses_configuration_set="",
        notifying_lease_seconds=60,
        notification_budget_seconds=2,
        aws_call_timeout_seconds=1,
    )

    def notify(*, seconds_left: float = 60, **changes: object) -> dict[str, Any]:
        handler = compose(settings.model_copy(update=changes), database)
        return handler(queues.event(queues.dead_letters), Context(seconds_left))  # type: ignore[arg-type]

    return notify


class ForgettingToSettle(DeadLetters):
    """Loses the database when the first e-mail's note is due."""

    failures = 1

    def settle(self, job: FailedJob, notification: Notification) -> None:
        if self.failures:
            self.failures -= 1
            raise DatabaseUnavailable
        super().settle(job, notification)


def _mails() -> list[EmailMessage]:
    sent = ses_backends["123456789012"]["eu-central-1"].sent_messages
    return [email.message_from_string(mail.raw_data, policy=default) for mail in sent]


def _failed(database: Database, queues: Queues, **reply: Any) -> int:
    job = claimed_job(database, **reply)
    Finishing(database).fail(
        job, outcome=AttemptOutcome.PERMANENT_ERROR, error="The mail is encrypted."
    )
    queues.send(queues.dead_letters, job.job_id)
    return job.job_id


def _notification(sql: Connection) -> str | None:
    return sql.execute(text("SELECT notification FROM jobs")).scalar_one()  # type: ignore[no-any-return]


def test_a_failed_job_makes_one_email_that_says_what_and_where(
    notify: Notify, database: Database, queues: Queues, sql: Connection
) -> None:
    """Defect 4: the failure e-mail was never sent."""
    job_id = _failed(database, queues, subject="Ihr Mandant Müller")
    assert notify() == {"batchItemFailures": []}
    [mail] = _mails()
    assert mail["Subject"] == f"[ALERT] Email Processing Failed - ID {job_id}"
    assert (mail["To"], mail["From"], mail["Auto-Submitted"]) == (ADMIN, SENDER, "auto-generated")
    text_of_mail = mail.get_content()
    assert f"https://jobs.kanzlei.example/live/api/v1/jobs/{job_id}\n" in text_of_mail
    assert "The mail is encrypted." in text_of_mail
    assert "Ihr Mandant Müller" in text_of_mail
    assert "correlation_id correlation\n" in text_of_mail
    assert _notification(sql) == "sent"


def test_a_second_dead_letter_of_the_same_run_makes_no_second_email(
    notify: Notify, database: Database, queues: Queues
) -> None:
    job_id = _failed(database, queues)
    queues.send(queues.dead_letters, job_id)
    assert notify() == {"batchItemFailures": []}
    assert len(_mails()) == 1


def test_each_failed_run_makes_an_email_of_its_own(
    notify: Notify, database: Database, queues: Queues
) -> None:
    job_id = _failed(database, queues)
    notify()
    run = Retries(database).retry(job_id, "operator").run
    again = Leasing(database).claim(job_id, run, lease=LEASE)
    assert isinstance(again, ClaimedJob)
    Finishing(database).fail(again, outcome=AttemptOutcome.PERMANENT_ERROR, error="Again.")
    queues.send(queues.dead_letters, job_id, run)
    assert notify() == {"batchItemFailures": []}
    assert ["Again." in mail.get_content() for mail in _mails()] == [False, True]


def test_while_the_mail_service_refuses_the_dead_letter_comes_back(
    notify: Notify, database: Database, queues: Queues, sql: Connection
) -> None:
    _failed(database, queues)
    boto3.client("sesv2").delete_email_identity(EmailIdentity=SENDER)
    assert len(notify()["batchItemFailures"]) == 1
    assert _notification(sql) is None
    boto3.client("sesv2").create_email_identity(EmailIdentity=SENDER)
    queues.send(queues.dead_letters, 1)
    assert notify() == {"batchItemFailures": []}
    assert _notification(sql) == "sent"


@pytest.mark.parametrize("missing", ["admin_email", "sender_email"])
def test_without_an_address_nobody_is_made_up(
    missing: str,
    notify: Notify,
    database: Database,
    queues: Queues,
    sql: Connection,
    log_of: LogOf,
) -> None:
    """Defect 36: the mail went to an address in somebody else's domain."""
    _failed(database, queues)
    log = log_of("notifier")
    assert notify(**{missing: ""}) == {"batchItemFailures": []}
    assert _mails() == []
    assert _notification(sql) == "skipped"
    assert '"level":"WARNING"' in log.getvalue()


@pytest.mark.parametrize(
    "admin",
    ["Support@Kanzlei.example", "support+id70500@kanzlei.example", "x@kanzlei.zendesk.com"],
)
def test_no_email_goes_to_an_address_that_feeds_zendesk(
    admin: str, notify: Notify, database: Database, queues: Queues, sql: Connection
) -> None:
    """Defect 37: mails to the intake address made tickets that fired the webhook again."""
    _failed(database, queues)
    assert notify(admin_email=admin) == {"batchItemFailures": []}
    assert _mails() == []
    assert _notification(sql) == "skipped"


def test_with_too_little_time_left_nobody_is_told(
    notify: Notify, database: Database, queues: Queues, sql: Connection
) -> None:
    _failed(database, queues)
    assert len(notify(seconds_left=1)["batchItemFailures"]) == 1
    assert _mails() == []
    assert notify() == {"batchItemFailures": []}
    assert _notification(sql) == "sent"


def test_a_mail_service_that_never_answers_is_asked_once_and_the_dead_letter_comes_back(
    notify: Notify,
    database: Database,
    queues: Queues,
    sql: Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Asked again by the client, a service that did take the e-mail would send it twice."""
    _failed(database, queues)
    with tcp_proxy() as deaf, monkeypatch.context() as unreachable:
        unreachable.setenv("AWS_ENDPOINT_URL_SESV2", f"http://127.0.0.1:{deaf.port}")
        assert len(notify()["batchItemFailures"]) == 1
        assert deaf.connections == 1
    assert _notification(sql) is None


def test_a_note_that_fails_after_the_email_went_out_sends_no_second_one(
    common_settings: dict[str, Any], database: Database, queues: Queues, sql: Connection
) -> None:
    sent: list[EmailMessage] = []
    observed = ObservabilitySettings(stage="local", log_level="INFO")
    parts = NotificationParts(
        dead_letters=ForgettingToSettle(database),
        notifier=FailureNotifier(
            send=sent.append,
            clock=partial(datetime.now, UTC),
            sender=SENDER,
            recipient=ADMIN,
            intake_addresses=(),
            base_url="",
        ),
        lease=-LEASE,
        report=Reporter(structured_logger("notifier", observed), metrics("notifier", observed)),
    )
    job_id = _failed(database, queues)
    with pytest.raises(DatabaseUnavailable):
        notify_permanent_failure(job_id, run=1, parts=parts)
    assert notify_permanent_failure(job_id, run=1, parts=parts) == Done()
    assert (len(sent), _notification(sql)) == (1, "sent")


def test_a_job_retried_while_its_email_goes_out_is_not_counted_as_told(
    database: Database, queues: Queues, sql: Connection
) -> None:
    letters = DeadLetters(database)
    taken = letters.take(_failed(database, queues), 1, lease=LEASE)
    assert isinstance(taken, FailedJob)
    Retries(database).retry(taken.job_id, "operator")
    letters.settle(taken, Notification.SENT)
    assert _notification(sql) is None


def test_a_job_under_a_living_lease_is_reported_failed_and_comes_back_later(
    notify: Notify, database: Database, queues: Queues
) -> None:
    queues.send(queues.dead_letters, claimed_job(database, lease=LEASE).job_id)
    assert len(notify()["batchItemFailures"]) == 1
    assert _mails() == []
    assert queues.waiting(queues.dead_letters) == []


def test_one_bad_record_costs_no_other_its_email(
    notify: Notify, database: Database, queues: Queues
) -> None:
    queues.client.send_message(QueueUrl=queues.dead_letters, MessageBody="no message of ours")
    queues.send(queues.dead_letters, 4711)
    _failed(database, queues)
    assert len(notify()["batchItemFailures"]) == 1
    assert len(_mails()) == 1


def test_a_subject_with_line_breaks_adds_no_lines_to_the_email(
    notify: Notify, database: Database, queues: Queues
) -> None:
    _failed(database, queues, subject="x\nBcc: y@z.example\nError: none", from_email="a\r\nb")
    notify()
    [mail] = _mails()
    assert mail["Bcc"] is None
    assert "\nError: none" not in mail.get_content()


def test_a_canary_in_the_mail_is_in_the_email_alone(
    notify: Notify, database: Database, queues: Queues, log_of: LogOf
) -> None:
    log = log_of("notifier")
    _failed(database, queues, subject="canary-7731")
    notify()
    assert "canary-7731" in _mails()[0].get_content()
    assert "canary-7731" not in log.getvalue()
    assert "notification.sent" in log.getvalue()


def test_every_line_about_a_failed_job_has_its_correlation_id(
    notify: Notify, database: Database, queues: Queues, log_of: LogOf
) -> None:
    log = log_of("notifier")
    _failed(database, queues)
    boto3.client("sesv2").delete_email_identity(EmailIdentity=SENDER)
    notify()
    boto3.client("sesv2").create_email_identity(EmailIdentity=SENDER)
    queues.send(queues.dead_letters, 1)
    notify()
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    told = [(line["message"], line.get("correlation_id")) for line in lines]
    assert ("notification.failed", "correlation") in told
    assert ("notification.sent", "correlation") in told
    assert {line["job_id"] for line in lines} == {1}


def test_a_run_that_its_worker_never_ended_counts_as_failed_here(
    notify: Notify, database: Database, queues: Queues, log_of: LogOf
) -> None:
    log = log_of("notifier")
    job = claimed_job(database, lease=-LEASE)
    for _ in range(5):
        Leasing(database).claim(job.job_id, 1, lease=-LEASE)
    queues.send(queues.dead_letters, job.job_id)
    for _ in range(2):
        notify()
        queues.send(queues.dead_letters, job.job_id)
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [line["cause"] for line in lines if line["message"] == "job.failed"] == [
        "stopped_without_answer"
    ]
