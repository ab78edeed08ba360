"""The product itself, from signed webhook to recorded claim, while things go wrong."""

from __future__ import annotations

import hashlib
import json
import os
import signal
from collections.abc import Iterator
from email import message_from_bytes, policy
from io import StringIO
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from moto.backends import get_backend
from sqlalchemy import Connection, create_engine, text

from infra import erasure
from infra.local.api_client import ApiClient
from infra.local.cloud import ACCOUNT, REGION
from infra.local.data_stack import DATABASE
from infra.local.platform import Platform
from tests.e2e.conftest import WEBHOOK_SECRET
from tests.e2e.mails import encrypted, inquiry, reply
from tests.e2e.waiting import wait_until


@pytest.fixture
def api(product: Platform) -> ApiClient:
    return ApiClient(product.address)


@pytest.fixture
def sql(product: Platform) -> Iterator[Connection]:
    """A connection beside the product's, to hold locks and to look."""
    server = product.postgres
    url = f"postgresql+pg8000://{server.user}@{server.host}:{server.port}/{DATABASE}"
    engine = create_engine(url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def no_waiting(product: Platform) -> Iterator[None]:
    """Makes every hidden message visible at once: minutes of waiting pass in seconds."""
    over = Event()
    queues = get_backend("sqs")[ACCOUNT][REGION].queues
    names = {url.rpartition("/")[2] for url in product.stack.outputs.values()}

    def hurry() -> None:
        while not over.wait(0.02):
            for queue in [queues[name] for name in names & set(queues)]:
                with queue._messages_lock:  # noqa: SLF001 - no API of moto's hastens time
                    for message in queue._messages:  # noqa: SLF001
                        message.visible_at = 0.0
                    queue._messages_lock.notify_all()  # noqa: SLF001

    thread = Thread(target=hurry)
    thread.start()
    yield
    over.set()
    thread.join()


def deliver(api: ApiClient, webhook: dict[str, Any]) -> int:
    return int(api.deliver(webhook, WEBHOOK_SECRET)["email_id"])


def job_when(api: ApiClient, job: int, *statuses: str, seconds: float = 20) -> dict[str, Any]:
    path = f"/api/v1/jobs/{job}"
    wait_until(lambda: api.get(path)["processing_status"] in statuses, seconds)
    return api.get(path)


def waiting(product: Platform) -> dict[str, int]:
    names = ("JobsQueueUrl", "DeadLetterQueueUrl", "ParkingQueueUrl")
    return {name: product.cloud.messages_in(product.stack.outputs[name]) for name in names}


def kill(product: Platform, label: str) -> None:
    os.kill(int((product.folder.run / f"{label}.pid").read_text()), signal.SIGKILL)


def blocked_backends(sql: Connection) -> int:
    query = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    return int(sql.execute(text(query)).scalar_one())


def test_a_signed_webhook_becomes_a_matched_job_and_a_claim(
    api: ApiClient, sql: Connection
) -> None:
    """Defect 1: the worker's process never opened its database, so every job died."""
    api.post("/api/v1/inquiries", [inquiry(1)])
    done = job_when(api, deliver(api, reply(1)), "completed", "failed")
    assert (done["match_status"], done["matched_inquiry_id"]) == ("auto_matched", "inq-e2e-1")
    amounts = text("SELECT amount FROM claim_revisions WHERE job_id = :job")
    assert [str(amount) for amount in sql.execute(amounts, {"job": done["id"]}).scalars()] == [
        "2143.07"
    ]


def test_a_mail_that_fails_for_good_is_told_once_and_its_neighbours_complete(
    api: ApiClient, product: Platform
) -> None:
    api.post("/api/v1/inquiries", [inquiry(2), inquiry(3)])
    jobs = [deliver(api, mail) for mail in (reply(2), encrypted(4), reply(3))]
    outcomes = [job_when(api, job, "completed", "failed")["processing_status"] for job in jobs]
    assert outcomes == ["completed", "failed", "completed"]
    wait_until(lambda: bool(list(product.folder.mails.glob("*.eml"))))
    wait_until(lambda: not any(waiting(product).values()))
    (mail,) = product.folder.mails.glob("*.eml")
    message = message_from_bytes(mail.read_bytes(), policy=policy.default)
    assert message["Subject"] == f"[ALERT] Email Processing Failed - ID {jobs[1]}"
    assert f"https://matcher.example/api/v1/jobs/{jobs[1]}" in message.get_content()


def test_a_worker_killed_in_the_middle_of_a_job_leaves_one_result(
    api: ApiClient, product: Platform, sql: Connection
) -> None:
    api.post("/api/v1/inquiries", [inquiry(5)])
    with sql.begin():
        sql.execute(text("INSERT INTO claims (inquiry_id) VALUES ('inq-e2e-5')"))
        job = deliver(api, reply(5))
        wait_until(lambda: blocked_backends(sql) == 1)
        assert job_when(api, job, "processing")["attempts"]
        kill(product, "worker")
        sql.execute(text("DELETE FROM claims WHERE inquiry_id = 'inq-e2e-5'"))
    done = job_when(api, job, "completed", "failed", seconds=60)
    assert (done["processing_status"], done["match_status"]) == ("completed", "auto_matched")
    revisions = "SELECT count(*) FROM claim_revisions WHERE inquiry_id = 'inq-e2e-5'"
    assert sql.execute(text(revisions)).scalar_one() == 1
    assert len(done["attempts"]) == 2
    wait_until(lambda: not any(waiting(product).values()))


@pytest.mark.usefixtures("no_waiting")
def test_a_message_that_nobody_can_handle_passes_both_redrives_and_is_parked(
    product: Platform,
) -> None:
    jobs, parking = (product.stack.outputs[name] for name in ("JobsQueueUrl", "ParkingQueueUrl"))
    product.cloud.sqs.send_message(QueueUrl=jobs, MessageBody="This names no job.")
    wait_until(lambda: waiting(product)["ParkingQueueUrl"] == 1)
    assert sum(waiting(product).values()) == 1
    received = product.cloud.sqs.receive_message(
        QueueUrl=parking, MessageSystemAttributeNames=["All"]
    )["Messages"]
    (parked,) = received
    assert parked["Body"] == "This names no job."
    assert parked["Attributes"]["ApproximateReceiveCount"] == "26"
    product.cloud.sqs.delete_message(QueueUrl=parking, ReceiptHandle=parked["ReceiptHandle"])


def test_an_api_that_dies_while_it_answers_is_503_with_retry_after(
    api: ApiClient, product: Platform, sql: Connection
) -> None:
    answers: list[Any] = []
    with sql.begin():
        sql.execute(text("LOCK TABLE jobs IN ACCESS EXCLUSIVE MODE"))
        caller = Thread(target=lambda: answers.append(api.attempt(reply(6), WEBHOOK_SECRET)))
        caller.start()
        wait_until(lambda: blocked_backends(sql) == 1)
        kill(product, "api")
        caller.join()
    (answer,) = answers
    assert (answer.status, answer.headers["Retry-After"]) == (503, "20")
    assert deliver(api, reply(6))


def test_a_triggered_reconciliation_runs_and_reports(api: ApiClient) -> None:
    run = api.post("/api/v1/admin/reconciliation/trigger", {})["run_id"]

    def finished() -> bool:
        reports = api.get("/api/v1/admin/reconciliation/reports")["reports"]
        return any(one["run_id"] == run and one["status"] == "finished" for one in reports)

    wait_until(finished)


def test_one_correlation_id_leads_from_the_webhook_to_the_email(
    api: ApiClient, product: Platform
) -> None:
    job = job_when(api, deliver(api, encrypted(9)), "failed")
    correlation_id = job["correlation_id"]

    def of_this_job() -> list[str]:
        mails = [mail.read_text() for mail in product.folder.mails.glob("*.eml")]
        return [mail for mail in mails if f"ID {job['id']}\n" in mail]

    wait_until(lambda: bool(of_this_job()))
    [mail] = of_this_job()
    assert f"correlation_id {correlation_id}" in mail
    events = {
        json.loads(line)["message"]
        for label in ("api", "worker", "notifier")
        for line in (product.folder.logs / f"{label}.log").read_text().splitlines()
        if f'"correlation_id":"{correlation_id}"' in line
    }
    assert {"webhook.accepted", "job.failed", "notification.sent"} <= events


def test_a_client_is_erased_by_the_command_and_the_certificate_is_kept(
    api: ApiClient,
    product: Platform,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    api.post("/api/v1/inquiries", [inquiry(9) | {"client_name": "Quast, Ottilie"}])
    mail = reply(9)
    mail["body_text"] = mail["body_text"].replace("Jürgen Brandt9", "Ottilie Quast")
    job = job_when(api, deliver(api, mail), "completed")["id"]
    arguments = ["--endpoint", product.invoke_address, "--reference", "2026-9", "--by-name"]
    arguments += ["--function", product.stack.outputs["EraserName"]]
    arguments += ["--certificates", str(tmp_path)]

    def command(*more: str) -> str:
        monkeypatch.setattr("sys.stdin", StringIO("Ottilie Quast\n"))
        assert erasure.main([*arguments, *more]) == 0
        return capsys.readouterr().out

    plan = command()
    assert api.get(f"/api/v1/jobs/{job}")["content_erased_at"] is None
    told = command("--plan", plan.split()[-1])
    assert told.startswith("Löschbescheinigung zum Vorgang 2026-9")
    gone = api.get(f"/api/v1/jobs/{job}")
    assert (gone["erasure_cause"], gone["subject"]) == ("request", None)
    (certificate,) = tmp_path.glob("*.json")
    digest = hashlib.sha256(certificate.read_bytes()).hexdigest()
    assert f"SHA-256 dieser Bescheinigung: {digest}" in told
    assert command().startswith(f"There is nothing to erase. Earlier: {certificate}")


def test_no_log_tells_what_a_mail_said(api: ApiClient, product: Platform) -> None:
    canary = "Kanarienvogel"
    mails = [
        reply(7, from_name=canary, subject=canary, from_email=f"{canary}@ostufer7.example"),
        encrypted(8) | {"from_name": canary, "from_email": f"{canary}@ostufer8.example"},
    ]
    for mail in mails:
        mail["body_text"] += f"\n{canary}"
        job_when(api, deliver(api, mail), "completed", "failed")
    logs = {log.name: log.read_text() for log in product.folder.logs.glob("*.log")}
    assert {"api.log", "worker.log", "notifier.log", "gateway.log"} <= set(logs)
    assert not [name for name, content in logs.items() if canary.lower() in content.lower()]
