"""moto's queues for the handlers that SQS calls."""

from __future__ import annotations

import io
from collections.abc import Iterator

import boto3
import pytest
from aws_lambda_powertools import Logger
from moto import mock_aws

from shared.settings import DatabaseSettings
from tests.functions.queues import LogOf, Queues


@pytest.fixture
def queues(monkeypatch: pytest.MonkeyPatch) -> Iterator[Queues]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    with mock_aws():
        sqs = boto3.client("sqs")
        jobs, dead = (
            sqs.create_queue(QueueName=name, Attributes={"VisibilityTimeout": "30"})["QueueUrl"]
            for name in ("jobs", "dead-letters")
        )
        yield Queues(sqs, jobs, dead)


@pytest.fixture
def log_of() -> LogOf:
    """What the logger of a function writes from now on."""

    def log_of(service: str) -> io.StringIO:
        stream = io.StringIO()
        Logger(service=service).registered_handler.setStream(stream)  # type: ignore[attr-defined]
        return stream

    return log_of


@pytest.fixture(autouse=True)
def _loggers_outlive_no_stream(log_of: LogOf) -> None:
    """A logger is made once per process; none may keep the stream that a test captures."""
    for service in ("worker", "notifier", "reconciler", "migrator"):
        log_of(service)


@pytest.fixture
def common_settings(database_settings: DatabaseSettings, queues: Queues) -> dict[str, object]:
    """What every function's settings have in common."""
    return database_settings.model_dump() | {
        "stage": "local",
        "log_level": "INFO",
        "jobs_queue_url": queues.jobs,
        "dead_letter_queue_url": queues.dead_letters,
    }
