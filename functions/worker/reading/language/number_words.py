"""German number words: zweihundertfünfzig is 250."""

from __future__ import annotations

from functools import cache

from functions.worker.reading.language.vocabulary import table

LONGEST_NUMBER_WORD = 60
_MOST_HUNDREDS = 20
"""People say "fünfzehnhundert"."""


def number_from_words(word: str) -> int | None:
    """The value of one German number word from 0 to 999 999; None for any other word."""
    word = _plain(word.casefold())
    if not word or len(word) > LONGEST_NUMBER_WORD:
        return None
    thousands, found, rest = word.rpartition("tausend")
    if not found:
        return _below_thousand(rest)
    upper = _below_thousand(thousands) if thousands else 1
    lower = _below_thousand(rest.removeprefix("und")) if rest else 0
    return None if upper is None or lower is None else upper * 1000 + lower


def _below_thousand(word: str) -> int | None:
    hundreds, found, rest = word.rpartition("hundert")
    if not found:
        return _below_hundred().get(word)
    upper = _below_hundred().get(hundreds) if hundreds else 1
    lower = _below_hundred().get(rest.removeprefix("und")) if rest else 0
    if upper is None or lower is None or not 0 < upper < _MOST_HUNDREDS:
        return None
    return upper * 100 + lower


@cache
def _below_hundred() -> dict[str, int]:
    units = [_plain(word) for word in table("numbers")["units"]]
    values = {word: value for value, word in enumerate(units)}
    for tens, word in enumerate((_plain(word) for word in table("numbers")["tens"]), start=2):
        values[word] = tens * 10
        for unit, prefix in enumerate(units[1:10], start=1):
            values[f"{prefix}und{word}"] = tens * 10 + unit
    return values | {"eins": 1, "eine": 1, "einen": 1}


def _plain(word: str) -> str:
    return word.replace("ß", "ss").replace("ü", "ue").replace("ö", "oe").replace("ä", "ae")
