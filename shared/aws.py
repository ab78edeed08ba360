"""Clients of AWS services that are made when needed, and answer in time or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import cached_property
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

    It is made at its first call, which takes up to a tenth of a second: most containers of most
    functions never make one.
    A call that the service carried out, but whose answer was lost, would be carried out twice.
    Without a `region` it is the function's own; connecting may take as long as a call, or less.
    """
    connect_seconds = (connect_timeout or call_timeout).total_seconds()
    config = Config(
        connect_timeout=connect_seconds,
        read_timeout=call_timeout.total_seconds(),
        retries={"total_max_attempts": 1},
    )
    make: Callable[..., Any] = boto3.client
    return _ClientWhenNeeded(lambda: make(service, region_name=region, config=config))


class _ClientWhenNeeded:
    """Has the attributes of the client that it makes when the first of them is asked for."""

    def __init__(self, make: Callable[[], object]) -> None:
        self._make = make

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # boto3 makes them.
        return getattr(self._client, name)

    @cached_property
    def _client(self) -> object:
        return self._make()
