"""Starts the reconciler function without waiting for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from shared.domain.errors import ReconcilerUnavailable


def reconciler_invocation(client: Any, function_name: str) -> Callable[[int], None]:  # noqa: ANN401
    """A function that takes a run's id; `client` is boto3's for Lambda.

    It raises ReconcilerUnavailable if Lambda does not take the event.
    """

    def start(run_id: int) -> None:
        payload = json.dumps({"run_id": run_id}).encode()
        try:
            client.invoke(FunctionName=function_name, InvocationType="Event", Payload=payload)
        except (BotoCoreError, ClientError) as error:
            raise ReconcilerUnavailable from error

    return start
