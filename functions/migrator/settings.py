"""What the migrator needs from its environment."""

from __future__ import annotations

from shared.settings import DatabaseSettings, ObservabilitySettings


class MigratorSettings(ObservabilitySettings, DatabaseSettings):
    """`database_user` is the owner of the schema here, not the application's role."""
