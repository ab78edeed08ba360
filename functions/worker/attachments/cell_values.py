"""Spreadsheet numbers as a German reader sees them: money with comma, days as days."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

_DATE_FORMATS = frozenset((*range(14, 18), 22, *range(27, 37), *range(50, 59)))
_TIME_FORMATS = frozenset((18, 19, 20, 21, 45, 46, 47))
_TWO_PLACES = frozenset((2, 4, 7, 8, 39, 40, 43, 44))
_PERCENT = frozenset((9, 10))
_EURO = re.compile(r"€|EUR", re.IGNORECASE)
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')
_DAY_SIGN, _HOUR_SIGN = re.compile(r"[dyjt]", re.IGNORECASE), re.compile(r"[hs]", re.IGNORECASE)
_DIGIT_SIGN = re.compile(r"[#0]")
_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001  # A calendar day has no zone.
_DAY_ZERO_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_LAST_DAY = 2_958_465
_LONGEST_NUMBER = 40
_MOST_DIGITS = 15
_CENT = Decimal("0.01")


def shown_number(raw: str, *, format_id: int, format_code: str, since_1904: bool) -> str:
    """`raw` as its cell shows it, or as it is if it is no number of a sensible size."""
    value = _number(raw)
    if value is None:
        return raw
    signs = _LITERAL.sub("", format_code)
    if _is_day(format_id, signs):
        return _day(value, since_1904=since_1904) or raw
    if format_id in _TIME_FORMATS or _HOUR_SIGN.search(signs):
        return ""
    if format_id in _PERCENT or "%" in signs:
        return f"{_plain(value * 100)} %"
    if format_id in _TWO_PLACES or "0.00" in signs or _EURO.search(format_code):
        return _german(value.quantize(_CENT)) + (" EUR" if _EURO.search(format_code) else "")
    return _plain(value)


def _is_day(format_id: int, signs: str) -> bool:
    return format_id in _DATE_FORMATS or (
        bool(_DAY_SIGN.search(signs)) and not _DIGIT_SIGN.search(signs)
    )


def _number(raw: str) -> Decimal | None:
    try:
        value = Decimal(raw) if len(raw) <= _LONGEST_NUMBER else Decimal("NaN")
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value.adjusted()) <= _MOST_DIGITS else None


def _day(value: Decimal, *, since_1904: bool) -> str:
    days = int(value)
    if not 0 < days <= _LAST_DAY - (1_462 if since_1904 else 0):
        return ""
    start = _DAY_ZERO_1904 if since_1904 else _DAY_ZERO
    return f"{start + timedelta(days=days):%d.%m.%Y}"


def _german(value: Decimal) -> str:
    return f"{value:,f}".translate(str.maketrans(",.", ".,"))


def _plain(value: Decimal) -> str:
    # Programs store 7820.15 as 7820.1499999999996; fifteen digits are what they show.
    rounded = Decimal(f"{value:.{_MOST_DIGITS}g}").normalize()
    return f"{rounded:f}".replace(".", ",")
