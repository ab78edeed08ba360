"""Finds the debtor's name: never the clerk, the lawyer or the creditor."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from functions.worker.reading.vocabulary import pattern, source, words
from shared.domain.match_keys import fold_letters

_MAX_RUNS = 2_000
_LOOK_BACK = 64
_MAX_SURNAME_WORDS = 4
_CAP = (
    r"[A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_]{1,24}(?:['’][^\W\d_]{1,24})?"
    r"(?:-[A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_]{1,24}){0,2}"
)
_PARTICLE = rf"(?:(?:{source('people', 'particle')})[ ])"
_RUN = re.compile(
    rf"(?<![\w@.-]){_PARTICLE}{{0,2}}{_CAP}(?:[ ]{_PARTICLE}{{0,2}}{_CAP}){{0,4}}(?![\w@]|[-/.]\d)"
)
_SWAPPED = re.compile(
    rf",[ ]?(?:(?:Dr|Prof|med)\.?[ ]){{0,3}}(?P<first>{_CAP}(?:[ ]{_CAP})?)(?![\w@])"
)
_TITLES = rf"(?:(?:{source('people', 'title')})\.?\s)*"
_ADDRESS = rf"(?:(?:{source('people', 'form_of_address')})\.?\s{{1,3}})"
_NUMBER = r"(?:[\w./-]*\d[\w ./-]{0,20}[ ,:–-]{1,3})?"
_BETWEEN = r"(?:[\s:|,(–-]{1,4})(?:in\b)?"
_DEBTOR = re.compile(
    rf"(?<!\w)(?:{source('people', 'debtor')}){_BETWEEN}{_NUMBER}{_ADDRESS}?{_TITLES}$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    rf"(?<!\w)(?:{source('people', 'about')}){_BETWEEN}"
    rf"(?:(?:den|die|ihre[nmrs]?)\s)?{_ADDRESS}?{_TITLES}$",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(rf"(?<!\w){_ADDRESS}{_TITLES}$", re.IGNORECASE)
_SALUTATION = re.compile(
    rf"(?<!\w)(?:{source('people', 'salutation')})[ ,]+(?:{_ADDRESS})?"
    rf"(?:(?:{source('people', 'colleague')})\s)?{_TITLES}$",
    re.IGNORECASE,
)
_JOINED = re.compile(rf"{_CAP} (?:und|u\.|&|oder) $")
_FIRM_BEHIND = re.compile(rf"[ ](?:&|{source('creditors', 'legal_form')})(?!\w)")


@dataclass(frozen=True, kw_only=True)
class PersonFound:
    """A name as printed at `text[start:end]`."""

    name: str
    confidence: float
    start: int
    end: int


def find_debtor(
    said: str, quoted: str, *, subject_length: int, sender_name: str
) -> PersonFound | None:
    """The best supported name, from the sender's words, else from the thread he answers."""
    candidates = [
        *_candidates(said, quoted=False, subject_length=subject_length),
        *_candidates(quoted, quoted=True, subject_length=0),
    ]
    sender = _letters(sender_name)
    candidates = [one for one in candidates if not sender or _letters(one.name) != sender]
    if not candidates:
        return None
    best = max(candidates, key=lambda one: (one.confidence, -one.start))
    rivals = [one for one in candidates if one.confidence >= best.confidence - 0.02]
    if all(_letters(one.name) == _letters(best.name) for one in rivals):
        return best
    return PersonFound(name=best.name, confidence=0.5, start=best.start, end=best.end)


def _candidates(text: str, *, quoted: bool, subject_length: int) -> Iterator[PersonFound]:
    for start, end in _name_runs(text):
        confidence = _confidence(text, start, end, quoted=quoted, in_subject=end <= subject_length)
        if confidence:
            yield PersonFound(
                name=" ".join(text[start:end].split()), confidence=confidence, start=start, end=end
            )


