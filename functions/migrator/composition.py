"""The one place where the migrator is put together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.migrator.migrate_schema import migrate_schema
from functions.migrator.settings import MigratorSettings
from shared.observability import structured_logger
from shared.postgres.database import open_database

Migrator = Callable[[dict[str, Any], LambdaContext], dict[str, Any]]


def compose(settings: MigratorSettings) -> Migrator:
    """The Lambda handler over all real parts."""
    logger = structured_logger("migrator", settings)
    database = open_database(settings)

    @logger.inject_lambda_context(clear_state=True, log_event=False)
    def work(_event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
        revision = database.transact(migrate_schema)
        logger.info("schema.migrated", extra={"revision": revision})
        return {"revision": revision}

    return work
