"""The second reader's client over HTTP: one call, one answer, in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from functions.worker.second_reader import BedrockReader, bedrock_client
from shared.domain.errors import ModelUnavailable
from tests.bedrock import BUDGET, MAIL, MODEL, a_service, answer, call
from tests.factories import a_reply


@pytest.fixture
def reader_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], BedrockReader]:
    def build(address: str) -> BedrockReader:
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            monkeypatch.setenv(name, "testing")
        monkeypatch.setenv("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", address)
        client = bedrock_client("eu-central-1", timedelta(seconds=0.5))
        return BedrockReader(client, model_id=MODEL, budget=BUDGET)

    return build


def test_an_answer_over_the_wire_is_read_and_the_mail_is_in_the_message(
    reader_at: Callable[[str], BedrockReader],
) -> None:
    with a_service(200, answer("tool_use", call())) as (address, got):
        found = reader_at(address).read(a_reply(body_text=MAIL))
    assert found
    assert found.debt_amount == Decimal("1120.50")
    assert "1.120,50 EUR" in got[0]["messages"][0]["content"][0]["text"]


def test_a_throttled_call_is_made_once(reader_at: Callable[[str], BedrockReader]) -> None:
    throttled = {"__type": "ThrottlingException", "message": "Too many tokens"}
    with a_service(429, throttled) as (address, got):
        with pytest.raises(ModelUnavailable, match="ThrottlingException"):
            reader_at(address).read(a_reply(body_text=MAIL))
        assert len(got) == 1


def test_a_model_that_takes_too_long_is_unavailable(
    reader_at: Callable[[str], BedrockReader],
) -> None:
    with (
        a_service(200, answer("tool_use", call()), delay=0.8) as (address, _),
        pytest.raises(ModelUnavailable),
    ):
        reader_at(address).read(a_reply(body_text=MAIL))
