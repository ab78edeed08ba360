"""Reads a point in time as machines (ISO 8601) or German letters (day first) write it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

_GERMAN = re.compile(
    r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})"
    r"(?:,?\s+(?:um\s+)?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:\s*Uhr)?)?"
)
_MARCH, _OCTOBER = 3, 10


def read_moment(text: str) -> datetime | None:
    """The moment in UTC, or None if it cannot be read.

    ISO 8601 without an offset is UTC; a German time is Germany's clock: 04.02.2026 10:00 is
    09:00 UTC on 4 February.
    """
    try:
        return (_read_german(text.strip()) or _read_iso(text.strip())).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _read_iso(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _read_german(text: str) -> datetime | None:
    match = _GERMAN.fullmatch(text)
    if match is None:
        return None
    day, month, year, hour, minute, second = (int(part or 0) for part in match.groups())
    moment = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001
    return moment.replace(tzinfo=_german_offset(moment))


def _german_offset(local: datetime) -> timezone:
    """Summer time lasts from the last Sunday in March to the last in October (2000/84/EC).

    Computed here because Lambda's runtime need not have a time zone database.
    """
    begins = _last_sunday(local.year, _MARCH).replace(hour=2)
    ends = _last_sunday(local.year, _OCTOBER).replace(hour=3)
    return timezone(timedelta(hours=2 if begins <= local < ends else 1))


def _last_sunday(year: int, month: int) -> datetime:
    last_day = datetime(year, month, 31)  # noqa: DTZ001
    return last_day - timedelta(days=last_day.isoweekday() % 7)
