"""The secrets are kept, read again, and never guessed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError

from functions.api.webhook.signing_secrets import (
    KEPT_FOR,
    REREAD_PAUSE,
    ZENDESK_PUBLIC_TEST_SECRET,
    SigningSecrets,
)
from shared.domain.errors import SecretUnavailable


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, by: timedelta) -> None:
        self.now += by


class Store:
    """Stands where Secrets Manager is: a value, or an error to raise."""

    def __init__(self, *secrets: str) -> None:
        self.asked = 0
        self.error: Exception | None = None
        self.value = json.dumps({"secrets": secrets})

    def __call__(self) -> str:
        self.asked += 1
        if self.error:
            raise self.error
        return self.value


def client_error(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code}}, "GetSecretValue")


def kept(store: Callable[[], str], clock: Clock | None = None) -> SigningSecrets:
    return SigningSecrets(ask=store, clock=clock or Clock())


def test_secrets_are_asked_for_once_and_kept() -> None:
    store = Store("new", "old")
    secrets = kept(store)
    assert [secrets.current(), secrets.current()] == [("new", "old")] * 2
    assert store.asked == 1


def test_secrets_are_asked_for_again_when_they_are_old() -> None:
    store, clock = Store("old"), Clock()
    secrets = kept(store, clock)
    secrets.current()
    store.value = json.dumps({"secrets": ["new"]})
    clock.advance(KEPT_FOR)
    assert secrets.current() == ("new",)


def test_a_mismatch_reads_again_but_not_at_once_after_the_last_time() -> None:
    store, clock = Store("old"), Clock()
    secrets = kept(store, clock)
    secrets.current()
    assert secrets.reread() == ("old",)
    assert store.asked == 1
    clock.advance(REREAD_PAUSE)
    secrets.reread()
    assert store.asked == 2


@pytest.mark.parametrize(
    "error", [ConnectTimeoutError(endpoint_url="x"), client_error("AccessDeniedException")]
)
def test_secrets_that_cannot_be_read_are_no_empty_secrets(error: Exception) -> None:
    store = Store()
    store.error = error
    with pytest.raises(SecretUnavailable):
        kept(store).current()


def test_known_secrets_outlive_an_outage() -> None:
    store, clock = Store("known"), Clock()
    secrets = kept(store, clock)
    secrets.current()
    store.error = client_error("InternalServiceError")
    clock.advance(KEPT_FOR)
    assert secrets.current() == ("known",)


def test_a_mismatch_during_an_outage_is_undecided() -> None:
    store, clock = Store("known"), Clock()
    secrets = kept(store, clock)
    secrets.current()
    store.error = client_error("InternalServiceError")
    clock.advance(KEPT_FOR)
    with pytest.raises(SecretUnavailable):
        secrets.reread()


@pytest.mark.parametrize("value", ["", " ", "{}", '{"secrets": []}', '{"secrets": ["", 7, null]}'])
def test_nothing_configured_is_no_secret(value: str) -> None:
    store = Store()
    store.value = value
    assert kept(store).current() == ()


def test_a_secret_without_a_value_is_no_secret() -> None:
    store = Store()
    store.error = client_error("ResourceNotFoundException")
    assert kept(store).current() == ()


@pytest.mark.parametrize("value", ["topsecret", '"topsecret"', '["topsecret"]', '{"secrets": "x"}'])
def test_an_unreadable_value_is_refused_without_being_repeated(value: str) -> None:
    store = Store()
    store.value = value
    with pytest.raises(SecretUnavailable) as raised:
        kept(store).current()
    assert "topsecret" not in f"{raised.value!r} {raised.value.__context__!r}"


def test_the_public_test_secret_is_never_used() -> None:
    assert kept(Store(ZENDESK_PUBLIC_TEST_SECRET, "own")).current() == ("own",)
