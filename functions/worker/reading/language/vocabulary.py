"""The word tables, and the small language their entries are written in."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

_FOLDER = Path(__file__).parents[1] / "words"
_SPELLINGS = {"ä": "(?:ä|ae)", "ö": "(?:ö|oe)", "ü": "(?:ü|ue)", "ß": "(?:ß|ss)"}
_MARKS = {
    "*": r"\w{0,40}",
    " ": r"\s{1,3}",
    " .. ": r"\s{1,3}(?:(?:[^.!?;]|\.(?=\d)){1,80}?\s{1,3})?",
}
_PIECES = re.compile(r" \.\. |.")
_Tree = dict[str, "_Tree"]


class WordPattern:
    """Any entry of a list, as whole words, in capitals or not.

    It looks in the small letters of a text, which is several times faster than to ignore capitals
    at every place; so a match prints small letters, at the places of the text.
    """

    def __init__(self, entries: Sequence[str]) -> None:
        begins = "" if any(entry[0] == "*" for entry in entries) else _beginnings(entries)
        self._regex = re.compile(rf"(?<!\w){begins}(?:{_inside(entries)})(?!\w)")

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        return self._regex.search(small_letters(text), start, len(text) if end is None else end)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        return self._regex.match(small_letters(text), start)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self._regex.fullmatch(small_letters(text))

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self._regex.finditer(small_letters(text))


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
def pattern(name: str, key: str) -> WordPattern:
    """One list, to look for."""
    return WordPattern([entry.lower() for entry in table(name)[key]])


@cache
def source(name: str, key: str) -> str:
    """Any entry of one list as the inside of a regular expression that ignores capitals.

    In an entry, * stands for the rest of a word, a blank for one to three blanks or line ends,
    ".." for nothing or up to eighty signs of the same sentence; umlauts may be written out.
    """
    return _inside(table(name)[key])


def _inside(entries: Sequence[str]) -> str:
    """The entries as a tree, so that no beginning is tried twice; of two, the longer one first."""
    tree: _Tree = {}
    for entry in sorted(entries, key=len, reverse=True):
        branch = tree
        for piece in _PIECES.findall(entry):
            branch = branch.setdefault(_piece_source(piece), {})
        branch[""] = {}
    return _tree_source(tree) or "(?!)"


def _tree_source(tree: _Tree) -> str:
    branches = (piece and piece + _grouped(_tree_source(below)) for piece, below in tree.items())
    # An entry that ends here comes last: what goes on is longer.
    return "|".join(sorted(branches, key=lambda branch: not branch))


def _grouped(inside: str) -> str:
    return f"(?:{inside})" if "|" in inside else inside


def _piece_source(piece: str) -> str:
    return _MARKS.get(piece) or _SPELLINGS.get(piece) or re.escape(piece)


def _beginnings(entries: Sequence[str]) -> str:
    """A look at the first sign, which rules out nearly every place at once."""
    signs = {re.escape(entry[0]) for entry in entries}
    signs |= {re.escape(_SPELLINGS[sign][5]) for sign in signs if sign in _SPELLINGS}
    return rf"(?=[{''.join(sorted(signs))}])" if signs else ""


@lru_cache(maxsize=16)
def small_letters(text: str) -> str:
    """The text in small letters, each at its place: "İ" would become two."""
    small = text.lower()
    return small if len(small) == len(text) else text.replace("İ", "I").lower()
