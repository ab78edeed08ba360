"""The event that Lambda makes of SQS messages, and what it reads in the function's answer.

Shapes: docs.aws.amazon.com/lambda/latest/dg/with-sqs.html and services-sqs-errorhandling.html
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from typing import Any

_EMPTY: tuple[object, ...] = (None, {}, [], "")


def sqs_event(messages: Iterable[Mapping[str, Any]], queue_arn: str, region: str) -> dict[str, Any]:
    """Returns the event for messages as ReceiveMessage gives them."""
    return {"Records": [_record(message, queue_arn, region) for message in messages]}


def failed_messages(result: object, messages: Mapping[str, str], *, reported: bool) -> set[str]:
    """Returns the ids that are to stay in the queue after an invocation that did not raise.

    `messages` maps message id to receipt handle. An answer that can't be understood fails the
    whole batch; without `reported` (`ReportBatchItemFailures`) nothing is read and all is done.
    """
    if not reported or result in _EMPTY:
        return set()
    everything = set(messages)
    if not isinstance(result, dict) or "batchItemFailures" not in result:
        return everything
    failures = result["batchItemFailures"]
    if failures in _EMPTY:
        return set()
    if not isinstance(failures, list):
        return everything
    failed = {
        str(failure.get("itemIdentifier") if isinstance(failure, dict) else failure)
        for failure in failures
    }
    unknown = failed - everything
    return everything if unknown else failed


def _record(message: Mapping[str, Any], queue_arn: str, region: str) -> dict[str, Any]:
    attributes = message.get("MessageAttributes", {}).items()
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": message.get("Attributes", {}),
        "messageAttributes": {name: _attribute(value) for name, value in attributes},
        "md5OfBody": message["MD5OfBody"],
        "eventSource": "aws:sqs",
        "eventSourceARN": queue_arn,
        "awsRegion": region,
    }


def _attribute(value: Mapping[str, Any]) -> dict[str, Any]:
    shaped: dict[str, Any] = {
        "stringListValues": [],
        "binaryListValues": [],
        "dataType": value["DataType"],
    }
    if "StringValue" in value:
        shaped["stringValue"] = value["StringValue"]
    if "BinaryValue" in value:
        shaped["binaryValue"] = base64.b64encode(value["BinaryValue"]).decode()
    return shaped
