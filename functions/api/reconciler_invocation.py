"""Starts the reconciler function without waiting for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from shared.domain.errors import ReconcilerUnavailable


def reconciler_invocation(invoke: Callable[..., Any], function_name: str) -> Callable[[int], None]:
    """A function that takes a run's id; `invoke` is the Lambda client's method.

    It raises ReconcilerUnavailable if Lambda does not take the event.
    """

    def start(run_id: int) -> None:
        payload = json.dumps({"run_id": run_id}).encode()
        try:
            invoke(FunctionName=function_name, InvocationType="Event", Payload=payload)
        except (BotoCoreError, ClientError) as error:
            raise ReconcilerUnavailable from error

    return start
