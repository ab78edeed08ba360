"""AWS in, AWS out: an invocation, by the schedule or an operator, becomes one run."""

from __future__ import annotations

from functools import cache
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.reconciler.composition import Reconciler, compose
from functions.reconciler.settings import ReconcilerSettings
from shared.postgres.database import Database, open_database
from shared.snapshots import around_snapshots


@cache
def _database() -> Database:
    return open_database(ReconcilerSettings())


@cache
def _composed() -> Reconciler:
    return compose(ReconcilerSettings(), _database())


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Lambda calls this; the first call of a container puts everything together."""
    return _composed()(event, context)


around_snapshots(prepare=_composed, let_go=lambda: _database().dispose())
