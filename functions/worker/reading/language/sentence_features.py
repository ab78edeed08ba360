"""What the sentence model sees of a sentence: its words, their pieces, neighbours and negations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

_LONGEST_SENTENCE = 400
_MOST_TOKENS = 60
STEM = 5
"""So many letters of a word stand for it with all its endings."""
_PIECE = 4
_FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_MASKS = (
    (
        re.compile(
            r"\b(?:Frau|Herrn|Herr|Fr\.|Hr\.|Eheleuten?|Mrs?\.?|Ms\.?)\s{1,3}"
            r"(?!(?:Rechtsanw|Kolleg|Doktor|Anw|Rechtsb)\w)(?:(?:Dr|Prof|med)\.\s){0,2}"
            r"[A-ZÄÖÜ][\w'’-]{0,30}(?:[ \t][A-ZÄÖÜ][\w'’-]{0,30}){0,2}"
        ),
        "jemand",
    ),
    (
        re.compile(
            r"\b\d{1,2}\.[ ]?(?:\d{1,2}\.(?:\d{4}|\d\d)?"
            r"|(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)[a-zä]{0,6}(?:[ ]\d{4})?)(?!\d)"
        ),
        "§datum",
    ),
    (
        re.compile(
            r"(?:EUR|€|CHF)\s?\d(?:[\d.,']{0,13}\d)?(?:[.,][-–]{1,2})?"
            r"|\d(?:[\d.,']{0,13}\d)?(?:[.,][-–]{1,2})?\s?(?:EUR|€|Euro\b|CHF)"
        ),
        "§summe",
    ),
    (re.compile(r"[(][^()\n\d]{0,40}\d[^()\n]{0,80}[)]"), " "),
    (re.compile(r"\b(?:[A-Z]{1,6}[-/ ]?)?\d[\d ./A-Z-]{0,40}\d\b"), "#"),
)
_TOKEN = re.compile(r"§?[^\W\d_]{1,40}|#|\d[\d.,'/-]{0,20}|[\[(]\s?[xX]\s?[\])]|[?!%☒☑✔:,;.]")
_NEGATIONS = frozenset(
    "nicht nichts nie niemals nein kein keine keinen keinem keiner keines keinerlei weder ohne "
    "keinesfalls keineswegs mitnichten unmoeglich ausserstande not no cannot never unable nor nix "
    "nich".split()
)
_CLAUSE_ENDS = frozenset(", ; . : ! ? sondern aber doch jedoch but".split())


def sentence_features(sentence: str) -> frozenset[str]:
    """The features of one sentence, of its first sixty words; names, sums and numbers masked.

    The words of a clause with a negation also count as negated, so that "wir stimmen nicht zu"
    and "wir stimmen zu" differ in more than one word; two negations in a clause count as such.
    """
    tokens = tuple(masked_words(sentence[:_LONGEST_SENTENCE]))
    return frozenset(
        (*_words(tokens), *_neighbours(tokens), *negated_words(tokens), f"length {_length(tokens)}")
    )


def masked_words(sentence: str) -> Iterator[str]:
    """The first sixty words and signs, folded; names, dates, sums and numbers masked."""
    for mask, sign in _MASKS:
        sentence = mask.sub(sign, sentence)
    for count, match in enumerate(_TOKEN.finditer(sentence)):
        if count >= _MOST_TOKENS:
            return
        token = match[0].casefold().translate(_FOLDED)
        if token[0].isdigit():
            yield "#"
        elif token[0] in "[(☒☑✔":
            yield "[x]"
        else:
            yield token


def _length(tokens: Sequence[str]) -> int:
    return min(len(tokens), 40).bit_length()


def _words(tokens: Sequence[str]) -> Iterator[str]:
    for token in tokens:
        yield token
        if len(token) < _PIECE - 1:
            continue
        yield f"{token[:STEM]}*"
        framed = f"<{token}>"
        for start in range(len(framed) - _PIECE + 1):
            yield f"~{framed[start : start + _PIECE]}"


def _neighbours(tokens: Sequence[str]) -> Iterator[str]:
    stems = ["^", *(word[:STEM] for word in tokens if word not in ",.;"), "$"]
    for left, right in pairwise(stems):
        yield f"{left} {right}"


def words_and_stems(place: str, words: Iterable[str]) -> Iterator[str]:
    """Each word, and its stem, as something seen at a place."""
    for word in words:
        yield f"{place} {word}"
        yield f"{place} {word[:STEM]}*"


def negated_words(tokens: Sequence[str]) -> Iterator[str]:
    """The stems of clauses with a negation, and of those with two."""
    clause: list[str] = []
    for token in (*tokens, "."):
        if token not in _CLAUSE_ENDS:
            clause.append(token)
            continue
        count = sum(one in _NEGATIONS for one in clause)
        if count:
            sign = "not" if count == 1 else "notnot"
            yield sign
            yield from (f"{sign} {one[:STEM]}" for one in clause)
        clause = []
