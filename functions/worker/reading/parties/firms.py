"""Finds the names of firms and authorities in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from functions.worker.reading.language.vocabulary import pattern, source, words

_LEAST = 3
_WORD = r"[A-ZÀ-ÖØ-Þ0-9][\w'’.-]{0,30}"
_LINK = (
    r"(?:&|\+|und|für|der|des|von|zu|am|im|(?:med|dent|vet|jur)\.(?: (?:med|dent|vet|habil)\.)?)"
)
_LEGAL = source("creditors", "legal_form")
# A firm with its legal form, or a run of capitalised words with a firm's or authority's word.
_FIRM = re.compile(
    rf"(?<![\w@])(?P<name>{_WORD}(?:[ ](?:{_LINK}[ ])?{_WORD}){{0,6}}?(?:[ ](?:{_LEGAL}))(?![\w-])"
    rf"|{_WORD}(?:[ ](?:{_LINK}[ ])?{_WORD}){{0,4}})"
)
# "Interessen der Muster AG", but "Haus der Technik".
_NOUN_WITH_ARTICLE = re.compile(
    rf"(?:(?={source('creditors', 'office_of')})|(?!(?:{source('creditors', 'organisation')})[ ]))"
    r"[^ ]+ (?:der|des|von|im|am|an|zu) (?=[A-ZÄÖÜ])",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(
    r"(?:(?<=\d)|(?<=[a-zäöüß]{4})|(?<=-Mail))\. "
    r"|(?<=[^\W\d_]{3})\. "
    r"(?=(?:Die|Der|Das|Es|Er|Sie|Wir|Zu|Im|Am|Auf|Mit|Bitte|Ihr|Diese|Offen)\b)"
)
# "Kreditkonto 4711 der Muster AG".
_NUMBER_WITH_ARTICLE = re.compile(r"[^ ].{0,60}? \S{0,20}\d\S{0,20} (?:der|des|von) (?=[A-ZÄÖÜ])")
_INDEFINITE = re.compile(r"(?<!\w)eine?[mnrs]? $")
_HAS_LEGAL_FORM = re.compile(rf" (?:{_LEGAL})$")
# A name may go on in the next line if the line before is full.
_WRAPPED = re.compile(r"(?<=[\w.&-])\n(?=[A-ZÀ-ÖØ-Þ&][\w&])")
_OWNERS = re.compile(r"WEG [A-ZÄÖÜ]")
_FULL_LINE = 48
_FIELD_NAME = 30
# A look before the closer ones: without a legal form or a firm's word it is none.
_MAY_BE_FIRM = re.compile(
    rf" (?:{_LEGAL})(?!\w)|WEG "
    rf"|(?i:(?<!\w)(?:{source('creditors', 'organisation')})(?:e?s)?(?!\w))"
)
_IN_NAME = re.compile(r"[^ ]+")
_LINK_AT_END = re.compile(rf"(?: {_LINK})+$")
_DISTRICT_COURT = re.compile(r"(?:\d|[a-zäöüß]) AG$")


@dataclass(frozen=True, kw_only=True)
class FirmFound:
    """A name as printed; the place is None if it is the sender's display name."""

    name: str
    confidence: float
    place: tuple[int, int] | None = None


def find_firms(text: str) -> Iterator[FirmFound]:
    """Firms in order of place."""
    text = with_wrapped_lines_joined(text)
    for match in _FIRM.finditer(text):
        for start, end in _pieces(match["name"]):
            firm = _firm_at(text, match.start() + start, match.start() + end)
            if firm:
                yield firm


def _pieces(name: str) -> Iterator[tuple[int, int]]:
    """The sentences in a run of words, but for what belongs to a name with a legal form."""
    rest = _sentence_start(name) if _HAS_LEGAL_FORM.search(name) else len(name)
    start = 0
    for end in _SENTENCE_END.finditer(name, 0, rest):
        yield start, end.start()
        start = end.end()
    yield (start, len(name)) if rest == len(name) else (rest, len(name))


def _firm_at(text: str, start: int, end: int) -> FirmFound | None:
    if not _MAY_BE_FIRM.search(text, start, end):
        return None
    start += name_start(text[start:end])
    name = text[start:end]
    legal = bool(_HAS_LEGAL_FORM.search(name))
    name = name if legal else _without_tail(name, text[end : end + 2])
    length = len(name)
    name = name if legal else _nominative(name)
    if not legal and _INDEFINITE.search(text[max(start - 8, 0) : start]):
        return None
    if not name or not _is_firm(name) or _is_court(name, text[end : end + 2]):
        return None
    return FirmFound(name=name, confidence=0.9 if legal else 0.75, place=(start, start + length))


