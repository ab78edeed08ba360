"""Two sums of which the writer says that one is right and the other one not, or no more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sums import Sum

_CLAIMED = frozenset({Role.BALANCE, Role.TOTAL})
_MAY_BE_WRONG = _CLAIMED | {Role.UNKNOWN, Role.OURS, Role.PAST, Role.OFFER}
_CLAUSE_END = re.compile(r"[,;.]\s")
_NEGATED = re.compile(r"\b(?:nicht|kein\w{0,2})\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\bzwischen\s(?:EUR |€ )?$", re.IGNORECASE)
_AND = re.compile(r"\s(?:und|bis)\s(?:EUR |€ )?")
_NOT_AS_MUCH = re.compile(
    r"\s?,?\s(?:und\s)?nicht\s(?:(?:auf|um|mit|von|bei|etwa|nur|die|den|wie)\s){0,3}"
    r"(?:(?:im|in|von)\s[^.;,\d]{2,40}\s(?:genannten|angegebenen|angesetzten|aufgeführten)\s)?"
    r"(?:EUR |€ )?",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"[\s,]{1,3}(?:statt|anstatt|anstelle|an Stelle)\s(?:\w{2,14}\s){0,3}(?:EUR |€ )?",
    re.IGNORECASE,
)
_OUT_OF = re.compile(
    r"\baus\s(?:(?:den|dem|diesen|unseren|ehemals)\s(?:\w{2,14}\s){0,2})?(?:EUR |€ )?$",
    re.IGNORECASE,
)
_BECOMES = re.compile(
    r"\s(?:werden|wird|wurden|sind|bleiben|verbleiben|machen)\s(?:\w{2,12}\s){0,3}", re.IGNORECASE
)
_IF = re.compile(r"\b(?:wenn|falls|sofern|bei Zahlung|gegen Zahlung|runde\w? ab)\b", re.IGNORECASE)


def corrected(text: str, sums: Sequence[Sum]) -> list[Sum]:
    """The sums, with the roles that such a pair gives them."""
    changed = list(sums)
    for place in range(1, len(changed)):
        pair = _set_right(text, changed[place - 1], changed[place])
        if pair:
            changed[place - 1], changed[place] = pair
    return changed


def _set_right(text: str, first: Sum, second: Sum) -> tuple[Sum, Sum] | None:
    between = (text, first.amount.end, second.amount.start)
    if _BETWEEN.search(first.before) and _AND.fullmatch(*between):
        return replace(first, role=Role.IRRELEVANT), replace(second, role=Role.IRRELEVANT)
    if _is_told_apart(first, second) and _NOT_AS_MUCH.fullmatch(*between):
        right = replace(first, role=Role.BALANCE, is_declared=True)
        return right, replace(second, role=Role.OURS)
    is_told = first.role in _CLAIMED and second.role is not Role.BALANCE
    if is_told and _INSTEAD.fullmatch(*between):
        return replace(first, is_declared=True), second
    return _become(first, second) if _has_become(text, first, second) else None


def _is_told_apart(first: Sum, second: Sum) -> bool:
    """As in "mit 450 EUR, nicht mit 500 EUR"."""
    may_be = first.role in _CLAIMED | {Role.UNKNOWN} and second.role in _MAY_BE_WRONG
    return may_be and not _NEGATED.search(_CLAUSE_END.split(first.before)[-1])


def _has_become(text: str, first: Sum, second: Sum) -> bool:
    """As in "aus den eingeklagten 2.600 EUR werden dadurch 2.250 EUR"."""
    before = text[max(first.amount.start - 40, 0) : first.amount.start]
    becomes = _BECOMES.fullmatch(text, first.amount.end, second.amount.start)
    is_open = second.role in _CLAIMED | {Role.UNKNOWN}
    return is_open and bool(becomes and _OUT_OF.search(before))


def _become(first: Sum, second: Sum) -> tuple[Sum, Sum]:
    """With a condition the second one is an offer."""
    if _IF.search(second.sentence):
        return replace(first, role=Role.BALANCE), replace(second, role=Role.OFFER)
    return replace(first, role=Role.PAST), replace(second, role=Role.BALANCE, is_declared=True)
