"""AWS in, AWS out: a batch of dead letters becomes e-mails or messages that come back."""

from __future__ import annotations

from functools import cache
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.notifier.composition import Notifier, compose
from functions.notifier.settings import NotifierSettings
from shared.postgres.database import Database, open_database
from shared.snapshots import around_snapshots


@cache
def _database() -> Database:
    return open_database(NotifierSettings())


@cache
def _composed() -> Notifier:
    return compose(NotifierSettings(), _database())


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Lambda calls this; the first call of a container puts everything together."""
    return _composed()(event, context)


around_snapshots(prepare=_composed, let_go=lambda: _database().dispose())
