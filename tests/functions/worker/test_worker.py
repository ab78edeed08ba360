"""The worker's handler: a real batch in; rows, messages and visibilities out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from moto.core.utils import unix_time_millis
from moto.sqs.models import sqs_backends
from sqlalchemy import Connection, text

from functions.worker.composition import compose
from functions.worker.reading import RulesReader
from functions.worker.second_reader import CombinedReader
from functions.worker.settings import WorkerSettings
from shared.domain.errors import MailEncrypted, PermanentError, TransientError
from shared.domain.extraction import ExtractedReply
from shared.domain.reply import Reply
from shared.messages import JobMessage
from shared.postgres.database import Database
from shared.postgres.leasing import Leasing
from shared.sqs import JobQueue
from tests.factories import a_reply, claimed_job, queued_job, stored_inquiry
from tests.functions.queues import Context, LogOf, Queues

CLAIM = """Sehr geehrte Damen und Herren,

in der Sache Petra Wendland, unser Zeichen NE-4471-88, beträgt unsere Gesamtforderung
heute 1.204,50 EUR.

Nordlicht Energie GmbH"""


class FailingReader:
    """Fails with the given error for replies with the given subject, and reads the others."""

    def __init__(self, error: Exception, subject: str | None = None) -> None:
        self._error = error
        self._subject = subject
        self.readings = 0

    def read(self, reply: Reply) -> ExtractedReply:
        self.readings += 1
        if self._subject in {None, reply.subject}:
            raise self._error
        return RulesReader().read(reply)


class AlwaysReading:
    """A second reader that reads the same in every mail."""

    def __init__(self, extracted: ExtractedReply) -> None:
        self._extracted = extracted

    def read(self, _reply: Reply) -> ExtractedReply:
        return self._extracted


Worker = Callable[..., dict[str, Any]]


@pytest.fixture
def settings(common_settings: dict[str, Any]) -> WorkerSettings:
    return WorkerSettings(
        **common_settings,
        aws_call_timeout_seconds=2,
        second_reader_model_id="",
        second_reader_region="",
        second_reader_timeout_seconds=2,
        second_reader_max_input_characters=20_000,
        second_reader_max_output_tokens=4_000,
        job_budget_seconds=2,
        lease_margin_seconds=5,
        retry_base_seconds=10,
        retry_maximum_seconds=60,
    )


@pytest.fixture
def work(settings: WorkerSettings, database: Database, queues: Queues) -> Worker:
    """Runs the handler on `event`, or on what is in the jobs queue."""

    def work(
        reader: Any = None, *, seconds_left: float = 60, event: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        handler = compose(settings, database, reader)
        return handler(event or queues.event(queues.jobs), Context(seconds_left))  # type: ignore[arg-type]

    return work


def _jobs(sql: Connection, columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in sql.execute(text(f"SELECT {columns} FROM jobs ORDER BY id"))]


def _visible_again_after(queues: Queues) -> list[float]:
    """Seconds until each message in flight comes back, by moto's own account."""
    queue = sqs_backends["123456789012"]["eu-central-1"].queues["jobs"]
    return [(message.visible_at - unix_time_millis()) / 1000 for message in queue._messages]  # noqa: SLF001


def test_a_reply_becomes_a_matched_job_with_its_claim(
    work: Worker, database: Database, queues: Queues, sql: Connection
) -> None:
    inquiry = stored_inquiry(database)
    queues.send(queues.jobs, queued_job(database, body_text=CLAIM).job_id)
    assert work() == {"batchItemFailures": []}
    columns = "processing_status, match_status, matched_inquiry_id"
    assert _jobs(sql, columns) == [("completed", "auto_matched", inquiry.id)]
    assert str(sql.execute(text("SELECT amount FROM claim_revisions")).scalar_one()) == "1204.50"
    stored = sql.execute(text("SELECT extracted_data FROM jobs")).scalar_one()
    assert stored["debt_amount"] == "1204.50"


def test_a_transient_error_puts_the_job_off_and_brings_the_message_back_then(
    work: Worker, database: Database, queues: Queues, sql: Connection
) -> None:
    """Defect 5: an outage of the reader was recorded as an outcome."""
    queues.send(queues.jobs, queued_job(database).job_id)
    assert len(work(FailingReader(TransientError()))["batchItemFailures"]) == 1
    [(status, due)] = _jobs(sql, "processing_status, next_attempt_at - now()")
    assert status == "queued"
    assert timedelta(seconds=4) < due <= timedelta(seconds=10)
    assert 4 < _visible_again_after(queues)[0] <= 10


