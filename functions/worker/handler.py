"""AWS in, AWS out: a batch of SQS records becomes jobs done or messages that come back."""

from __future__ import annotations

from functools import cache
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.worker.composition import Worker, compose
from functions.worker.settings import WorkerSettings
from shared.postgres.database import open_database


@cache
def _composed() -> Worker:
    settings = WorkerSettings()
    return compose(settings, open_database(settings))


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Lambda calls this; the first call of a container puts everything together."""
    return _composed()(event, context)
