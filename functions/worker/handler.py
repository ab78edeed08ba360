"""AWS in, AWS out: a batch of SQS records becomes jobs done or messages that come back."""

from __future__ import annotations

from functools import cache
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.worker.composition import Worker, compose
from functions.worker.settings import WorkerSettings
from shared.postgres.database import Database, open_database
from shared.snapshots import around_snapshots


@cache
def _database() -> Database:
    return open_database(WorkerSettings())


@cache
def _composed() -> Worker:
    return compose(WorkerSettings(), _database())


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Lambda calls this; the first call of a container puts everything together."""
    return _composed()(event, context)


around_snapshots(prepare=_composed, let_go=lambda: _database().dispose())
