"""Finds the names of firms and authorities in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from functions.worker.reading.vocabulary import pattern, source, words

_MAX_FIRMS = 400
_LEAST = 3
_WORD = r"[A-ZÀ-ÖØ-Þ0-9][\w'’.-]{0,30}"
_LINK = r"(?:&|\+|und|für|der|des|von|zu|am|im|an)"
_LEGAL = source("creditors", "legal_form")
# A firm with its legal form, or a run of capitalised words with a firm's or authority's word.
_FIRM = re.compile(
    rf"(?<![\w@])(?P<name>{_WORD}(?:[ ](?:{_LINK}[ ])?{_WORD}){{0,6}}?(?:[ ](?:{_LEGAL}))(?![\w-])"
    rf"|{_WORD}(?:[ ](?:{_LINK}[ ])?{_WORD}){{0,4}})"
)
# "Interessen der Muster AG", but "Haus der Technik".
_NOUN_WITH_ARTICLE = re.compile(
    rf"(?!(?:{source('creditors', 'organisation')})[ ])"
    r"[^ ]+ (?:der|des|von|im|am|an|zu) (?=[A-ZÄÖÜ])",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?:(?<=\d)|(?<=[a-zäöüß]{4}))\. ")
_HAS_LEGAL_FORM = re.compile(rf" (?:{_LEGAL})$")


@dataclass(frozen=True, kw_only=True)
class FirmFound:
    """A name as printed; the place is None if it is the sender's display name."""

    name: str
    confidence: float
    place: tuple[int, int] | None = None


def find_firms(text: str) -> Iterator[FirmFound]:
    """Firms in order of place, at most 400."""
    for count, match in enumerate(_FIRM.finditer(text)):
        if count >= _MAX_FIRMS:
            return
        start = _name_start(match["name"]) + match.start()
        name = text[start : match.end()]
        legal = bool(_HAS_LEGAL_FORM.search(name))
        name = name if legal else _SENTENCE_END.split(name)[0].rstrip(" .,-")
        if name and _is_firm(name):
            yield FirmFound(
                name=name, confidence=0.9 if legal else 0.75, place=(start, start + len(name))
            )


def looks_like_a_firm(name: str) -> bool:
    """Whether a legal form, a firm's or authority's word or an & stands in it."""
    return bool(
        _HAS_LEGAL_FORM.search(name) or pattern("creditors", "organisation").search(name)
    ) or (" & " in name or " + " in name)


def _name_start(name: str) -> int:
    """Skip what stands in front: "Die Muster AG", "812/25 L Muster AG" are the Muster AG."""
    behind_article = _NOUN_WITH_ARTICLE.match(name)
    start, after_number = behind_article.end() if behind_article else 0, False
    for match in re.compile(r"[^ ]+").finditer(name, start):
        word = match[0].strip(".")
        after_number = word[:1].isdigit() or (
            after_number and word.isupper() and len(word) < _LEAST
        )
        if word.casefold() not in words("creditors", "never_in_name") and not after_number:
            break
        start = match.end() + 1
    return min(start, len(name))


def _is_firm(name: str) -> bool:
    if _HAS_LEGAL_FORM.search(name):
        return True
    return bool(pattern("creditors", "organisation").search(name)) and len(name.split()) > 1