def has_legal_form(name: str) -> bool:
    """Whether a legal form ends the name."""
    return bool(_HAS_LEGAL_FORM.search(name))


def looks_like_a_firm(name: str) -> bool:
    """Whether a legal form, a firm's or authority's word or an & stands in it."""
    return bool(
        _HAS_LEGAL_FORM.search(name) or pattern("creditors", "organisation").search(name)
    ) or (" & " in name or " + " in name)


def with_wrapped_lines_joined(text: str) -> str:
    """Blanks in place of the line ends inside a paragraph, so that places stay the same."""
    lines = text.split("\n")
    pieces = [lines[0]]
    for before, line in pairwise(lines):
        is_full = len(before.rstrip()) >= _FULL_LINE and before[-1:] not in {"", " "}
        goes_on = (
            is_full
            and ":" not in line[:_FIELD_NAME]
            and bool(_WRAPPED.search(f"{before[-1:]}\n{line[:2]}"))
        )
        pieces += [" " if goes_on else "\n", line]
    return "".join(pieces)


def name_start(name: str) -> int:
    """Skip what stands in front: "Die Muster AG", "812/25 L Muster AG" are the Muster AG."""
    behind_article = _NUMBER_WITH_ARTICLE.match(name) or _NOUN_WITH_ARTICLE.match(name)
    start, after_number = behind_article.end() if behind_article else 0, False
    for match in _IN_NAME.finditer(name, start):
        word = match[0].strip(".")
        after_number = (
            sum(map(str.isdigit, word)) >= _LEAST
            or word[:1].isdigit()
            or (after_number and word.isupper() and len(word) < _LEAST)
        )
        if not _never_begins_a_name(word) and not after_number:
            break
        start = match.end() + 1
    start = min(start, len(name))
    return start + name_start(name[start:]) if start else 0


def _sentence_start(name: str) -> int:
    """Skip the sentence before: "Kosten. Unsere Mandantin Muster AG" is the Muster AG."""
    for end in _SENTENCE_END.finditer(name):
        rest = name[end.end() :]
        if _never_begins_a_name(rest.partition(" ")[0]):
            return end.end() + _sentence_start(rest)
    return name_start(name)


def _nominative(name: str) -> str:
    """The name of "des Jobcenters Muster" is "Jobcenter Muster"."""
    first, _, rest = name.partition(" ")
    for ending in ("es", "s"):
        stem = first.removesuffix(ending)
        is_genitive = stem != first and pattern("creditors", "organisation").fullmatch(stem)
        is_nominative = pattern("creditors", "organisation").fullmatch(first)
        if rest and is_genitive and (stem.endswith("amt") or not is_nominative):
            return f"{stem} {rest}"
    return name


def _without_tail(name: str, behind: str) -> str:
    """Without the next sentence, and without the sum in "der Praxis 2.014,60 EUR"."""
    if re.match(r"[,.]\d", behind) or re.search(r"\d[.']\d{3}$", name):
        name = name.rpartition(" ")[0]
    name = _LINK_AT_END.sub("", _SENTENCE_END.split(name)[0].rstrip(" .,-"))
    before, _, last = name.rpartition(" ")
    is_claim = before and pattern("creditors", "enforced_claim").fullmatch(last)
    return before if is_claim else name


def _never_begins_a_name(word: str) -> bool:
    small = word.casefold()
    is_case = bool(pattern("creditors", "case_word").fullmatch(small))
    return small in words("creditors", "never_in_name") or is_case


def _is_firm(name: str) -> bool:
    if _HAS_LEGAL_FORM.search(name):
        return True
    if pattern("creditors", "principal_field").fullmatch(name):
        return False
    if _OWNERS.match(name):
        return True
    parts = [part for part in name.split() if any(map(str.isalpha, part))]
    return bool(pattern("creditors", "organisation").search(name)) and len(parts) > 1


def _is_court(name: str, behind: str) -> bool:
    """What "Vollstreckungsbescheid AG Weidental" and "HRB 4711 AG Weidental" name is no firm."""
    if not _DISTRICT_COURT.search(name) or not re.match(r" [A-ZÄÖÜ]", behind):
        return False
    stem = name.rpartition(" ")[0].rpartition(" ")[2].casefold()
    return stem.isdigit() or bool(pattern("creditors", "title_of_court").fullmatch(stem))
