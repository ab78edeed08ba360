"""The one place where the migrator is put together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext
from sqlalchemy import Connection

from functions.migrator.grant_roles import grant_roles
from functions.migrator.migrate_schema import migrate_schema
from functions.migrator.settings import MigratorSettings
from shared.observability import structured_logger
from shared.postgres.database import Database

Migrator = Callable[[dict[str, Any], LambdaContext], dict[str, Any]]


def _migrate(connection: Connection) -> str:
    revision = migrate_schema(connection)
    grant_roles(connection)
    return revision


def compose(settings: MigratorSettings, database: Database) -> Migrator:
    """The Lambda handler over all real parts."""
    logger = structured_logger("migrator", settings)

    @logger.inject_lambda_context(clear_state=True, log_event=False)
    def work(_event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
        revision = database.transact(_migrate)
        logger.info("schema.migrated", extra={"revision": revision})
        return {"revision": revision}

    return work
