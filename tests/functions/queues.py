"""Queues in moto, seen as Lambda's event-source mapping sees them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from infra.local.sqs_event import sqs_event

LogOf = Callable[[str], io.StringIO]


@dataclass(frozen=True)
class Queues:
    """The jobs queue and the dead-letter queue, by URL."""

    client: Any
    jobs: str
    dead_letters: str

    def send(self, url: str, job_id: int, run: int = 1) -> None:
        self.client.send_message(
            QueueUrl=url, MessageBody=json.dumps({"job_id": job_id, "run": run})
        )

    def event(self, url: str) -> dict[str, Any]:
        """The event that Lambda makes of what is in the queue now."""
        received = self.client.receive_message(
            QueueUrl=url,
            MaxNumberOfMessages=10,
            AttributeNames=["All"],
            MessageAttributeNames=["All"],
        )
        arn = f"arn:aws:sqs:eu-central-1:123456789012:{url.rpartition('/')[2]}"
        return sqs_event(received.get("Messages", []), arn, "eu-central-1")

    def waiting(self, url: str) -> list[dict[str, Any]]:
        """The visible messages' bodies, taken out of the queue."""
        return [json.loads(record["body"]) for record in self.event(url)["Records"]]


@dataclass
class Context:
    """Lambda's context with so many seconds left."""

    seconds_left: float = 60
    function_name: str = "function"
    memory_limit_in_mb: int = 1024
    invoked_function_arn: str = "arn:aws:lambda:eu-central-1:123456789012:function:function"
    aws_request_id: str = "request"

    def get_remaining_time_in_millis(self) -> int:
        return int(self.seconds_left * 1000)
