"""Zendesk's signature: who sent these bytes, and when."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

SIGNATURE_HEADER = "x-zendesk-webhook-signature"
TIMESTAMP_HEADER = "x-zendesk-webhook-signature-timestamp"


class Timeliness(StrEnum):
    """How the signed time relates to now."""

    IN_TIME = "in_time"
    STALE = "timestamp_outside_window"
    UNREADABLE = "timestamp_unreadable"


@dataclass(frozen=True, kw_only=True)
class SignedRequest:
    """The three things the signature speaks of, exactly as they came over the wire.

    The headers are what Starlette gives: every byte is one character (latin-1).
    """

    signature: str
    timestamp: str
    body: bytes

    def is_signed_with_any(self, secrets: Iterable[str]) -> bool:
        """Compares in constant time, with bytes: a non-ASCII header is wrong, not an error."""
        given = self.signature.encode("latin-1", errors="replace")
        expected = [sign(self.timestamp, self.body, secret) for secret in secrets]
        matches = [hmac.compare_digest(given, value) for value in expected]
        return any(matches)

    def timeliness(self, *, now: datetime, window: timedelta) -> Timeliness:
        """The window counts in both directions and is closed: exactly `window` is in time."""
        try:
            signed_at = datetime.fromisoformat(self.timestamp)
        except ValueError:
            return Timeliness.UNREADABLE
        if signed_at.tzinfo is None:
            return Timeliness.UNREADABLE
        return Timeliness.IN_TIME if abs(now - signed_at) <= window else Timeliness.STALE


def sign(timestamp: str, body: bytes, secret: str) -> bytes:
    """Base64 of HMAC-SHA256 over timestamp and raw body, without anything between them.

    The key is the secret's characters as UTF-8, although it looks like base64.
    Source: developer.zendesk.com, "Verifying webhook authenticity".
    """
    message = timestamp.encode("latin-1", errors="replace") + body
    return base64.b64encode(hmac.digest(secret.encode(), message, hashlib.sha256))
