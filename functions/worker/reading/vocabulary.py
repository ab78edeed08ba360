"""The word tables, and the small language their entries are written in."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "words"
_SPELLINGS = {"ä": "(?:ä|ae)", "ö": "(?:ö|oe)", "ü": "(?:ü|ue)", "ß": "(?:ß|ss)"}


@cache
def table(name: str) -> dict[str, list[str]]:
    """The lists of the file `words/<name>.toml`."""
    with (_FOLDER / f"{name}.toml").open("rb") as file:
        lists: dict[str, list[str]] = tomllib.load(file)
    return lists


@cache
def words(name: str, key: str) -> frozenset[str]:
    """One list as a set of single small words."""
    return frozenset(table(name)[key])


@cache
def pattern(name: str, key: str) -> re.Pattern[str]:
    """Any entry of one list, as whole words, in capitals or not."""
    return re.compile(rf"(?<!\w)(?:{source(name, key)})(?!\w)", re.IGNORECASE)


@cache
def source(name: str, key: str) -> str:
    """Any entry of one list as the inside of a regular expression, longer entries first.

    In an entry, * stands for the rest of a word, a blank for one to three blanks or line ends,
    ".." for nothing or up to eighty signs of the same sentence; umlauts may be written out.
    """
    entries = sorted(table(name)[key], key=len, reverse=True)
    return "|".join(_entry_source(entry) for entry in entries) or "(?!)"


def _entry_source(entry: str) -> str:
    pieces = (re.escape(piece) for piece in re.split(r"(\*|\.\.| )", entry))
    text = "".join(pieces)
    text = text.replace(r"\ \.\.\ ", r"\s{1,3}(?:(?:[^.!?;]|\.(?=\d)){1,80}?\s{1,3})?")
    text = text.replace(r"\*", r"\w{0,40}")
    text = text.replace(r"\ ", r"\s{1,3}")
    return "".join(_SPELLINGS.get(sign, sign) for sign in text)
