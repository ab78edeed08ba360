"""The webhook's signing secrets as Secrets Manager has them, kept for some minutes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from botocore.exceptions import BotoCoreError, ClientError

from shared.domain.errors import SecretUnavailable

KEPT_FOR = timedelta(minutes=5)
REREAD_PAUSE = timedelta(seconds=5)

ZENDESK_PUBLIC_TEST_SECRET = "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ=="  # noqa: S105
"""Printed in Zendesk's documentation: whoever signs with it proves nothing."""

_MALFORMED = 'The webhook\'s signing secret is not of the form {"secrets": ["…"]}.'


@dataclass(frozen=True)
class _Known:
    secrets: tuple[str, ...]
    read_at: datetime


class SigningSecrets:
    """All secrets that are valid now: two during a rotation, none if nobody configured one.

    `ask` asks Secrets Manager for the value and lets botocore's errors through.
    """

    def __init__(self, *, ask: Callable[[], str], clock: Callable[[], datetime]) -> None:
        self._ask = ask
        self._clock = clock
        self._known: _Known | None = None
        self._tried_at: datetime | None = None

    def current(self) -> tuple[str, ...]:
        """Raises SecretUnavailable if none was ever read.

        While Secrets Manager is down, the secrets read before stay valid: refusing every mail
        would lose them, and whoever knows an old secret cannot cause the outage.
        """
        if self._known is None:
            return self._read()
        if self._clock() - self._known.read_at < KEPT_FOR or self._tried_lately():
            return self._known.secrets
        try:
            return self._read()
        except SecretUnavailable:
            return self._known.secrets

    def reread(self) -> tuple[str, ...]:
        """The secrets after a mismatch: perhaps they were just rotated.

        Asks at most every few seconds, so that forged requests cannot flood Secrets Manager.
        Raises SecretUnavailable if it does not answer: then nobody knows who signed.
        """
        if self._known is not None and self._tried_lately():
            return self._known.secrets
        return self._read()

    def _tried_lately(self) -> bool:
        return self._tried_at is not None and self._clock() - self._tried_at < REREAD_PAUSE

    def _read(self) -> tuple[str, ...]:
        self._tried_at = self._clock()
        secrets = _usable(self._value())
        self._known = _Known(secrets, self._tried_at)
        return secrets

    def _value(self) -> str:
        try:
            return self._ask()
        except ClientError as error:
            if error.response["Error"]["Code"] == "ResourceNotFoundException":
                return ""
            raise SecretUnavailable from error
        except BotoCoreError as error:
            raise SecretUnavailable from error


def _usable(value: str) -> tuple[str, ...]:
    secrets = _listed(value) if value.strip() else []
    return tuple(secret for secret in secrets if isinstance(secret, str) and _may_be_used(secret))


def _listed(value: str) -> list[object]:
    """Raises without the cause: a JSON error carries the text it could not read, the secret."""
    try:
        document = json.loads(value)
    except ValueError:
        document = None
    secrets = document.get("secrets", []) if isinstance(document, dict) else None
    if not isinstance(secrets, list):
        raise SecretUnavailable(_MALFORMED)
    return secrets


def _may_be_used(secret: str) -> bool:
    return secret.strip() not in ("", ZENDESK_PUBLIC_TEST_SECRET)