def _name_runs(text: str) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words that may be a name, "Müller, Jürgen" as one run."""
    for count, match in enumerate(_RUN.finditer(text)):
        if count >= _MAX_RUNS:
            return
        pieces = list(_without_other_nouns(text, match.start(), match.end()))
        for start, end in pieces:
            swapped = _SWAPPED.match(text, end)
            introduced = bool(_DEBTOR.search(text[max(start - _LOOK_BACK, 0) : start]))
            if (
                swapped
                and end == match.end()
                and _is_swapped(text[start:end], swapped["first"], introduced=introduced)
            ):
                yield start, swapped.end()
            elif not _FIRM_BEHIND.match(text, end) and not _is_firm(text[start:end]):
                yield start, end


def _without_other_nouns(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece: list[re.Match[str]] = []
    for word in [*re.finditer(r"[^ ]+", text[start:end]), None]:
        if word is not None and not _is_noun(word[0]):
            piece.append(word)
            continue
        while piece and piece[-1][0].islower():
            piece.pop()
        while len(piece) > 1 and piece[0][0].islower() and is_first_name(piece[1][0]):
            piece.pop(0)
        if piece:
            yield start + piece[0].start(), start + piece[-1].end()
        piece = []


def _is_noun(word: str) -> bool:
    small = word.casefold()
    if word.islower():
        return small not in words("people", "particle")
    return small in words("people", "no_name") or bool(pattern("people", "debtor").fullmatch(small))


def _is_swapped(last: str, first: str, *, introduced: bool) -> bool:
    """A surname, a comma, a first name; behind "Schuldner:" the first name need not be known."""
    is_name = is_first_name(first) or (introduced and not _is_noun(first.split(maxsplit=1)[0]))
    return len(last.split()) <= _MAX_SURNAME_WORDS and is_name and not is_first_name(last)


def _is_firm(name: str) -> bool:
    return bool(pattern("creditors", "organisation").search(name))


def _confidence(text: str, start: int, end: int, *, quoted: bool, in_subject: bool) -> float:
    before = text[max(start - _LOOK_BACK, 0) : start]
    name = text[start:end]
    if _SALUTATION.search(before) or _is_signed(text, start, end, before):
        return 0.0
    is_full = "," in name or len([word for word in name.split() if not word.islower()]) > 1
    known = is_first_name(name) or ("," in name and is_first_name(name.split(",")[1].strip()))
    confidence = _by_cue(before, is_full=is_full, known=known)
    if not confidence and is_full and known and not quoted:
        confidence = 0.8 if in_subject or before.endswith("(") else 0.72
    if _JOINED.search(before):
        confidence = min(confidence, 0.5)
    return max(confidence - (0.1 if quoted else 0.0), 0.0)


def _by_cue(before: str, *, is_full: bool, known: bool) -> float:
    addressed = bool(_ADDRESSED.search(before))
    if _DEBTOR.search(before):
        if is_full:
            return 0.95 if known else 0.88
        return 0.7 if addressed else 0.0
    if _ABOUT.search(before) and is_full and (known or addressed):
        return 0.92 if known else 0.85
    if addressed:
        return 0.88 if is_full else 0.62
    return 0.0


def _is_signed(text: str, start: int, end: int, before: str) -> bool:
    """A name alone on its line below the text, which no word introduces."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    alone = line.strip() == text[start:end] and line_start > 0
    return alone and not _by_cue(before, is_full=True, known=True)


def is_first_name(name: str) -> bool:
    """Whether the first word is a common first name, also as the first half of a double one."""
    first = fold_letters(name.split(maxsplit=1)[0], umlaut_with_e=True) if name.split() else ""
    return first in words("people", "first_names") or first.split("-")[0] in words(
        "people", "first_names"
    )


def _letters(name: str) -> Sequence[str]:
    return sorted(re.findall(r"[^\W\d_]+", fold_letters(name, umlaut_with_e=True)))