def test_a_redelivery_after_a_transient_error_really_does_the_work_again(
    work: Worker, database: Database, queues: Queues, sql: Connection
) -> None:
    """Defect 3: the second delivery found the job failed and did nothing."""
    queues.send(queues.jobs, queued_job(database).job_id)
    event = queues.event(queues.jobs)
    reader = FailingReader(TransientError())
    work(reader, event=event)
    sql.execute(text("UPDATE jobs SET next_attempt_at = NULL"))
    assert work(event=event) == {"batchItemFailures": []}
    assert reader.readings == 1
    assert _jobs(sql, "processing_status, attempt_count") == [("completed", 2)]


@pytest.mark.parametrize("error", [TransientError(), ValueError("canary-7731")])
def test_a_sixth_failure_ends_the_run_and_sends_a_dead_letter(
    error: Exception, work: Worker, database: Database, queues: Queues, sql: Connection
) -> None:
    job = queued_job(database)
    queues.send(queues.jobs, job.job_id)
    event = queues.event(queues.jobs)
    for _ in range(6):
        sql.execute(text("UPDATE jobs SET next_attempt_at = NULL"))
        work(FailingReader(error), event=event)
    assert _jobs(sql, "processing_status, attempt_count") == [("failed", 6)]
    assert _jobs(sql, "dead_letter_sent_at IS NOT NULL") == [(True,)]
    assert queues.waiting(queues.dead_letters) == [{"job_id": job.job_id, "run": 1}]
    errors = sql.execute(text("SELECT string_agg(error, ' ') FROM attempts")).scalar_one()
    assert "canary" not in errors


def test_a_permanent_error_fails_the_job_at_once(
    work: Worker, database: Database, queues: Queues, sql: Connection
) -> None:
    job = queued_job(database)
    queues.send(queues.jobs, job.job_id)
    assert work(FailingReader(MailEncrypted())) == {"batchItemFailures": []}
    assert _jobs(sql, "processing_status, processing_error") == [
        ("failed", "The mail is encrypted; ask the sender for an unencrypted one.")
    ]
    assert queues.waiting(queues.dead_letters) == [{"job_id": job.job_id, "run": 1}]


def test_a_failed_job_whose_dead_letter_could_not_be_sent_is_left_to_the_reconciler(
    work: Worker, database: Database, queues: Queues, sql: Connection
) -> None:
    queues.send(queues.jobs, queued_job(database).job_id)
    queues.client.delete_queue(QueueUrl=queues.dead_letters)
    assert work(FailingReader(PermanentError())) == {"batchItemFailures": []}
    assert _jobs(sql, "processing_status, dead_letter_sent_at") == [("failed", None)]


def test_one_bad_record_in_a_batch_of_ten_costs_no_other(
    work: Worker, database: Database, queues: Queues, sql: Connection
) -> None:
    for number in range(9):
        job = queued_job(database, subject="bad" if number == 4 else "good")
        queues.send(queues.jobs, job.job_id)
    queues.client.send_message(QueueUrl=queues.jobs, MessageBody="no message of ours")
    answer = work(FailingReader(TransientError(), "bad"))
    assert len(answer["batchItemFailures"]) == 2
    statuses = [status for (status,) in _jobs(sql, "processing_status")]
    assert statuses == ["completed"] * 4 + ["queued"] + ["completed"] * 4


def test_with_too_little_time_left_no_job_is_begun(
    work: Worker, database: Database, queues: Queues, sql: Connection
) -> None:
    queues.send(queues.jobs, queued_job(database).job_id)
    assert len(work(seconds_left=1.5)["batchItemFailures"]) == 1
    assert _jobs(sql, "processing_status, attempt_count") == [("queued", 0)]
    assert _visible_again_after(queues)[0] <= 0


def test_the_lease_is_the_time_left_and_a_margin(
    settings: WorkerSettings, database: Database, queues: Queues, sql: Connection
) -> None:
    seen: list[timedelta] = []

    class Looking:
        def read(self, _reply: Reply) -> ExtractedReply:
            seen.append(sql.execute(text("SELECT lease_until - now() FROM jobs")).scalar_one())
            raise MailEncrypted

    queues.send(queues.jobs, queued_job(database).job_id)
    compose(settings, database, Looking())(queues.event(queues.jobs), Context(40))  # type: ignore[arg-type]
    assert timedelta(seconds=43) < seen[0] <= timedelta(seconds=45)


def test_a_job_that_another_worker_holds_comes_back_after_its_lease(
    work: Worker, database: Database, queues: Queues
) -> None:
    """Defect 11: the message of a locked row was acknowledged, and the mail was lost."""
    queues.send(queues.jobs, claimed_job(database, lease=timedelta(seconds=12)).job_id)
    assert len(work()["batchItemFailures"]) == 1
    assert 11 < _visible_again_after(queues)[0] <= 14


