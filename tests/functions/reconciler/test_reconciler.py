"""The reconciler's handler: whatever stands still gets its message, once."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from moto.sqs.models import SQSBackend
from sqlalchemy import Connection, text

from functions.reconciler.composition import compose
from functions.reconciler.settings import ReconcilerSettings
from shared.domain.errors import DatabaseRefused
from shared.domain.job import AttemptOutcome
from shared.postgres.database import Database
from shared.postgres.expired_content import Expiry
from shared.postgres.finishing import Finishing
from shared.postgres.quarantine import Quarantine, QuarantineKind
from shared.postgres.reconciliation_runs import ReconciliationRuns
from shared.postgres.stuck_jobs import Standstill
from tests.emitted_metrics import emitted_metrics
from tests.factories import a_decision, claimed_job, queued_job, stored_job
from tests.functions.queues import Context, LogOf, Queues

DAY = 24 * 60 * 60
Reconcile = Callable[..., dict[str, Any]]


@pytest.fixture
def reconcile(common_settings: dict[str, Any], database: Database) -> Reconcile:
    settings = ReconcilerSettings(
        **common_settings,
        aws_call_timeout_seconds=2,
        reconciliation_lease_seconds=60,
        unsent_after_seconds=120,
        unclaimed_after_seconds=1800,
        lease_dead_after_seconds=360,
        unnotified_after_seconds=600,
        heals_per_run=3,
        content_retention_seconds=180 * DAY,
        quarantine_retention_seconds=90 * DAY,
        erasures_per_run=3,
    )

    def reconcile(event: dict[str, Any] | None = None, **changes: object) -> dict[str, Any]:
        handler = compose(settings.model_copy(update=changes), database)
        return handler(event or {}, Context())  # type: ignore[arg-type]

    return reconcile


def _age_everything(sql: Connection) -> None:
    for column in ("created_at", "sent_at", "lease_until", "completed_at"):
        sql.execute(
            text(f"UPDATE jobs SET {column} = now() - interval '1 hour' WHERE {column} IS NOT NULL")
        )


def _fail(database: Database) -> None:
    job = claimed_job(database)
    Finishing(database).fail(job, outcome=AttemptOutcome.PERMANENT_ERROR, error="No.")


_send_whole_batch = SQSBackend.send_message_batch


def _refuse_the_second(
    backend: SQSBackend, queue: str, entries: dict[str, Any]
) -> tuple[list[Any], list[Any]]:
    numbers = list(entries)
    refused = entries.pop(numbers[1])
    taken, failed = _send_whole_batch(backend, queue, entries)
    error = {
        "Id": refused["Id"],
        "SenderFault": "false",
        "Code": "InternalError",
        "Message": "Not now.",
    }
    return taken, [*failed, error]


def _sums(report: dict[str, Any]) -> tuple[int, int]:
    kinds = [report["kinds"][kind] for kind in Standstill]
    return sum(kind["checked"] for kind in kinds), sum(kind["healed"] for kind in kinds)


def test_every_standstill_gets_its_message_and_a_second_run_heals_nothing(
    reconcile: Reconcile, database: Database, queues: Queues, sql: Connection
) -> None:
    """Defects 19, 26: what was healed was written as 0 EUR, and stuck rows were never looked at."""
    stored_job(database)
    queued_job(database)
    claimed_job(database)
    _fail(database)
    _age_everything(sql)
    report = reconcile(heals_per_run=10)
    assert _sums(report) == (4, 4)
    assert {message["job_id"] for message in queues.waiting(queues.jobs)} == {1, 2, 3}
    assert queues.waiting(queues.dead_letters) == [{"job_id": 4, "run": 1}]
    assert _sums(reconcile()) == (0, 0)
    assert queues.waiting(queues.jobs) == []


def test_a_run_heals_at_most_so_many(
    reconcile: Reconcile, database: Database, queues: Queues, sql: Connection
) -> None:
    for _ in range(5):
        stored_job(database)
    _age_everything(sql)
    assert _sums(reconcile()) == (5, 3)
    assert len(queues.waiting(queues.jobs)) == 3
    assert _sums(reconcile()) == (2, 2)


def test_the_limit_holds_for_all_kinds_together(
    reconcile: Reconcile, database: Database, queues: Queues, sql: Connection
) -> None:
    for _ in range(2):
        stored_job(database)
        queued_job(database)
    _age_everything(sql)
    assert _sums(reconcile()) == (4, 3)


def test_entries_that_sqs_refuses_one_by_one_are_healed_by_the_next_run(
    reconcile: Reconcile,
    database: Database,
    queues: Queues,
    sql: Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """SQS answers 200 and names what it did not take."""
    for _ in range(3):
        stored_job(database)
    _age_everything(sql)
    with monkeypatch.context() as partly:
        partly.setattr(SQSBackend, "send_message_batch", _refuse_the_second)
        assert _sums(reconcile()) == (3, 2)
    assert _sums(reconcile()) == (1, 1)
    assert [message["job_id"] for message in queues.waiting(queues.jobs)] == [1, 3, 2]


def test_what_the_queue_refuses_is_healed_by_the_next_run(
    reconcile: Reconcile, database: Database, queues: Queues, sql: Connection
) -> None:
    stored_job(database)
    _age_everything(sql)
    queues.client.delete_queue(QueueUrl=queues.jobs)
    assert _sums(reconcile()) == (1, 0)
    queues.client.create_queue(QueueName="jobs")
    assert _sums(reconcile()) == (1, 1)
    assert queues.waiting(queues.jobs) == [{"job_id": 1, "run": 1}]


def test_a_dry_run_only_counts(
    reconcile: Reconcile, database: Database, queues: Queues, sql: Connection
) -> None:
    stored_job(database)
    _age_everything(sql)
    ReconciliationRuns(database).request(actor="operator", lease=timedelta(minutes=1), dry_run=True)
    report = reconcile({"run_id": 1})
    assert report["dry_run"]
    assert _sums(report) == (1, 0)
    assert queues.waiting(queues.jobs) == []


def test_while_a_run_is_alive_no_second_one_begins(
    reconcile: Reconcile, database: Database
) -> None:
    runs = ReconciliationRuns(database)
    runs.request(actor="operator", lease=timedelta(minutes=1), dry_run=False)
    runs.start(lease=timedelta(minutes=1))
    assert reconcile() == {"skipped": "no run waits to be started"}


def test_an_invocation_for_a_run_that_is_done_begins_no_other(
    reconcile: Reconcile, database: Database
) -> None:
    runs = ReconciliationRuns(database)
    run = runs.request(actor="operator", lease=timedelta(minutes=1), dry_run=False)
    reconcile({"run_id": run.run_id})
    assert reconcile({"run_id": run.run_id}) == {"skipped": "no run waits to be started"}
    assert len(runs.list_reports(5)) == 1


def test_a_dry_run_that_nobody_started_takes_nothing_from_the_schedule(
    reconcile: Reconcile, database: Database, sql: Connection
) -> None:
    """The trigger opens the run before it calls the reconciler, and that call can fail."""
    stored_job(database)
    _age_everything(sql)
    runs = ReconciliationRuns(database)
    runs.request(actor="operator", lease=timedelta(seconds=-1), dry_run=True)
    report = reconcile()
    assert (report["dry_run"], _sums(report)) == (False, (1, 1))
    done = [(run.requested_by, run.dry_run, run.status) for run in runs.list_reports(5)]
    assert done == [("schedule", False, "finished"), ("operator", True, "finished")]


def test_a_dry_run_that_was_called_for_stays_alone(
    reconcile: Reconcile, database: Database
) -> None:
    runs = ReconciliationRuns(database)
    run = runs.request(actor="operator", lease=timedelta(minutes=1), dry_run=True)
    assert reconcile({"run_id": run.run_id})["dry_run"]
    assert len(runs.list_reports(5)) == 1


def test_after_a_dead_run_the_next_one_works(reconcile: Reconcile, database: Database) -> None:
    runs = ReconciliationRuns(database)
    runs.request(actor="operator", lease=timedelta(minutes=1), dry_run=False)
    runs.start(lease=timedelta(seconds=-1))
    assert "kinds" in reconcile()


def test_a_run_is_kept_as_its_report_with_every_kind(
    reconcile: Reconcile, database: Database
) -> None:
    reconcile()
    [report] = ReconciliationRuns(database).list_reports(5)
    assert (report.status, report.requested_by) == ("finished", "schedule")
    assert report.report is not None
    assert set(report.report) == {*Standstill, *Expiry}


def _complete_long_ago(database: Database, sql: Connection, jobs: int) -> None:
    for _ in range(jobs):
        Finishing(database).complete(
            claimed_job(database), decision=a_decision(), extracted_data={}, claim=None
        )
    sql.execute(text("UPDATE jobs SET completed_at = now() - interval '181 days'"))


def _erased(report: dict[str, Any]) -> dict[str, dict[str, int]]:
    return {kind: report["kinds"][kind] for kind in Expiry}


def test_content_is_erased_when_its_time_is_over_and_at_most_so_much_of_it(
    reconcile: Reconcile, database: Database, sql: Connection
) -> None:
    _complete_long_ago(database, sql, jobs=5)
    Quarantine(database).keep(QuarantineKind.UNREADABLE, "x", b"x", "c")
    sql.execute(
        text("UPDATE quarantined_deliveries SET last_received_at = now() - interval '91 days'")
    )
    assert _erased(reconcile()) == {
        "mail_content": {"checked": 5, "erased": 3},
        "quarantined_body": {"checked": 1, "erased": 1},
    }
    assert _erased(reconcile())["mail_content"] == {"checked": 2, "erased": 2}
    assert sql.scalar(text("SELECT count(*) FROM replies WHERE body_text IS NOT NULL")) == 0


def test_more_than_one_batch_is_erased_in_one_run(
    reconcile: Reconcile, database: Database, sql: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("functions.reconciler.erase_expired.ROWS_PER_STATEMENT", 2)
    _complete_long_ago(database, sql, jobs=5)
    report = reconcile(erasures_per_run=100)
    assert _erased(report)["mail_content"] == {"checked": 5, "erased": 5}


def test_a_dry_run_erases_nothing(
    reconcile: Reconcile, database: Database, sql: Connection
) -> None:
    _complete_long_ago(database, sql, jobs=1)
    ReconciliationRuns(database).request(actor="operator", lease=timedelta(minutes=1), dry_run=True)
    assert _erased(reconcile({"run_id": 1}))["mail_content"] == {"checked": 1, "erased": 0}
    assert sql.scalar(text("SELECT body_text IS NULL FROM replies")) is False


def test_content_that_somebody_holds_is_left_for_the_next_run(
    reconcile: Reconcile,
    database: Database,
    open_another: Callable[[], Database],
    sql: Connection,
) -> None:
    _complete_long_ago(database, sql, jobs=2)
    with open_another()._engine.begin() as holder:  # noqa: SLF001  # A lock is held on purpose.
        holder.execute(text("SELECT 1 FROM jobs WHERE id = 1 FOR UPDATE"))
        assert _erased(reconcile())["mail_content"] == {"checked": 2, "erased": 1}
    assert _erased(reconcile())["mail_content"] == {"checked": 1, "erased": 1}


def test_an_erasure_is_counted_and_logged_by_its_kind(
    reconcile: Reconcile,
    database: Database,
    sql: Connection,
    capsys: pytest.CaptureFixture[str],
    log_of: LogOf,
) -> None:
    log = log_of("reconciler")
    _complete_long_ago(database, sql, jobs=2)
    reconcile()
    assert '"kind":"mail_content","rows":2' in log.getvalue().replace(" ", "")
    assert '"ContentErased":[2.0]' in capsys.readouterr().out.replace(" ", "")


def _metrics(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return {name: value for record in records if "_aws" in record for name, value in record.items()}


def test_the_heart_beats_even_if_nothing_was_stuck(
    reconcile: Reconcile, capsys: pytest.CaptureFixture[str]
) -> None:
    reconcile()
    found = _metrics(capsys)
    assert found["ReconcilerHeartbeat"] == [1.0]
    assert (found["OpenJobs"], found["OldestOpenJobAge"]) == ([0.0], [0.0])


def test_a_run_that_heals_nothing_on_purpose_is_no_heartbeat(
    reconcile: Reconcile, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    ReconciliationRuns(database).request(actor="operator", lease=timedelta(minutes=1), dry_run=True)
    reconcile({"run_id": 1})
    assert "ReconcilerHeartbeat" not in _metrics(capsys)


def test_a_reconciler_that_dies_on_the_way_has_no_heartbeat(
    reconcile: Reconcile,
    database: Database,
    sql: Connection,
    capsys: pytest.CaptureFixture[str],
) -> None:
    stored_job(database)
    _age_everything(sql)
    sql.execute(text("ALTER TABLE jobs ADD CHECK (sent_at IS NULL)"))
    with pytest.raises(DatabaseRefused):
        reconcile()
    found = _metrics(capsys)
    assert "ReconcilerHeartbeat" not in found
    assert found["OldestOpenJobAge"] == [pytest.approx(3600, abs=60)]


def test_what_is_healed_is_told_job_by_job_and_counted_by_kind(
    reconcile: Reconcile,
    database: Database,
    sql: Connection,
    log_of: LogOf,
    capsys: pytest.CaptureFixture[str],
) -> None:
    log = log_of("reconciler")
    stored_job(database)
    _fail(database)
    _age_everything(sql)
    reconcile()
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    healed = [line for line in lines if line["message"] == "job.healed"]
    assert [(line["kind"], line["job_id"]) for line in healed] == [
        ("never_sent", 1),
        ("never_dead_lettered", 2),
    ]
    assert {line["correlation_id"] for line in healed} == {"correlation"}
    assert {line["run_id"] for line in lines} == {1}
    kinds = {
        dict(metric.dimensions)["kind"]
        for metric in emitted_metrics(capsys.readouterr().out)
        if metric.name == "JobHealed" and "kind" in metric.dimension_names
    }
    assert kinds == {"never_sent", "never_dead_lettered"}


def test_what_is_sent_again_carries_the_correlation_id_of_the_row(
    reconcile: Reconcile, database: Database, queues: Queues, sql: Connection
) -> None:
    stored_job(database)
    _age_everything(sql)
    reconcile()
    [record] = queues.event(queues.jobs)["Records"]
    assert record["messageAttributes"]["correlation_id"]["stringValue"] == "correlation"
