"""The client of Amazon Bedrock's runtime, which answers in time or not at all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import boto3
from botocore.config import Config


def bedrock_client(region: str, call_timeout: timedelta) -> Any:  # noqa: ANN401  # boto3 makes it.
    """A client for `region` that tries once: the job's own attempts are the retries.

    boto3 would otherwise wait a minute for an answer and ask, and pay, up to five times.
    """
    seconds = call_timeout.total_seconds()
    return boto3.client(
        "bedrock-runtime",
        region_name=region,
        config=Config(
            connect_timeout=min(seconds, 3), read_timeout=seconds, retries={"total_max_attempts": 1}
        ),
    )
