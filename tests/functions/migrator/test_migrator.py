"""The migrator's handler brings a database to the newest revision and says which that is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from functions.migrator.composition import compose
from functions.migrator.settings import MigratorSettings
from shared.domain.errors import DatabaseUnavailable
from shared.postgres.database import Database
from shared.settings import DatabaseSettings
from tests.functions.queues import Context

VERSIONS = Path("shared/postgres/migrations/versions")


@pytest.fixture
def settings(database_settings: DatabaseSettings) -> MigratorSettings:
    fields: dict[str, Any] = database_settings.model_dump()
    return MigratorSettings(**fields, stage="local", log_level="INFO")


def test_the_answer_names_the_revision(settings: MigratorSettings, database: Database) -> None:
    newest = max(path.name for path in VERSIONS.glob("r*.py"))[1:5]
    assert compose(settings, database)({}, Context()) == {"revision": newest}  # type: ignore[arg-type]


def test_a_database_that_is_away_fails_the_deployment(
    settings: MigratorSettings, open_away: Database
) -> None:
    with pytest.raises(DatabaseUnavailable):
        compose(settings, open_away)({}, Context())  # type: ignore[arg-type]
