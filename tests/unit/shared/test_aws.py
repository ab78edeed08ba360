"""A client costs nothing before it is used, and is made once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from botocore.exceptions import NoRegionError

from shared.aws import aws_client


@pytest.fixture(autouse=True)
def _no_credentials_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "none")


def test_a_client_is_made_at_its_first_call(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_DEFAULT_REGION", "AWS_REGION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nonexistent")
    client = aws_client("sqs", timedelta(seconds=2))
    with pytest.raises(NoRegionError):
        client.send_message(QueueUrl="", MessageBody="")


def test_a_client_is_made_once_and_waits_no_longer_than_it_was_told() -> None:
    client = aws_client("sqs", timedelta(seconds=2), region="eu-central-1")
    assert client.meta is client.meta
    assert client.meta.config.connect_timeout == client.meta.config.read_timeout == 2
    assert client.meta.config.retries["total_max_attempts"] == 1
