"""AWS in, AWS out: an invocation by a person becomes a plan or an erasure."""

from __future__ import annotations

from functools import cache
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.eraser.composition import Eraser, compose
from functions.eraser.settings import EraserSettings
from shared.postgres.database import open_database


@cache
def _composed() -> Eraser:
    settings = EraserSettings()
    return compose(settings, open_database(settings))


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Lambda calls this; the first call of a container puts everything together."""
    return _composed()(event, context)
