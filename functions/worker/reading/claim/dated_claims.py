"""Of sums that are told as of several days, the one of the latest day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from functions.worker.reading.claim.enumerated_parts import is_a_state
from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sums import Sum

_CLAIMS = frozenset({Role.TOTAL, Role.BALANCE})
_MOST_GROWTH = Decimal("1.25")
_DATED_LINE = re.compile(
    r"\W*(?:stand|per|am|zum|saldo)?\W*(\d{1,2})\.(\d{1,2})\.(\d{4})\W*(?:EUR|€)?\W*[\d.,]+\W*"
    r"(?:EUR|€|Euro)?\W*",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\b(?:per|am|stand(?:\sper|\szum|\svom)?|zum)[\s:(]{1,3}(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})"
    r"[\s:)=,–-]{1,4}(?:(?:auf|mit|noch|sind es|es|beträgt sie|waren es)\s){0,2}(?:EUR |€ )?$",
    re.IGNORECASE,
)


def growing_claim(sums: Sequence[Sum]) -> Sum | None:
    """One debt that grows slowly, line by line, each line a date and a sum."""
    dated: list[tuple[date, Decimal, Sum]] = []
    for one in sums:
        match = _DATED_LINE.fullmatch(one.line.strip())
        day = _day(match) if match else None
        if day is None:
            return None
        dated.append((day, one.amount.value, one))
    by_day = sorted(dated, key=lambda entry: entry[0])
    values = [value for _, value, _ in by_day]
    if len(dated) > 1 and all(is_a_state(one) for one in sums):
        return by_day[-1][2]
    if len(set(values)) < 2 or values != sorted(values):  # noqa: PLR2004
        return None
    return by_day[-1][2] if values[-1] <= values[0] * _MOST_GROWTH else None


def newest_by_day(sums: Sequence[Sum]) -> Sum | None:
    """Of "Forderung per 31.01.2026: 500 EUR; per 31.03.2026: 510 EUR" the second."""
    may_be = [one for one in sums if one.role in _CLAIMS or one.role is Role.UNKNOWN]
    dated: list[tuple[date, Sum]] = []
    for one in may_be:
        match = _DATED.search(one.before)
        day = _day(match) if match else None
        if day:
            dated.append((day, one))
    told = [one for _, one in dated]
    if len({day for day, _ in dated}) < 2 or told[0].role not in _CLAIMS:  # noqa: PLR2004
        return None
    if any(one.role in _CLAIMS and one not in told for one in sums):
        return None
    latest = max(dated, key=lambda entry: entry[0])[1]
    is_alike = latest.owed <= told[0].owed * _MOST_GROWTH and told[0].owed <= latest.owed * 2
    return latest if latest.role in _CLAIMS or is_alike else None


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None
