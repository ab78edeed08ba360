"""The API's handler over a real PostgreSQL, with moto in the place of AWS."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from functions.api.composition import compose_handler, compose_parts
from functions.api.parts import Parts
from functions.api.settings import ApiSettings
from shared.settings import DatabaseSettings
from tests.functions.api.calls import SECRET, Api
from tests.functions.api.surroundings import Aws, Clock, event_loop

RECONCILER = "reconciler"


@pytest.fixture(autouse=True)
def _event_loop() -> Iterator[None]:
    with event_loop():
        yield


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Aws]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    with mock_aws():
        queue = boto3.client("sqs").create_queue(QueueName="jobs")
        secret = boto3.client("secretsmanager").create_secret(
            Name="webhook", SecretString=json.dumps({"secrets": [SECRET]})
        )
        yield Aws(queue["QueueUrl"], secret["ARN"])


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(aws: Aws, database_settings: DatabaseSettings) -> ApiSettings:
    fields = database_settings.model_dump() | {
        "database_connect_timeout_seconds": 3,
        "database_statement_timeout_seconds": 2,
        "database_lock_timeout_seconds": 1,
        "stage": "local",
        "log_level": "INFO",
        "jobs_queue_url": aws.queue_url,
        "reconciler_function_name": RECONCILER,
        "webhook_secret_arn": aws.secret_arn,
        "webhook_max_bytes": 1_048_576,
        "webhook_timestamp_window_seconds": 300,
        "aws_call_timeout_seconds": 1,
        "reconciliation_lease_seconds": 120,
    }
    return ApiSettings(**fields)


@pytest.fixture
def parts(settings: ApiSettings, clock: Clock) -> Iterator[Parts]:
    parts = compose_parts(settings, clock=clock)
    yield parts
    parts.database.dispose()


@pytest.fixture
def api(parts: Parts) -> Api:
    return Api(compose_handler(parts))


@pytest.fixture
def log(parts: Parts) -> io.StringIO:
    """What the API's logger writes."""
    stream = io.StringIO()
    parts.logger.registered_handler.setStream(stream)  # type: ignore[attr-defined]
    return stream
