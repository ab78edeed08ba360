"""Signing in to the database with IAM."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from sqlalchemy import event

from shared.domain.errors import DatabaseUnavailable
from shared.postgres.authentication import iam_token
from shared.postgres.database import open_database
from shared.settings import DatabaseSettings


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")


def test_the_token_is_what_botocore_itself_would_sign(
    database_settings: DatabaseSettings,
) -> None:
    ours = urlsplit("https://" + iam_token(database_settings))
    theirs = urlsplit(
        "https://"
        + boto3.client("rds").generate_db_auth_token(
            DBHostname=database_settings.database_host,
            Port=database_settings.database_port,
            DBUsername=database_settings.database_user,
        )
    )
    assert ours.netloc == theirs.netloc
    own, reference = parse_qs(ours.query), parse_qs(theirs.query)
    assert set(own) == set(reference)
    for name in ("Action", "DBUser", "X-Amz-Expires", "X-Amz-SignedHeaders", "X-Amz-Algorithm"):
        assert own[name] == reference[name]


def test_every_new_connection_is_opened_with_a_fresh_token(
    database_settings: DatabaseSettings,
) -> None:
    settings = database_settings.model_copy(update={"database_auth": "iam"})
    opened: list[dict[str, Any]] = []
    database = open_database(settings)

    @event.listens_for(database._engine, "do_connect")  # noqa: SLF001
    def _note(_dialect: object, _record: object, _args: object, values: dict[str, Any]) -> None:
        opened.append(dict(values))

    for _ in range(2):
        database.ping()
        database.dispose()
    passwords = [values["password"] for values in opened]
    assert all("Action=connect" in password for password in passwords)
    assert len(passwords) == 2


def test_without_credentials_the_database_is_unavailable(
    database_settings: DatabaseSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("HOME", "/nonexistent")
    with pytest.raises(DatabaseUnavailable):
        iam_token(database_settings)