def test_a_job_whose_worker_died_six_times_is_dead_lettered_by_the_next(
    work: Worker, database: Database, queues: Queues, sql: Connection
) -> None:
    job = queued_job(database)
    for _ in range(6):
        Leasing(database).claim(job.job_id, 1, lease=timedelta(seconds=-1))
    queues.send(queues.jobs, job.job_id)
    assert work() == {"batchItemFailures": []}
    assert queues.waiting(queues.dead_letters) == [{"job_id": job.job_id, "run": 1}]


@pytest.mark.parametrize("ending", ["completed", "put off", "failed"])
def test_a_worker_that_lost_its_lease_leaves_the_message_to_the_other_one(
    ending: str, work: Worker, database: Database, queues: Queues, sql: Connection
) -> None:
    errors = {"put off": TransientError(), "failed": PermanentError()}

    class Overtaken:
        """Another worker takes the job while this one reads."""

        def read(self, reply: Reply) -> ExtractedReply:
            sql.execute(text("UPDATE jobs SET lease_token = gen_random_uuid()"))
            if ending in errors:
                raise errors[ending]
            return RulesReader().read(reply)

    queues.send(queues.jobs, queued_job(database).job_id)
    assert len(work(Overtaken())["batchItemFailures"]) == 1
    assert _jobs(sql, "processing_status") == [("processing",)]
    assert queues.waiting(queues.dead_letters) == []


@pytest.mark.parametrize("job_id", [4711, 2**62])
def test_a_message_about_an_unknown_job_is_logged_and_acknowledged(
    job_id: int, work: Worker, queues: Queues, log_of: LogOf
) -> None:
    log = log_of("worker")
    queues.send(queues.jobs, job_id)
    assert work() == {"batchItemFailures": []}
    assert '"why":"unknown_job"' in log.getvalue()


@pytest.mark.parametrize(("receives", "seconds"), [(1, 30), (3, 90), (10, 300), (19, 300)])
def test_with_the_database_away_messages_come_back_later_and_later(
    receives: int, seconds: int, settings: WorkerSettings, queues: Queues, open_away: Database
) -> None:
    """Defect 14: an outage of the database was completed as no match."""
    queues.send(queues.jobs, 1)
    event = queues.event(queues.jobs)
    event["Records"][0]["attributes"]["ApproximateReceiveCount"] = str(receives)
    answer = compose(settings, open_away)(event, Context())  # type: ignore[arg-type]
    assert len(answer["batchItemFailures"]) == 1
    assert seconds - 2 < _visible_again_after(queues)[0] <= seconds


def test_a_visibility_that_sqs_refuses_costs_no_neighbour(
    work: Worker, database: Database, queues: Queues, sql: Connection
) -> None:
    for subject in ("bad", "good"):
        queues.send(queues.jobs, queued_job(database, subject=subject).job_id)
    event = queues.event(queues.jobs)
    event["Records"][0]["receiptHandle"] = "no such handle"
    answer = work(FailingReader(TransientError(), "bad"), event=event)
    assert len(answer["batchItemFailures"]) == 1
    assert _jobs(sql, "processing_status") == [("queued",), ("completed",)]


def test_a_model_that_reads_another_amount_sends_the_mail_to_a_person(
    settings: WorkerSettings, database: Database, queues: Queues, sql: Connection
) -> None:
    inquiry = stored_inquiry(database)
    queues.send(queues.jobs, queued_job(database, body_text=CLAIM).job_id)
    first = RulesReader().read(a_reply(body_text=CLAIM))
    second = replace(first, debt_amount=Decimal("1300.00"))
    reader = CombinedReader(RulesReader(), AlwaysReading(second))
    compose(settings, database, reader)(queues.event(queues.jobs), Context())  # type: ignore[arg-type]
    assert _jobs(sql, "match_status, matched_inquiry_id") == [("needs_review", inquiry.id)]
    assert sql.execute(text("SELECT count(*) FROM claim_revisions")).scalar_one() == 0


def test_an_amount_that_the_reader_doubts_is_not_booked(
    work: Worker, database: Database, queues: Queues, sql: Connection
) -> None:
    """Defect 22: 25 million were written, because nobody asked whether that can be."""
    inquiry = stored_inquiry(database)
    body = CLAIM.replace("1.204,50", "120.450.000,00")
    queues.send(queues.jobs, queued_job(database, body_text=body).job_id)
    work()
    columns = "match_status, reason, matched_inquiry_id"
    assert _jobs(sql, columns) == [("needs_review", "claim_unclear", inquiry.id)]
    assert sql.execute(text("SELECT count(*) FROM claim_revisions")).scalar_one() == 0


