"""Zendesk's signature over raw bytes, and the window around its time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from functions.api.webhook.signature import SignedRequest, Timeliness, sign

NOW = datetime(2026, 11, 23, 8, 15, 35, tzinfo=UTC)
WINDOW = timedelta(minutes=5)


def request(
    *, signature: str = "", timestamp: str = "2026-11-23T08:15:30Z", body: bytes = b"{}"
) -> SignedRequest:
    return SignedRequest(signature=signature, timestamp=timestamp, body=body)


def signed(body: bytes, secret: str, timestamp: str = "2026-11-23T08:15:30Z") -> SignedRequest:
    signature = sign(timestamp, body, secret).decode()
    return request(signature=signature, timestamp=timestamp, body=body)


def test_the_key_is_the_secret_as_text_and_the_time_comes_first() -> None:
    """A vector that other implementations have published too."""
    secret = "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ=="
    signature = sign("2021-03-25T05:09:27Z", b'{"event":"ticket.updated","id":123}', secret)
    assert signature == b"S/RDdU2ERmj7LHDDoWJ2onPYH+t7/f2+LTM4dL7UiLM="


def test_any_of_several_secrets_will_do() -> None:
    assert signed(b"{}", "old").is_signed_with_any(["new", "old"])


def test_no_secret_accepts_nothing() -> None:
    assert not signed(b"{}", "").is_signed_with_any([])


def test_one_changed_byte_of_the_body_is_refused() -> None:
    right = signed('{"a": "ü"}'.encode(), "secret")
    assert not request(signature=right.signature, body=b'{"a": "u"}').is_signed_with_any(["secret"])


def test_another_time_is_refused() -> None:
    """The time is part of what is signed, so a request cannot be made young again."""
    right = signed(b"{}", "secret")
    later = request(signature=right.signature, timestamp="2026-11-23T08:15:31Z")
    assert not later.is_signed_with_any(["secret"])


@pytest.mark.parametrize("signature", ["ünïcödé", "€" * 44, "", "\x00", "a" * 10_000])
def test_strange_signature_headers_are_wrong_and_no_error(signature: str) -> None:
    """Defect 30: a non-ASCII header made the comparison raise, and the answer a 500."""
    assert not request(signature=signature).is_signed_with_any(["secret"])


def test_bytes_beyond_ascii_in_the_timestamp_are_signed_as_they_came() -> None:
    assert not request(signature="x", timestamp="ü€").is_signed_with_any(["secret"])


@pytest.mark.parametrize(
    ("timestamp", "timeliness"),
    [
        ("2026-11-23T08:15:30Z", Timeliness.IN_TIME),
        ("2026-11-23T09:15:30+01:00", Timeliness.IN_TIME),
        ("2026-11-23T08:10:35Z", Timeliness.IN_TIME),
        ("2026-11-23T08:10:34Z", Timeliness.STALE),
        ("2026-11-23T08:20:35Z", Timeliness.IN_TIME),
        ("2026-11-23T08:20:36Z", Timeliness.STALE),
        ("0001-01-01T00:00:00+14:00", Timeliness.STALE),
        ("9999-12-31T23:59:59-14:00", Timeliness.STALE),
        ("1234", Timeliness.UNREADABLE),
        ("1795421730", Timeliness.UNREADABLE),
        ("2026-11-23T08:15:30", Timeliness.UNREADABLE),
        ("", Timeliness.UNREADABLE),
        ("ü", Timeliness.UNREADABLE),
    ],
)
def test_the_window_is_five_minutes_both_ways(timestamp: str, timeliness: Timeliness) -> None:
    assert request(timestamp=timestamp).timeliness(now=NOW, window=WINDOW) is timeliness
