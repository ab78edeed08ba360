"""Feeds a function from a queue, as a Lambda event-source mapping does."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from infra.local.cloud import Cloud
from infra.local.errors import InvocationFailed
from infra.local.running_function import RunningFunction
from infra.local.service_stack import Mapping
from infra.local.sqs_event import failed_messages, sqs_event

_LONG_POLL_SECONDS = 1
_MOST_PER_RECEIVE = 10
_PAUSE_IN_A_WINDOW_SECONDS = 0.05
_PAUSE_AFTER_AN_ERROR_SECONDS = 1


class EventSource:
    """Polls until stopped; the queue's own visibility hides what the function has in hand.

    Nothing is made visible again here: a failed message comes back when its visibility ends, and
    the queue's redrive policy moves it on when it has come back too often.
    """

    def __init__(self, cloud: Cloud, mapping: Mapping, function: RunningFunction) -> None:
        self._cloud = cloud
        self._mapping = mapping
        self._function = function
        name = mapping.queue_arn.rpartition(":")[2]
        self._url = cloud.sqs.get_queue_url(QueueName=name)["QueueUrl"]
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._poll, daemon=True, name=f"feeds {name}")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Takes no further batch; the one in hand ends when the function does."""
        self._stopping.set()

    def join(self) -> None:
        self._thread.join()

    def _poll(self) -> None:
        while not self._stopping.is_set():
            try:
                batch = self._batch()
                if batch and not self._stopping.is_set():
                    self._hand_over(batch)
            except (BotoCoreError, ClientError):
                self._stopping.wait(_PAUSE_AFTER_AN_ERROR_SECONDS)

    def _batch(self) -> list[dict[str, Any]]:
        size = self._mapping.batch_size
        batch = self._receive(size, _LONG_POLL_SECONDS)
        closes = time.monotonic() + self._mapping.window.total_seconds()
        while batch and len(batch) < size and time.monotonic() < closes:
            batch += self._receive(size - len(batch), 0)
            self._stopping.wait(_PAUSE_IN_A_WINDOW_SECONDS)
        return batch

    def _receive(self, most: int, wait_seconds: int) -> list[dict[str, Any]]:
        received = self._cloud.sqs.receive_message(
            QueueUrl=self._url,
            MaxNumberOfMessages=min(most, _MOST_PER_RECEIVE),
            WaitTimeSeconds=wait_seconds,
            MessageSystemAttributeNames=["All"],
            MessageAttributeNames=["All"],
        )
        return [dict(message) for message in received.get("Messages", [])]

    def _hand_over(self, batch: list[dict[str, Any]]) -> None:
        handles = {message["MessageId"]: message["ReceiptHandle"] for message in batch}
        event = sqs_event(batch, self._mapping.queue_arn, self._cloud.region)
        try:
            result = self._function.invoke(event)
        except InvocationFailed:
            return
        failed = failed_messages(result, handles, reported=self._mapping.reports_failures)
        for message_id, handle in handles.items():
            if message_id not in failed:
                with suppress(ClientError):  # Its visibility ended: another receive has it by now.
                    self._cloud.sqs.delete_message(QueueUrl=self._url, ReceiptHandle=handle)
