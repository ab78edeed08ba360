"""Queues and functions: what an event-source mapping hands over, keeps and gives up."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mypy_boto3_sqs.type_defs import SendMessageBatchRequestEntryTypeDef

from infra.local.platform import Platform
from tests.e2e.waiting import wait_until

Deliveries = Callable[[str], list[dict[str, Any]]]


@pytest.fixture
def deliveries(toy: Platform) -> Deliveries:
    """Returns every record that a function was given so far, with the process that got it."""

    def read(label: str) -> list[dict[str, Any]]:
        path = Path(toy.functions[label].function.variables["RECORD"])
        lines = path.read_text().splitlines() if path.exists() else []
        batches = [json.loads(line) for line in lines]
        return [
            record | {"pid": batch["pid"], "batch": number}
            for number, batch in enumerate(batches)
            for record in batch["event"]["Records"]
        ]

    return read


def send(toy: Platform, queue: str, *bodies: str) -> list[str]:
    url = toy.stack.outputs[f"{queue}Url"]
    entries: list[SendMessageBatchRequestEntryTypeDef] = [
        {"Id": str(number), "MessageBody": body} for number, body in enumerate(bodies)
    ]
    toy.cloud.sqs.send_message_batch(QueueUrl=url, Entries=entries)
    return list(bodies)


def held(toy: Platform, queue: str) -> int:
    return toy.cloud.messages_in(toy.stack.outputs[f"{queue}Url"])


def parked(toy: Platform) -> list[str]:
    url = toy.stack.outputs["ParkingUrl"]
    received = toy.cloud.sqs.receive_message(
        QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=0
    )
    return [message["Body"] for message in received.get("Messages", [])]


def of(records: list[dict[str, Any]], body: str) -> list[dict[str, Any]]:
    return [record for record in records if record["body"] == body]


def test_a_message_arrives_as_lambda_shapes_it(toy: Platform, deliveries: Deliveries) -> None:
    toy.cloud.sqs.send_message(
        QueueUrl=toy.stack.outputs["JobsUrl"],
        MessageBody="shape",
        MessageAttributes={"kind": {"DataType": "String", "StringValue": "test"}},
    )
    wait_until(lambda: bool(of(deliveries("worker"), "shape")))
    (record,) = of(deliveries("worker"), "shape")
    assert set(record) - {"pid", "batch"} == {
        *("messageId", "receiptHandle", "body", "attributes", "messageAttributes"),
        *("md5OfBody", "eventSource", "eventSourceARN", "awsRegion"),
    }
    assert record["eventSource"] == "aws:sqs"
    assert (
        record["eventSourceARN"].rpartition(":")[2].startswith("creditor-mail-service-local-Jobs")
    )
    assert record["attributes"]["ApproximateReceiveCount"] == "1"
    assert {"SentTimestamp", "SenderId", "ApproximateFirstReceiveTimestamp"} <= set(
        record["attributes"]
    )
    assert record["messageAttributes"]["kind"]["stringValue"] == "test"


def test_messages_come_in_batches_and_are_deleted_once_done(
    toy: Platform, deliveries: Deliveries
) -> None:
    bodies = send(toy, "Jobs", *(f"batch {number}" for number in range(10)))
    wait_until(lambda: held(toy, "Jobs") == 0)
    arrived = [record for record in deliveries("worker") if record["body"] in bodies]
    assert sorted(record["body"] for record in arrived) == sorted(bodies)
    assert len({record["batch"] for record in arrived}) == 1


def test_only_the_reported_message_comes_back_until_it_is_redriven(
    toy: Platform, deliveries: Deliveries
) -> None:
    send(toy, "Jobs", "good", "fail", "also good")
    wait_until(lambda: bool(of(deliveries("notifier"), "fail")))
    records = deliveries("worker")
    assert [len(of(records, body)) for body in ("good", "fail", "also good")] == [1, 2, 1]
    counts = [record["attributes"]["ApproximateReceiveCount"] for record in of(records, "fail")]
    assert counts == ["1", "2"]


def test_a_message_that_nobody_can_handle_ends_in_the_parking_queue(
    toy: Platform, deliveries: Deliveries
) -> None:
    send(toy, "Jobs", "raise")
    wait_until(lambda: "raise" in parked(toy))
    assert len(of(deliveries("worker"), "raise")) == 2
    assert len(of(deliveries("notifier"), "raise")) == 2
    assert held(toy, "Jobs") == held(toy, "Dead") == 0


@pytest.mark.parametrize("body", ["nonsense", "not a word"])
def test_an_answer_that_is_no_answer_fails_the_whole_batch(
    toy: Platform, deliveries: Deliveries, body: str
) -> None:
    neighbour = f"neighbour of {body}"
    send(toy, "Jobs", body, neighbour)
    wait_until(lambda: len(of(deliveries("worker"), neighbour)) == 2)
    batches = {record["batch"] for record in of(deliveries("worker"), neighbour)}
    assert batches <= {record["batch"] for record in of(deliveries("worker"), body)}


def test_without_the_flag_a_reported_failure_is_deleted_all_the_same(
    toy: Platform, deliveries: Deliveries
) -> None:
    send(toy, "Trust", "fail")
    wait_until(lambda: bool(of(deliveries("trusting"), "fail")))
    wait_until(lambda: held(toy, "Trust") == 0)
    assert len(of(deliveries("trusting"), "fail")) == 1


def test_a_killed_workers_message_comes_back_after_its_visibility(
    toy: Platform, deliveries: Deliveries
) -> None:
    send(toy, "Jobs", "wait")
    wait_until(lambda: bool(of(deliveries("worker"), "wait")))
    killed = int((toy.folder.run / "worker.pid").read_text())
    os.kill(killed, signal.SIGKILL)
    Path(toy.functions["worker"].function.variables["RECORD"]).with_name("go on").touch()
    wait_until(lambda: held(toy, "Jobs") == 0)
    first, second = of(deliveries("worker"), "wait")
    assert first["pid"] == killed != second["pid"]
    assert second["attributes"]["ApproximateReceiveCount"] == "2"


def test_moto_itself_never_invokes_a_function(toy: Platform) -> None:
    mappings = toy.cloud.functions.list_event_source_mappings()["EventSourceMappings"]
    assert len(mappings) == 3
    assert {mapping["State"] for mapping in mappings} == {"Disabled"}
