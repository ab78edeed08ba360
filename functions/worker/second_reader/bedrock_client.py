"""The client of Amazon Bedrock's runtime, which answers in time or not at all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from shared.aws import aws_client

_LONGEST_CONNECT = timedelta(seconds=3)


def bedrock_client(region: str, call_timeout: timedelta) -> Any:  # noqa: ANN401  # boto3 makes it.
    """A client for `region` that tries once: the job's own attempts are the retries.

    boto3 would otherwise wait a minute for an answer and ask, and pay, up to five times.
    """
    connect_timeout = min(call_timeout, _LONGEST_CONNECT)
    return aws_client(
        "bedrock-runtime", call_timeout, region=region, connect_timeout=connect_timeout
    )
