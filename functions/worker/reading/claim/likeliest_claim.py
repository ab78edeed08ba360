"""The likeliest claim among the sums of a mail, by the words beside them and by reckoning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from functions.worker.reading.claim.dated_claims import growing_claim, newest_by_day
from functions.worker.reading.claim.runs_of_parts import is_item
from functions.worker.reading.claim.unprinted_total import items_of_a_list
from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.money.adding_up import Result, last_results, results
from functions.worker.reading.money.compared_sums import is_refused
from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sums import Sum
from functions.worker.reading.money.unowed_figures import is_denied

_CLAIMS = frozenset({Role.TOTAL, Role.BALANCE})
_NAMED_PARTS = frozenset({Role.COSTS, Role.INTEREST, Role.PRINCIPAL})
_CLOSE = 45
_ZERO = Decimal("0.00")
_CONTRAST = re.compile(r"\b(?:aber|jedoch|dagegen|hingegen|indes|allerdings|während)\b")
# "Die zweite Rechnung ist ebenfalls überfällig" leaves the first one open, too.
_TOO = re.compile(r"\b(?:ebenfalls|ebenso|gleichfalls|inzwischen auch)\b", re.IGNORECASE)
_LEFT = re.compile(
    r"\b(?:noch(?!\snicht)|fehl(?:t|en)|(?:ver)?bleib(?:t|en)|rest\w{0,8})\b", re.IGNORECASE
)
Choice = tuple[Sum, float]


def likeliest_claim(sums: Sequence[Sum]) -> Choice | None:
    """By words and by reckoning; a mail in which they disagree says too little."""
    spoken, computed = _by_words(sums), _by_reckoning(sums)
    if spoken is None or computed is None:
        return spoken or computed
    first, second = spoken[0], computed[0]
    if first.amount.value == second.amount.value:
        return second, max(spoken[1], computed[1])
    is_newest = bool(_newest([first])) and not _newest([second])
    is_later = first.amount.start > second.amount.start
    if _is_made_of(second, first, sums) and not (is_newest and is_later):
        return computed
    if first.role is Role.TOTAL or is_newest or (is_later and _newest([first])):
        return spoken
    return None


def _is_made_of(total: Sum, part: Sum, sums: Sequence[Sum]) -> bool:
    """Whether `part` went into `total`, also through a subtotal."""
    made_of = {result.total.amount.start: result.parts for result in results(sums)}
    waiting, seen = [total], set[int]()
    while waiting:
        one = waiting.pop()
        if one.amount.value == part.amount.value and one is not total:
            return True
        if one.amount.start not in seen:
            seen.add(one.amount.start)
            waiting.extend(made_of.get(one.amount.start, ()))
    return False


def _by_reckoning(sums: Sequence[Sum]) -> Choice | None:
    found = [
        result
        for result in last_results(sums)
        if result.is_addition
        or result.takes_off_payments
        or result.is_what_is_left
        or _is_claimed(result)
    ]
    best = _only_value([result.total for result in found])
    return (best, 0.93) if best else None


def _is_claimed(result: Result) -> bool:
    total = result.total
    return len(result.parts) > 2 or total.role in _CLAIMS or _speaks_of_a_claim(total)  # noqa: PLR2004


def _by_words(sums: Sequence[Sum]) -> Choice | None:
    growing = growing_claim(
        [one for one in sums if one.role in _CLAIMS or one.role is Role.UNKNOWN]
    )
    if growing:
        return growing, 0.8
    newest = newest_by_day(sums)
    if newest:
        return newest, 0.85
    claims = _of_today([one for one in sums if one.role in _CLAIMS], sums)
    totals = [one for one in claims if one.role is Role.TOTAL]
    for level, confidence in ((totals, 0.95), (claims, 0.88)):
        if level:
            best = _only_value(level) or _only_value(_newest(level)) or _what_is_left(level)
            if best and best.role is Role.BALANCE and _is_one_of_several(best, sums):
                return None
            return (best, confidence) if best else None
    if any(one.role in _NAMED_PARTS for one in sums):
        return (sums[0], 0.75) if len(sums) == 1 and _is_due(sums[0]) else None
    only = _only_value([one for one in sums if one.role is Role.UNKNOWN])
    is_claim = only and _speaks_of_a_claim(only) and not is_denied(only)
    return (only, 0.7) if only and is_claim else None


def _is_due(one: Sum) -> bool:
    """Costs alone may be the whole claim."""
    accessory = one.role in {Role.COSTS, Role.INTEREST}
    return accessory and bool(pattern("amount_roles", "balance_after").search(one.context))


def _of_today(claims: list[Sum], sums: Sequence[Sum]) -> list[Sum]:
    """Without those told in the past tense, if there are others."""
    today = [
        one
        for one in claims
        if one.is_declared or not pattern("amount_roles", "once").search(one.context)
    ]
    if today or any(one.role is Role.UNKNOWN and one.amount.currency for one in sums):
        return today
    return claims


def _only_value(sums: Sequence[Sum]) -> Sum | None:
    values = {(one.amount.value, one.amount.currency or "EUR") for one in sums}
    return sums[-1] if len(values) == 1 else None


def _newest(sums: Sequence[Sum]) -> list[Sum]:
    declared = [one for one in sums if one.is_declared]
    return declared or [
        one for one in sums if pattern("amount_roles", "newest").search(one.context)
    ]


def _is_one_of_several(best: Sum, sums: Sequence[Sum]) -> bool:
    """Other sums without a meaning of their own: a list of invoices, not one claim."""
    if best in items_of_a_list(sums):
        return True
    if _CONTRAST.search(best.before) or _is_what_is_left(best, sums):
        return False
    others = [
        one
        for one in sums
        if one.role is Role.UNKNOWN
        and one.amount.currency
        and not one.is_aside
        and one.amount.value != best.amount.value
        and not (is_refused(one) and one.owed * 2 <= best.owed)
        and not _is_due_several_times(one, best)
        and (
            _stands_close(one, best)
            or _speaks_elsewhere_of_a_claim(one, best)
            or (is_item(one) and bool(_TOO.search(best.sentence)))
        )
    ]
    return bool(others) and not _newest([best])


def _is_due_several_times(one: Sum, best: Sum) -> bool:
    """As in "Monatsbeitrag 71,90 EUR, Rückstand 431,40 EUR": six of them."""
    is_before = one.amount.start < best.amount.start
    return is_before and _ZERO < one.owed < best.owed and best.owed % one.owed == _ZERO


def _what_is_left(claims: Sequence[Sum]) -> Sum | None:
    """The last one, if it alone is called what remains."""
    is_left = [bool(_LEFT.search(one.before)) for one in claims]
    last = max(claims, key=lambda one: one.amount.start)
    is_alone = is_left.count(True) == 1 and is_left[list(claims).index(last)]
    return last if is_alone and last not in items_of_a_list(claims) else None


def _is_what_is_left(best: Sum, sums: Sequence[Sum]) -> bool:
    """As in "nach dem Verkauf zu 4.000 EUR fehlen uns noch 7.000 EUR"."""
    is_last = all(one.amount.start <= best.amount.start for one in sums if not one.is_aside)
    return is_last and bool(_LEFT.search(best.before))


def _stands_close(one: Sum, best: Sum) -> bool:
    gap = max(one.amount.start - best.amount.end, best.amount.start - one.amount.end)
    return one.sentence == best.sentence and gap <= _CLOSE


def _speaks_elsewhere_of_a_claim(one: Sum, best: Sum) -> bool:
    return one.sentence != best.sentence and _speaks_of_a_claim(one)


def _speaks_of_a_claim(candidate: Sum) -> bool:
    return bool(pattern("amount_roles", "balance_after").search(candidate.sentence)) or bool(
        pattern("amount_roles", "balance").search(candidate.sentence)
    )
