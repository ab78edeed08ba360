"""Reads the parties of a case: "Muster AG ./. Kern", "in der Sache Muster AG gegen Kern"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from functions.worker.reading.language.vocabulary import source
from functions.worker.reading.parties.firms import looks_like_a_firm, name_start
from functions.worker.reading.parties.names import is_noun

_MOST = 20
_SIDE = (
    r"(?<![\w.'’/-])[A-ZÀ-ÖØ-Þ0-9][\w.'’/-]{0,30}"
    r"(?: (?:(?:&|und|für|der|des|von|zu|van) )?[A-ZÀ-ÖØ-Þ0-9][\w.'’/-]{0,30}){0,6}"
)
_TITLE = rf"(?:\s?\([^()]{{0,80}}\))?(?:,?\s(?:{source('creditors', 'side_of_creditor')}),?)?"
_AGAINST = re.compile(
    rf"(?P<one>{_SIDE}){_TITLE},?\s{{1,3}}(?:\./\.|-/-|vs\.|contra)\s{{1,3}}(?P<other>{_SIDE})"
)
_IN_CASE = re.compile(
    rf"(?:{source('creditors', 'in_the_case')})[\s:]{{1,3}}(?:(?:der|des|Firma|Herrn|Frau)\s)?"
    rf"(?P<one>{_SIDE}){_TITLE},?\s{{1,3}}gegen\s{{1,3}}(?:Herrn\s|Frau\s)?(?P<other>{_SIDE})",
    re.IGNORECASE,
)
_LEAST_LETTERS = 3


def creditors_in_rubrum(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """The side that holds the claim, as printed, with its place: the firm if only one is."""
    for form in (_AGAINST, _IN_CASE):
        for count, match in enumerate(form.finditer(text)):
            if count >= _MOST:
                break
            sides = [_name(match, "one"), _name(match, "other")]
            is_turned = looks_like_a_firm(sides[1][0]) and not looks_like_a_firm(sides[0][0])
            name, place = sides[1] if is_turned else sides[0]
            if _is_name(name) and _is_name(sides[1][0]):
                yield name, place


def _name(match: re.Match[str], side: str) -> tuple[str, tuple[int, int]]:
    start = match.start(side) + name_start(match[side])
    name = match.string[start : match.end(side)]
    return name, (start, match.end(side))


def _is_name(name: str) -> bool:
    parts = [
        part
        for part in name.split()
        if part[:1].isupper() and sum(map(str.isalpha, part)) >= _LEAST_LETTERS
    ]
    return bool(parts) and not all(is_noun(part) for part in parts)
