"""Finds the sums of a mail that are the result of others: what adds up needs no words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import product

from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sums import Sum

_ZERO = Decimal("0.00")
_ANY_SIGN = 4
_LONGEST_RUN = 16
_ASIDE = frozenset({Role.IRRELEVANT, Role.OURS, Role.OFFER, Role.INSTALMENT})
_CLAIMS = frozenset({Role.TOTAL, Role.BALANCE})
_DEDUCTED = frozenset({Role.PAST, Role.IRRELEVANT})
_MAY_BE_TAKEN_OFF = frozenset({Role.UNKNOWN, Role.PART, Role.INSTALMENT})
_CLAUSE_END = re.compile(r"[,;.][\s–-]")
_LEFT = re.compile(
    r"\b(?:noch(?!\snicht)|fehl(?:t|en)|(?:ver)?bleib(?:t|en)|rest\w{0,8}|differenz|unterschied"
    r"|übrig\w{0,2}|verblieben\w{0,2}|ergebnis|mithin|somit|folglich|demnach)\b[^.;\d]{0,40}$"
    r"|=\s{0,2}(?:EUR |€ )?$",
    re.IGNORECASE,
)
_FORGONE = re.compile(
    r"\b(?:verzicht\w{0,3}|nachlass\w{0,2}|erlass\w{0,2}|erlässt|schenken|streichen)\b",
    re.IGNORECASE,
)
# "Der Rest, 30 EUR, sind Kosten" is the last part, not what is left to pay.
_IS_A_PART = re.compile(
    r"[,\s]{1,3}(?:sind|ist|betrifft|betreffen|entfällt|entfallen)\s(?:auf\s)?(?:die\s)?"
    r"(?:[^\W\d_]{3,20}\s)?[^\W\d_]{0,20}(?:kosten|zinsen|gebühren|auslagen|spesen)\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:nicht|nie|kein\w{0,2}|not)\b", re.IGNORECASE)
_MAY_BE_OWED = _CLAIMS | {Role.UNKNOWN}


@dataclass(frozen=True, kw_only=True)
class Result:
    """`total` is what its neighbours `parts` come to."""

    total: Sum
    parts: tuple[Sum, ...]
    signs: tuple[int, ...]

    @property
    def is_addition(self) -> bool:
        """Whether nothing was taken off."""
        return min(self.signs) > 0

    @property
    def takes_off_payments(self) -> bool:
        """Whether exactly what was paid or realised is taken off."""
        return self.signs == _signs_by_role(self.parts)

    @property
    def is_what_is_left(self) -> bool:
        """Whether the mail goes on from what was owed and paid to the rest."""
        is_last = self.total.amount.start > self.parts[-1].amount.start
        is_forgone = any(
            one.role in {Role.OFFER, Role.OURS} or _FORGONE.search(one.sentence)
            for one in (self.total, *self.parts)
        )
        is_part = _IS_A_PART.match(self.total.after)
        is_left = _LEFT.search(self.total.before) and not is_forgone and not is_part
        return is_last and not self.is_addition and bool(is_left)


def results(sums: Sequence[Sum]) -> tuple[Result, ...]:
    """Every sum that the sums right before it, or right behind it, come to."""
    counted = [one for one in sums if one.amount.value != _ZERO and not one.is_carried]
    found: dict[frozenset[int], Result] = {}
    for row in _rows(counted):
        for result in _in_row(row):
            reckoning = frozenset(one.amount.start for one in (result.total, *result.parts))
            known = found.get(reckoning)
            if known is None or _likelier(result, known):
                found[reckoning] = result
    return tuple(found.values())


def _rows(counted: Sequence[Sum]) -> list[list[Sum]]:
    """What may be reckoned with: without asides and other things than claims, then with them."""
    near = [one for one in counted if one.role not in _ASIDE]
    outside = [one for one in counted if not one.is_aside]
    inner = [one for one in near if not one.is_aside]
    several = [one for one in outside if one.role not in _ASIDE or one.times > 1]
    columns = [
        [one for one in counted if one.column == column]
        for column in sorted({one.column for one in counted if one.column is not None})
    ]
    rows: list[list[Sum]] = []
    for row in (*columns, inner, near, several, outside, list(counted)):
        if row not in rows:
            rows.append(row)
    return rows


def _in_row(row: Sequence[Sum]) -> Iterator[Result]:
    """Also with the items below a subtotal left out."""
    above = tuple(_above(row))
    yield from _below(row)
    yield from above
    items = {part.amount.start for result in above for part in result.parts}
    rest = [one for one in row if one.amount.start not in items]
    if items and len(rest) > 2:  # noqa: PLR2004
        yield from _below(rest)
        yield from _above(rest)


def _likelier(result: Result, known: Result) -> bool:
    """Of a - b = c and c + b = a: paid sums are taken off, and a claim is called one."""
    return _likelihood(result) > _likelihood(known)


def _likelihood(result: Result) -> int:
    """What is left after a payment is the result, not the sum that was owed before."""
    by_roles = int(result.takes_off_payments) + int(result.total.role in _CLAIMS)
    return by_roles + 2 * int(result.is_what_is_left)


def last_results(sums: Sequence[Sum]) -> tuple[Result, ...]:
    """The results that may be owed and that no further reckoning uses up."""
    everything = results(sums)
    used = {part.amount.start for result in everything for part in result.parts}
    return tuple(
        result
        for result in everything
        if result.total.amount.start not in used and result.total.role in _MAY_BE_OWED
    )


def _below(row: Sequence[Sum]) -> Iterator[Result]:
    """As on an adding machine: a result takes the place of the sums it was made of."""
    stack: list[Sum] = []
    for one in row:
        for length in _lengths_that_may_fit(one, stack[: -_LONGEST_RUN - 1 : -1]):
            result = _reckoned(one, stack[-length:])
            if result:
                del stack[-length:]
                yield result
                break
        stack.append(one)


def _above(row: Sequence[Sum]) -> Iterator[Result]:
    for position, one in enumerate(row):
        following = row[position + 1 : position + 1 + _LONGEST_RUN]
        for length in _lengths_that_may_fit(one, following):
            result = _reckoned(one, following[:length])
            if result and result.takes_off_payments:
                yield result
                break


def _lengths_that_may_fit(total: Sum, nearest_first: Sequence[Sum]) -> Iterator[int]:
    """How many of the neighbours may come to the total: few, with any signs, or just so many."""
    goal = abs(total.amount.value)
    added = by_role = _ZERO
    reached = {_ZERO}
    for length, one in enumerate(nearest_first, start=1):
        added += one.owed
        by_role += -one.owed if _is_deducted(one) else one.owed
        if length <= _ANY_SIGN:
            reached = {sign * one.owed + former for former in reached for sign in (1, -1)}
        else:
            reached = {added, by_role}
        if length > 1 and goal in reached:
            yield length


def _reckoned(total: Sum, run: Sequence[Sum]) -> Result | None:
    values = [one.owed for one in run]
    goal = abs(total.amount.value)
    is_payment = total.role is Role.PAST and total.amount.value < _ZERO
    if is_payment or _is_taken_off(total) or (goal in values and not _is_halved(total, run)):
        return None
    signs = [_signs_by_role(run), (1,) * len(run)]
    if len(run) <= _ANY_SIGN and total.role in _MAY_BE_OWED:
        signs += list(product((1, -1), repeat=len(run)))
    for chosen in signs:
        pairs = zip(chosen, values, strict=True)
        if sum((sign * value for sign, value in pairs), _ZERO) == goal:
            return Result(total=total, parts=tuple(run), signs=chosen)
    return None


def _is_halved(total: Sum, run: Sequence[Sum]) -> bool:
    """As in "1.000 EUR, abzüglich 500 EUR, offen 500 EUR": half of it was paid."""
    if total.role not in _CLAIMS or len(run) != 2:  # noqa: PLR2004
        return False
    whole, paid = run
    return _is_deducted(paid) and whole.owed == 2 * paid.owed and not _is_deducted(whole)


def _signs_by_role(run: Sequence[Sum]) -> tuple[int, ...]:
    return tuple(-1 if _is_deducted(one) else 1 for one in run)


def _is_deducted(one: Sum) -> bool:
    return one.role in _DEDUCTED or one.amount.value < _ZERO or _is_taken_off(one)


def _is_taken_off(one: Sum) -> bool:
    """A sum without a role of its own that its clause says was paid or credited."""
    return one.role in _MAY_BE_TAKEN_OFF and _is_said_to_be_paid(one.before, one.after)


@lru_cache(maxsize=256)
def _is_said_to_be_paid(before: str, after: str) -> bool:
    clause = _CLAUSE_END.split(before)[-1] + " # " + _CLAUSE_END.split(after)[0]
    is_paid = pattern("amount_roles", "taken_off").search(clause)
    is_open = _NOT.search(clause) or pattern("amount_roles", "not_paid").search(clause)
    return bool(is_paid) and not is_open
