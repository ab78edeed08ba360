"""The API's handler over a real PostgreSQL, with moto in the place of AWS."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from functions.api.composition import compose_handler
from functions.api.parts import Parts
from functions.api.settings import ApiSettings
from shared.settings import DatabaseSettings
from tests.functions.api.calls import SECRET, Api
from tests.functions.api.surroundings import Aws, Clock, api_settings, composed_parts, event_loop


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
    """The production's numbers, with a database of the test's own."""
    own = {"database_port", "database_name", "database_user"}
    return api_settings(aws, **database_settings.model_dump(include=own))


@pytest.fixture
def stranded_settings(aws: Aws) -> ApiSettings:
    """The same, with nothing where the database should be."""
    return api_settings(aws, database_port=1, database_name="none", database_user="nobody")


@pytest.fixture
def parts(settings: ApiSettings, clock: Clock) -> Iterator[Parts]:
    with composed_parts(settings, clock) as parts:
        yield parts


@pytest.fixture
def api(parts: Parts) -> Api:
    return Api(compose_handler(parts))


@pytest.fixture
def stranded_api(stranded_settings: ApiSettings, clock: Clock) -> Iterator[Api]:
    """An API without a database: whatever it answers but 503 was decided without asking it."""
    with composed_parts(stranded_settings, clock) as parts:
        yield Api(compose_handler(parts))


@pytest.fixture
def log(parts: Parts) -> io.StringIO:
    """What the API's logger writes."""
    stream: io.StringIO = parts.logger.registered_handler.stream  # type: ignore[attr-defined]
    return stream
