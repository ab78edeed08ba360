"""What is around the API in a test: a clock that stands, and moto's AWS."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import boto3

from functions.api.composition import compose_parts
from functions.api.parts import Parts
from functions.api.settings import ApiSettings


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 8, 15, 35, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True)
class Aws:
    """The queue and the secret that the API was told of."""

    queue_url: str
    secret_arn: str

    def messages(self) -> list[dict[str, Any]]:
        """What is in the queue, taken out of it."""
        received = boto3.client("sqs").receive_message(
            QueueUrl=self.queue_url, MaxNumberOfMessages=10, MessageAttributeNames=["All"]
        )
        return [json.loads(message["Body"]) for message in received.get("Messages", [])]

    def set_secret(self, value: object) -> None:
        text = value if isinstance(value, str) else json.dumps(value)
        boto3.client("secretsmanager").put_secret_value(SecretId=self.secret_arn, SecretString=text)

    def refuse_messages(self) -> None:
        boto3.client("sqs").delete_queue(QueueUrl=self.queue_url)


def api_settings(aws: Aws, **database: object) -> ApiSettings:
    """The production's numbers."""
    fields: dict[str, Any] = {
        "stage": "local",
        "log_level": "INFO",
        "database_host": "127.0.0.1",
        "database_tls": "off",
        "database_auth": "trust",
        "database_pool": "one",
        "database_connect_timeout_seconds": 3,
        "database_statement_timeout_seconds": 2,
        "database_lock_timeout_seconds": 1,
        "jobs_queue_url": aws.queue_url,
        "reconciler_function_name": "reconciler",
        "webhook_secret_arn": aws.secret_arn,
        "webhook_max_bytes": 1_048_576,
        "webhook_timestamp_window_seconds": 300,
        "aws_call_timeout_seconds": 1,
        "reconciliation_lease_seconds": 120,
    }
    return ApiSettings(**fields | database)


@contextmanager
def composed_parts(settings: ApiSettings, clock: Clock) -> Iterator[Parts]:
    """The real parts; the logger, one for the whole process, writes into a stream of their own."""
    parts = compose_parts(settings, clock=clock)
    parts.logger.registered_handler.setStream(io.StringIO())  # type: ignore[attr-defined]
    yield parts
    parts.database.dispose()


@contextmanager
def event_loop() -> Iterator[None]:
    """The thread's event loop, on which Mangum runs the application."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    yield
    asyncio.set_event_loop(None)
    loop.close()
