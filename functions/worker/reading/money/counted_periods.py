"""How many months, years or things a sentence names, for a sum that is owed for each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from functions.worker.reading.language.number_words import number_from_words
from functions.worker.reading.language.vocabulary import source

_MONTHS = (
    "januar|jänner",
    "februar",
    "märz|maerz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
)
_OF_A_MONTH = r"(?:mieten?|pacht|raten?|rechnung|beitrag|beiträge|abschlag|abschläge|gebühr|kosten)"
# The 5th of March is a day, no month that is owed for.
_MONTH = re.compile(
    r"(?<!\d\.)(?<!\d\.\s)\b(?:"
    + "|".join(f"(?P<m{number}>{names})" for number, names in enumerate(_MONTHS))
    + rf")(?=\b|s\b|{_OF_A_MONTH}\b)s?{_OF_A_MONTH}?-?(?:\s(?P<year>20\d\d)\b)?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d./-])(?P<year>20[0-3]\d)\b(?![./-]?\d)")
_UNTIL = re.compile(r"\s?(?:bis(?:\seinschließlich|\sund mit|\szum)?|–|-)\s?", re.IGNORECASE)
_AND = re.compile(
    r"\s?(?:,|und|sowie|u\.|/|\+|&)\s?(?:(?:und|auch|die|der|den|das|für)\s){0,2}", re.IGNORECASE
)
_THINGS = re.compile(
    rf"\b(?:(?P<digits>\d{{1,2}})|(?P<words>{source('numbers', 'units')}|beide[nr]?|zweier|dreier))"
    r"\s"
    r"(?:(?:nicht|[a-zäöüß]{2,20}e[nr]?)\s){0,3}(?-i:[A-ZÄÖÜ])[\w-]{2,40}(?:e|n|r|s)\b",
    re.IGNORECASE,
)
_ANOTHER_MATTER = re.compile(
    r"\b(?:trotz|nach|vor|binnen|innerhalb|in|mit|von|unter|bis|am|nr\.?)\s$", re.IGNORECASE
)
_TWO, _THREE = frozenset({"beide", "beiden", "beider", "zweier"}), "dreier"
_MOST = 60


@dataclass(frozen=True)
class _Period:
    place: int
    year: int | None
    start: int
    end: int


def count_of_periods(sentence: str) -> int | None:
    """As of "Mai bis Juli" and "2024 und 2025"; None if there are none, or in several places."""
    periods = list(_months(sentence))
    cycle = 12
    if not periods:
        periods, cycle = list(_years(sentence)), 0
    if not periods:
        return None
    count = 1
    for former, one in pairwise(periods):
        gap = sentence[former.end : one.start]
        if _UNTIL.fullmatch(gap):
            count += _span(former, one, cycle)
        elif _AND.fullmatch(gap):
            count += 1
        else:
            return None
    return count if 1 < count <= _MOST else None


def count_of_things(sentence: str) -> int | None:
    """As of "zwei Monatsbeiträge"; None if several numbers are named."""
    found = {
        _number(match)
        for match in _THINGS.finditer(sentence)
        if not _ANOTHER_MATTER.search(sentence, max(match.start() - 20, 0), match.start())
    }
    count = found.pop() if len(found) == 1 else None
    return count if count and 1 < count <= _MOST else None


def _number(match: re.Match[str]) -> int | None:
    if match["digits"]:
        return int(match["digits"])
    word = match["words"].casefold()
    if word in _TWO:
        return 2
    return 3 if word == _THREE else number_from_words(word)


def _months(sentence: str) -> Iterator[_Period]:
    for match in _MONTH.finditer(sentence):
        number = next(one for one in range(len(_MONTHS)) if match[f"m{one}"])
        year = int(match["year"]) if match["year"] else None
        yield _Period(number, year, match.start(), match.end())


def _years(sentence: str) -> Iterator[_Period]:
    for match in _YEAR.finditer(sentence):
        year = int(match["year"])
        yield _Period(year, year, match.start(), match.end())


def _span(first: _Period, last: _Period, cycle: int) -> int:
    if not cycle:
        return last.place - first.place
    if first.year and last.year:
        return (last.year - first.year) * cycle + last.place - first.place
    return (last.place - first.place) % cycle
