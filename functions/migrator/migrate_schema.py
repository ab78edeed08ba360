"""Brings the schema to the newest revision that this release knows."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

SCRIPTS = "shared:postgres/migrations"
ADVISORY_LOCK = 7_230_301
"""Two migrators at once take turns on this lock."""


def migration_config(connection: Connection) -> Config:
    """Alembic's configuration for one open connection."""
    config = Config()
    config.set_main_option("script_location", SCRIPTS)
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def migrate_schema(connection: Connection) -> str:
    """Migrates up within the caller's transaction and returns the revision the schema is at.

    A revision that this release does not know is a newer one: after a rolled-back deploy the
    older release finds the newer schema, which it can work with, so nothing is done.
    """
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
    config = migration_config(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    current = _current_revision(connection)
    if current is not None and current not in known:
        return current
    command.upgrade(config, "head")
    return _current_revision(connection) or ""


def _current_revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
