"""What a part of a claim is by its label: principal, interest, costs, or not said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from functions.worker.reading.amount_roles import Sum
from functions.worker.reading.role_words import Role
from functions.worker.reading.vocabulary import pattern, source

_LONGEST_ROW = 120
_KINDS = (
    ("service_charge", Role.PRINCIPAL),
    ("interest", Role.INTEREST),
    ("costs", Role.COSTS),
    ("fee", Role.COSTS),
    ("principal", Role.PRINCIPAL),
)
_AND = r"(?:\s{0,2}(?:und|u\.|sowie|nebst|\+|&|/|,)\s{0,2}(?:\w{1,15}\s)?)"
_INTEREST = rf"(?:{source('amount_roles', 'interest')})"
_COSTS = rf"(?:{source('amount_roles', 'costs')})"
_BOTH = re.compile(
    rf"(?<!\w)(?:{_INTEREST}{_AND}{_COSTS}|{_COSTS}{_AND}{_INTEREST})(?!\w)", re.IGNORECASE
)
_SUM_AT_END = re.compile(
    r"\d(?:,\d\d|,-|\.\d\d)?[^\w\n]{0,4}(?:EUR|Euro|€|CHF)?\W{0,3}$", re.IGNORECASE
)
_LETTERS = re.compile(r"[^\W\d_]{3}")


def is_row(one: Sum) -> bool:
    """A line of a list that ends with its sum."""
    line = one.line.rstrip()
    return len(line) <= _LONGEST_ROW and bool(_SUM_AT_END.search(line))


def kinds_of(parts: Sequence[Sum]) -> list[Role] | None:
    """One kind for every part; None if one label names interest and costs together."""
    before = [_label_before(one) for one in parts]
    after = [re.split(r"[,;(]|\.\s", one.after, maxsplit=1)[0] for one in parts]
    named_before = [
        _kind(label, last=not is_row(one)) for label, one in zip(before, parts, strict=True)
    ]
    named_after = [_kind(label, last=False) for label in after]
    own = [_own_role(one) for one in parts]
    found = max((named_before, named_after, own), key=_told)
    if any(_BOTH.search(label) for label in (after if found is named_after else before)):
        return None
    return [
        kind if kind is not Role.UNKNOWN else by_words
        for kind, by_words in zip(found, own, strict=True)
    ]


def _own_role(one: Sum) -> Role:
    named = {Role.PRINCIPAL, Role.INTEREST, Role.COSTS}
    return one.role if one.role in named else Role.UNKNOWN


def _told(kinds: Sequence[Role]) -> int:
    return sum(kind is not Role.UNKNOWN for kind in kinds)


def _label_before(one: Sum) -> str:
    """The words in front of the sum in its line, or in the lines above if it begins the line."""
    in_line = one.before.rpartition("\n")[2]
    return (
        in_line
        if _kind(in_line, last=True) is not Role.UNKNOWN or (is_row(one) and _LETTERS.search(in_line))
        else one.before
    )


def _kind(label: str, *, last: bool) -> Role:
    """By the head of a label, its first word; in a sentence by the word nearest to the sum."""
    best: tuple[int, int, Role] | None = None
    for rank, (key, role) in enumerate(_KINDS):
        for match in pattern("amount_roles", key).finditer(label):
            place = (-match.end() if last else match.start(), rank, role)
            best = min(best, place, key=lambda one: one[:2]) if best else place
    return best[2] if best else Role.UNKNOWN
