"""The notifier's handler: dead letters in; one e-mail per failed run out."""

from __future__ import annotations

import email
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import default
from typing import Any

import boto3
import pytest
from moto.ses.models import ses_backends
from sqlalchemy import Connection, text

from functions.notifier.composition import compose
from functions.notifier.settings import NotifierSettings
from shared.domain.job import AttemptOutcome
from shared.postgres.database import Database
from shared.postgres.finishing import Finishing
from shared.postgres.leasing import ClaimedJob, Leasing
from shared.postgres.retries import Retries
from tests.factories import LEASE, claimed_job
from tests.functions.queues import Context, LogOf, Queues

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
    )

    def notify(**changes: object) -> dict[str, Any]:
        handler = compose(settings.model_copy(update=changes), database)
        return handler(queues.event(queues.dead_letters), Context())  # type: ignore[arg-type]

    return notify


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


def test_no_email_goes_to_an_address_that_feeds_zendesk(
    notify: Notify, database: Database, queues: Queues, sql: Connection
) -> None:
    """Defect 37: mails to the intake address made tickets that fired the webhook again."""
    _failed(database, queues)
    assert notify(admin_email="Support@Kanzlei.example") == {"batchItemFailures": []}
    assert _mails() == []
    assert _notification(sql) == "skipped"


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
