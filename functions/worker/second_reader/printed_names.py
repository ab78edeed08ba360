"""Where a name stands in a text, spelled with ü, ue or u, in either order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from shared.domain.match_keys import PersonName, creditor_words, parse_person_name, spellings

Place = tuple[int, int]

_WORD = re.compile(r"[^\W_]+")
_LONGEST_GAP = 24
_BREAK = re.compile(r"\n\s*\n|[|;!?]|\d")


@dataclass(frozen=True, kw_only=True)
class _Word:
    spellings: frozenset[str]
    start: int
    end: int


def person_places(text: str, name: str) -> tuple[Place, ...]:
    """Where the person is named: first name and surname side by side, titles aside.

    A single word counts only with a capital: "klein" does not name Frau Klein.
    """
    person = parse_person_name(name)
    orders = {
        _words(" ".join((*person.first, *person.last))),
        _words(" ".join((*person.last, *person.first))),
    }
    tokens = _tokens(text, is_skipped=_is_title)
    places = sorted(place for order in orders if order for place in _runs(text, tokens, order))
    if len(_words(name)) == 1:
        places = [place for place in places if text[place[0]].isupper()]
    return tuple(places)


def firm_places(text: str, name: str) -> tuple[Place, ...]:
    """Where the firm is named, its legal form aside."""
    words = _words(" ".join(creditor_words(name)))
    if not words:
        return ()
    return tuple(_runs(text, _tokens(text, is_skipped=_is_legal_form), words))


def is_same_person(one: str, other: str) -> bool:
    """One surname, and no two different first names; an initial or none may be any.

    The same words in another order are the same person: in "Nguyen Thi Lan" the surname leads.
    """
    person, namesake = parse_person_name(one), parse_person_name(other)
    if _is_reordered(person, namesake):
        return True
    if not _is_spelled_alike(person.last, namesake.last):
        return False
    firsts = [(a, b) for a in person.first for b in namesake.first]
    return not firsts or any(_is_same_first_name(a, b) for a, b in firsts)


def is_same_firm(one: str, other: str) -> bool:
    """All words of one name are in the other, legal forms aside."""
    words, others = (_folded(creditor_words(name)) for name in (one, other))
    shorter, longer = sorted((words, others), key=len)
    return bool(shorter) and all(any(word & each for each in longer) for word in shorter)


def _is_reordered(person: PersonName, namesake: PersonName) -> bool:
    words, others = ((*each.first, *each.last) for each in (person, namesake))
    return _is_spelled_alike(sorted(words), sorted(others))


def _folded(words: Sequence[str]) -> list[frozenset[str]]:
    return [spellings(word) for word in words]


def _is_spelled_alike(words: Sequence[str], others: Sequence[str]) -> bool:
    one, other = (spellings(" ".join(each).replace("-", " ")) for each in (words, others))
    return bool(one & other)


def _is_same_first_name(one: str, other: str) -> bool:
    if min(len(one), len(other)) == 1:
        return one[0].casefold() == other[0].casefold()
    return bool(spellings(one) & spellings(other))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text))


def _is_title(word: str) -> bool:
    return word.isalpha() and not parse_person_name(word).last


def _is_legal_form(word: str) -> bool:
    return not creditor_words(word)


def _tokens(text: str, *, is_skipped: Callable[[str], bool]) -> list[_Word]:
    known: dict[str, frozenset[str] | None] = {}
    tokens: list[_Word] = []
    for match in _WORD.finditer(text):
        word = match[0]
        if word not in known:
            known[word] = None if is_skipped(word) else spellings(word)
        folded = known[word]
        if folded is not None:
            tokens.append(_Word(spellings=folded, start=match.start(), end=match.end()))
    return tokens


def _runs(text: str, tokens: Sequence[_Word], words: Sequence[str]) -> Iterator[Place]:
    wanted = [spellings(word) for word in words]
    for first in range(len(tokens) - len(wanted) + 1):
        # The first word is compared alone, so that a long text stays cheap.
        if not tokens[first].spellings & wanted[0]:
            continue
        run = tokens[first : first + len(wanted)]
        if _is_named(text, run, wanted):
            yield run[0].start, run[-1].end


def _is_named(text: str, run: Sequence[_Word], wanted: Sequence[frozenset[str]]) -> bool:
    spelled = all(word.spellings & one for word, one in zip(run, wanted, strict=True))
    gaps = [text[one.end : other.start] for one, other in pairwise(run)]
    return spelled and not any(len(gap) > _LONGEST_GAP or _BREAK.search(gap) for gap in gaps)
