"""Finds runs of words that may be a person's name, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from functions.worker.reading.language.vocabulary import pattern, source, words
from shared.domain.match_keys import fold_letters

_LOOK_BACK = 64
_MAX_SURNAME_WORDS = 4
_MAX_WORDS = 6
CAPITALISED = (
    r"[A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_]{1,24}(?:['’][^\W\d_]{1,24})?"
    r"(?:-[A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_]{1,24}){0,2}"
)
_PARTICLE = rf"(?:(?:{source('people', 'particle')})[ ])"
_RUN = re.compile(
    rf"(?<![\w@.-]){_PARTICLE}{{0,2}}{CAPITALISED}(?:[ ]{_PARTICLE}{{0,2}}{CAPITALISED}){{0,8}}"
    r"(?![\w@]|[-/.]\d)"
)
_SWAPPED = re.compile(
    rf",[ ]?(?:(?:Dr|Prof|med)\.?[ ]){{0,3}}"
    rf"(?P<first>{CAPITALISED}(?:[ ](?![A-Z]{{2,5}}[ ]\d){CAPITALISED})?)(?![\w@])"
)
TITLES = rf"(?:(?:(?:{source('people', 'title')})\.?|[A-Z]\.)\s){{0,6}}"
_INITIALS = re.compile(r",[ ]?[A-ZÄÖÜ]\.(?![ ]?[A-ZÄÖÜ]\w)")
ADDRESS = rf"(?:(?:{source('people', 'form_of_address')})\.?\s{{1,3}})"
_INTRODUCED = re.compile(
    rf"(?<!\w)(?:(?:{source('people', 'debtor')})[\s:|,(–-]{{1,4}}|(?:gegen|\./\.)\s)"
    rf"{ADDRESS}?{TITLES}$",
    re.IGNORECASE,
)
_FIRM_BEHIND = re.compile(
    rf"[ ](?:&|{source('creditors', 'legal_form')}|{source('people', 'law_firm_behind')})(?!\w)"
)
# "Für Herrn Karl Lorenz zum Ausgleich": even where the surname is a first name.
_JOINED_ARTICLES = frozenset({"zum", "zur", "vom"})
_WORD = re.compile(r"[^ ]+")
_TWO_WORDS = re.compile(rf"{CAPITALISED},? {CAPITALISED} $")
_MOST_LETTERS_OF_A_NUMBER = 3


@lru_cache(maxsize=8)
def name_runs(text: str) -> tuple[tuple[int, int], ...]:
    """Runs of capitalised words that may be a name, "Müller, Jürgen" as one run."""
    return tuple(_name_runs(text))


def _name_runs(text: str) -> Iterator[tuple[int, int]]:
    for match in _RUN.finditer(text):
        for start, end in _without_other_nouns(text, match.start(), match.end()):
            swapped = _SWAPPED.match(text, end)
            introduced = bool(_INTRODUCED.search(text[max(start - _LOOK_BACK, 0) : start]))
            if (
                swapped
                and end == match.end()
                and _is_swapped(text[start:end], swapped["first"], introduced=introduced)
            ):
                yield start, swapped.end()
            elif end == match.end() and _INITIALS.match(text, end):
                yield start, end + len(", A.") if text[end + 1] == " " else end + len(",A.")
            elif not _FIRM_BEHIND.match(text, end) and not is_firm(text[start:end]):
                yield start, end


def name_in_order(name: str, *, addressed: bool) -> str:
    """The name on one line; "Kern Thomas" as "Thomas Kern" unless a form of address precedes."""
    parts = name.split()
    is_pair = len(parts) == 2 and not name.count(",")  # noqa: PLR2004
    if is_pair and not addressed and is_first_name(parts[1]) and not is_first_name(parts[0]):
        parts.reverse()
    return " ".join(parts)


def is_first_name(name: str) -> bool:
    """Whether the first word is a common first name, also as the first half of a double one."""
    first = fold_letters(name.split(maxsplit=1)[0], umlaut_with_e=True) if name.split() else ""
    known = words("people", "first_names")
    return first in known or first.split("-")[0] in known


def is_noun(word: str) -> bool:
    """Whether a capitalised word is known to be no part of a name."""
    small = word.casefold()
    if word.islower():
        return small not in words("people", "particle")
    if any(small in words("people", key) for key in ("no_name", "form_of_address", "title")):
        return True
    keys = ("debtor", "common_ending")
    return any(pattern("people", key).fullmatch(small) for key in keys)


def is_firm(name: str) -> bool:
    """Whether a word of it belongs to firms and authorities."""
    return bool(pattern("creditors", "organisation").search(name))


def _without_other_nouns(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece: list[re.Match[str]] = []
    parts = [one for one in _WORD.finditer(text, start, end) if not _begins_a_number(one)]
    for word in [*parts, None]:
        if word is not None and not is_noun(word[0]) and not _ends_name(piece, word[0]):
            piece.append(word)
            continue
        while piece and piece[-1][0].islower():
            piece.pop()
        piece = _from_first_name(piece)
        while len(piece) > 1 and _is_before_name(piece[0][0]) and is_first_name(piece[1][0]):
            piece.pop(0)
        if 0 < len(piece) <= _MAX_WORDS:
            yield piece[0].start(), piece[-1].end()
        piece = [word] if word is not None and not is_noun(word[0]) else []


def _begins_a_number(word: re.Match[str]) -> bool:
    """The letters of "Eva Kern LB 4711"; but "KERN 4711" is a surname and a number."""
    if not word[0].isupper() or not re.match(r" \d", word.string[word.end() : word.end() + 2]):
        return False
    is_behind_two = bool(
        _TWO_WORDS.search(word.string[max(word.start() - _LOOK_BACK, 0) : word.start()])
    )
    return len(word[0]) <= _MOST_LETTERS_OF_A_NUMBER + 2 * is_behind_two


def _is_label(first: str) -> bool:
    """The words of a number, as in "Schuldner: Kern, Konto 4711"."""
    word = first.split(maxsplit=1)[0]
    labels = (("references", "label"), ("creditors", "creditor_field"))
    return is_noun(word) or any(pattern(*label).fullmatch(word) for label in labels)


def _from_first_name(piece: list[re.Match[str]]) -> list[re.Match[str]]:
    """In "Angabe zu Eva Kern" the name begins with the first name behind the particle."""
    for position in range(2, len(piece) - 1):
        is_behind_particle = piece[position - 1][0].islower() and not is_first_name(piece[0][0])
        if is_behind_particle and is_first_name(piece[position][0]):
            return piece[position:]
    return piece


def _is_before_name(word: str) -> bool:
    return word.islower() or bool(pattern("people", "noun_ending").fullmatch(word))


def _ends_name(piece: list[re.Match[str]], word: str) -> bool:
    """A particle behind first name and surname: "Eva Kern von der …"; but "Eva Kern zu Ahlen"."""
    if not word.islower() or word == "zu" or len(piece) < 2:  # noqa: PLR2004
        return False
    if word in _JOINED_ARTICLES:
        return True
    is_behind_surname = not piece[-1][0].islower() and not is_first_name(piece[-1][0])
    return is_behind_surname and not piece[-2][0].islower()


def _is_swapped(last: str, first: str, *, introduced: bool) -> bool:
    """A surname, a comma, a first name; behind "Schuldner:" the first name need not be known."""
    given, *others = first.split()
    is_sentence = bool(pattern("people", "noun_ending").fullmatch(last)) and not introduced
    if is_sentence and others and not is_first_name(others[0]):
        return False
    is_name = is_first_name(given) or (introduced and not _is_label(first))
    return len(last.split()) <= _MAX_SURNAME_WORDS and is_name and not is_first_name(last)
