"""Tells Alembic to use the connection that its caller opened."""

from __future__ import annotations

from alembic import context

from shared.postgres.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
