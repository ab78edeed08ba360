from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.messages import JobMessage


@given(st.integers(1, 2**63 - 1), st.integers(1, 2**31))
def test_a_message_is_read_as_it_was_written(job_id: int, run: int) -> None:
    message = JobMessage(job_id=job_id, run=run)
    assert JobMessage.from_json(message.to_json()) == message


def test_a_message_holds_ids_and_nothing_else() -> None:
    assert json.loads(JobMessage(job_id=7, run=1).to_json()) == {"job_id": 7, "run": 1}


def test_the_correlation_id_comes_beside_the_body() -> None:
    attribute = {"correlation_id": {"dataType": "String", "stringValue": "gateway-request"}}
    record = {"body": '{"job_id": 7, "run": 1}', "messageAttributes": attribute}
    assert JobMessage.from_record(record).correlation_id == "gateway-request"


@pytest.mark.parametrize("rest", [{}, {"messageAttributes": {}}])
def test_a_message_of_an_older_release_is_read_without_one(rest: dict[str, object]) -> None:
    record = {"body": '{"job_id": 7, "run": 1, "added_later": true}'} | rest
    message = JobMessage.from_record(record)
    assert (message, message.correlation_id) == (JobMessage(7, 1), None)


def test_a_message_with_and_without_its_correlation_id_is_about_the_same_run() -> None:
    assert JobMessage(7, 1, "gateway-request") == JobMessage(7, 1)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "no json",
        "[]",
        "null",
        "7",
        "[" * 100_000,
        '{"job_id": 7}',
        '{"job_id": "7", "run": 1}',
        '{"job_id": 7.0, "run": 1}',
        '{"job_id": true, "run": 1}',
        '{"job_id": 0, "run": 1}',
        '{"job_id": 9223372036854775808, "run": 1}',
    ],
)
def test_anything_else_is_no_message(body: str) -> None:
    with pytest.raises(ValueError, match="job_id"):
        JobMessage.from_json(body)
