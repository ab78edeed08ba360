"""Sending job messages to a queue, and telling the queue when one should come back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from math import ceil
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from shared.domain.errors import QueueUnavailable
from shared.messages import CORRELATION_ID, JobMessage

ENTRIES_PER_BATCH = 10
"""SQS takes this many messages in one call."""
LONGEST_VISIBILITY = timedelta(hours=11)
"""SQS refuses a visibility that would end later than 12 hours after the message's receipt."""


class JobQueue:
    """One SQS queue of job messages."""

    def __init__(self, client: Any, url: str) -> None:  # noqa: ANN401  # boto3 makes its clients.
        self._client = client
        self._url = url

    def send(self, message: JobMessage) -> None:
        """Raises QueueUnavailable unless SQS has taken the message."""
        try:
            self._client.send_message(QueueUrl=self._url, **_entry(message))
        except (BotoCoreError, ClientError) as error:
            raise QueueUnavailable from error

    def send_all(self, messages: Sequence[JobMessage]) -> tuple[JobMessage, ...]:
        """Sends in batches and returns the messages that SQS refused."""
        refused: list[JobMessage] = []
        for start in range(0, len(messages), ENTRIES_PER_BATCH):
            refused += self._send_batch(messages[start : start + ENTRIES_PER_BATCH])
        return tuple(refused)

    def bring_back(self, receipt_handle: str, wait: timedelta) -> None:
        """Makes a received message visible again after `wait`. Raises QueueUnavailable."""
        seconds = min(wait, LONGEST_VISIBILITY).total_seconds()
        try:
            self._client.change_message_visibility(
                QueueUrl=self._url,
                ReceiptHandle=receipt_handle,
                VisibilityTimeout=max(0, ceil(seconds)),
            )
        except (BotoCoreError, ClientError) as error:
            raise QueueUnavailable from error

    def _send_batch(self, messages: Sequence[JobMessage]) -> list[JobMessage]:
        entries = [
            {"Id": str(number), **_entry(message)} for number, message in enumerate(messages)
        ]
        try:
            answer = self._client.send_message_batch(QueueUrl=self._url, Entries=entries)
        except (BotoCoreError, ClientError):
            return list(messages)
        return [messages[int(entry["Id"])] for entry in answer.get("Failed", [])]


def _entry(message: JobMessage) -> dict[str, Any]:
    entry: dict[str, Any] = {"MessageBody": message.to_json()}
    if message.correlation_id:
        value = {"DataType": "String", "StringValue": message.correlation_id}
        entry["MessageAttributes"] = {CORRELATION_ID: value}
    return entry