def test_a_mail_that_is_longer_than_what_is_read_is_not_booked(
    work: Worker, database: Database, queues: Queues, sql: Connection
) -> None:
    inquiry = stored_inquiry(database)
    body = CLAIM + "Unsere Aufstellung folgt, bitte lesen Sie sie ganz. " * 200
    queues.send(queues.jobs, queued_job(database, body_text=body).job_id)
    work()
    columns = "match_status, reason, matched_inquiry_id"
    assert _jobs(sql, columns) == [("needs_review", "too_long", inquiry.id)]
    assert sql.execute(text("SELECT count(*) FROM claim_revisions")).scalar_one() == 0


def test_an_older_runs_message_in_flight_does_nothing_after_a_retry(
    work: Worker, database: Database, queues: Queues, sql: Connection
) -> None:
    job = queued_job(database)
    sql.execute(text("UPDATE jobs SET run = 2, retry_count = 1"))
    queues.send(queues.jobs, job.job_id, run=1)
    assert work() == {"batchItemFailures": []}
    assert _jobs(sql, "processing_status, attempt_count") == [("queued", 0)]


def test_neither_logs_nor_errors_hold_a_word_of_the_mail(
    work: Worker,
    database: Database,
    queues: Queues,
    sql: Connection,
    log_of: LogOf,
) -> None:
    """Defect 39: sender, subject and client stood in every log line."""
    canary, log = "canary-7731", log_of("worker")
    for number, body in enumerate((canary, CLAIM + canary)):
        job = queued_job(database, subject=f"{canary} {number}", body_text=body)
        queues.send(queues.jobs, job.job_id)
    work(FailingReader(ValueError(canary), f"{canary} 0"))
    assert "job.completed" in log.getvalue()
    assert canary not in log.getvalue()
    assert canary not in str(_jobs(sql, "processing_error")) + json.dumps(
        queues.waiting(queues.dead_letters)
    )


def test_every_line_about_a_job_names_it_and_its_correlation_id(
    work: Worker, database: Database, queues: Queues, sql: Connection, log_of: LogOf
) -> None:
    log = log_of("worker")
    subjects = ("put off", "failed", "completed", "dead")
    jobs = {subject: queued_job(database, subject=subject) for subject in subjects}
    for _ in range(6):
        Leasing(database).claim(jobs["dead"].job_id, 1, lease=timedelta(seconds=-1))
    sql.execute(text("UPDATE jobs SET correlation_id = 'mail-' || id"))
    for job in jobs.values():
        queues.send(queues.jobs, job.job_id)
    event = queues.event(queues.jobs)
    work(FailingReader(TransientError(), "put off"), event=event)
    work(FailingReader(MailEncrypted(), "failed"), event={"Records": event["Records"][1:2]})
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert {line["message"] for line in lines} >= {"job.put_off", "job.completed", "job.failed"}
    about = [line for line in lines if line["message"].startswith("job.")]
    assert [line["correlation_id"] for line in about] == [
        f"mail-{line['job_id']}" for line in about
    ]


def test_a_dead_letter_carries_the_correlation_id_of_the_row(
    work: Worker, database: Database, queues: Queues
) -> None:
    queues.send(queues.jobs, queued_job(database).job_id)
    work(FailingReader(MailEncrypted()))
    [record] = queues.event(queues.dead_letters)["Records"]
    assert record["messageAttributes"]["correlation_id"]["stringValue"] == "correlation"


def test_a_message_that_fails_is_reported_under_the_correlation_id_it_brought(
    settings: WorkerSettings, queues: Queues, open_away: Database, log_of: LogOf
) -> None:
    log = log_of("worker")
    JobQueue(queues.client, queues.jobs).send(JobMessage(4711, 1, "gateway-request"))
    compose(settings, open_away)(queues.event(queues.jobs), Context())  # type: ignore[arg-type]
    [line] = [json.loads(line) for line in log.getvalue().splitlines()]
    assert (line["message"], line["level"]) == ("message.failed", "ERROR")
    assert (line["job_id"], line["correlation_id"]) == (4711, "gateway-request")
    assert line["cause"] == "database_unavailable"


@pytest.mark.parametrize(("retried", "seconds"), [(None, 3600), ("10 minutes", 600)])
def test_a_wait_counts_from_the_mails_arrival_here_or_from_its_retry(
    retried: str | None,
    seconds: int,
    work: Worker,
    database: Database,
    queues: Queues,
    sql: Connection,
    capsys: pytest.CaptureFixture[str],
) -> None:
    queues.send(queues.jobs, queued_job(database).job_id)
    ago = {"retried": retried}
    sql.execute(text("UPDATE jobs SET created_at = now() - interval '1 hour'"))
    sql.execute(text("UPDATE jobs SET retried_at = now() - CAST(:retried AS interval)"), ago)
    work()
    records = map(json.loads, capsys.readouterr().out.splitlines())
    [measured] = [record for record in records if "JobWaitTime" in record]
    assert measured["JobWaitTime"] == [pytest.approx(seconds, abs=30)]
    assert 0 <= measured["JobProcessingTime"][0] < 30
