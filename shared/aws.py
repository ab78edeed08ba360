"""Clients of AWS services that answer in time or not at all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import boto3
from botocore.config import Config


def aws_client(
    service: str,
    call_timeout: timedelta,
    *,
    region: str | None = None,
    connect_timeout: timedelta | None = None,
) -> Any:  # noqa: ANN401  # boto3 makes them.
    """A client that tries each call once: whoever calls knows better when to try again.

    A call that the service carried out, but whose answer was lost, would be carried out twice.
    Without a `region` it is the function's own; connecting may take as long as a call, or less.
    """
    connect_seconds = (connect_timeout or call_timeout).total_seconds()
    return boto3.client(  # type: ignore[call-overload]  # The services are named one by one.
        service,
        region_name=region,
        config=Config(
            connect_timeout=connect_seconds,
            read_timeout=call_timeout.total_seconds(),
            retries={"total_max_attempts": 1},
        ),
    )
