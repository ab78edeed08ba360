"""AWS in, AWS out: any invocation brings the schema up to date."""

from __future__ import annotations

from functools import cache
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.migrator.composition import Migrator, compose
from functions.migrator.settings import MigratorSettings
from shared.postgres.database import open_database


@cache
def _composed() -> Migrator:
    settings = MigratorSettings()
    return compose(settings, open_database(settings))


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Lambda calls this; the first call of a container puts everything together."""
    return _composed()(event, context)
