"""Finds the dates that a mail prints: one may be the date of our letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

_MONTHS = (
    "januar februar märz april mai juni juli august september oktober november dezember".split()
)
_MAX_DATES = 50
_CENTURY = 100
_DATE = re.compile(
    r"(?<![\d.])(?P<day>\d{1,2})\. ?(?:(?P<month>\d{1,2})\. ?|(?P<name>[A-Za-zä]{3,9}) )"
    r"(?P<year>\d{4}|\d{2})(?!\d)"
)


def find_dates(text: str) -> Iterator[date]:
    """Whole dates in German notation, at most 50."""
    for count, match in enumerate(_DATE.finditer(text)):
        if count >= _MAX_DATES:
            return
        name = (match["name"] or "").casefold().replace("maerz", "märz")
        if name and name not in _MONTHS:
            continue
        month = _MONTHS.index(name) + 1 if name else int(match["month"])
        year = int(match["year"])
        with suppress(ValueError):
            yield date(year if year > _CENTURY else 2000 + year, month, int(match["day"]))
