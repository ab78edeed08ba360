"""Whether a sum called a claim is only a part of it, as larger or further sums stand beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.money.adding_up import results
from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sums import Sum

_MUCH_MORE = 2
_CLAIMS = frozenset({Role.BALANCE, Role.TOTAL})
_MAY_BE_THE_WHOLE = _CLAIMS | {Role.UNKNOWN, Role.COSTS}
_PARTS = frozenset({Role.COSTS, Role.INTEREST, Role.PRINCIPAL, Role.PART})
_EACH = re.compile(r"\b(?:jeweils|je|zu je)\s{1,2}(?:EUR |€ )?$", re.IGNORECASE)
_CONTRAST = re.compile(r"\b(?:aber|jedoch|dagegen|hingegen|indes|allerdings|während|bereits)\b")


def is_outweighed(best: Sum, sums: Sequence[Sum]) -> bool:
    """Whether the mail leaves unsaid how the claim goes together with the sums beside it."""
    if best.role not in _CLAIMS | {Role.UNKNOWN}:
        return False
    if is_of_each(best):
        return True
    if best.is_declared and any(
        result.is_addition and best in result.parts and result.total.role is not Role.PAST
        for result in results(sums)
    ):
        return True
    reckoned = {
        one.amount.start for result in results(sums) for one in (result.total, *result.parts)
    }
    others = [
        one
        for one in sums
        if one.amount.value != best.amount.value
        and not one.is_aside
        and one.amount.currency
        and one.amount.start not in reckoned
    ]
    if best.amount.start in reckoned:
        return False
    return any(_is_the_whole(one, best) or _is_a_further_part(one, best) for one in others)


def is_of_each(one: Sum) -> bool:
    """As in "je 20 EUR", and nobody says how often."""
    return bool(_EACH.search(one.before)) and one.times == 1


def _is_the_whole(one: Sum, best: Sum) -> bool:
    may_be = _CLAIMS if best.role is Role.TOTAL else _MAY_BE_THE_WHOLE
    if best.role is Role.UNKNOWN or one.role not in may_be or one.owed < _MUCH_MORE * best.owed:
        return False
    is_newest = best.is_declared or pattern("amount_roles", "newest").search(best.context)
    return not (is_newest or pattern("amount_roles", "once").search(one.context))


def _is_a_further_part(one: Sum, best: Sum) -> bool:
    """As in "offen sind Mieten von 500 EUR; Kosten 50 EUR", which nobody adds up."""
    if best.role is Role.TOTAL or one.role not in _PARTS or one.sentence != best.sentence:
        return False
    is_included = pattern("amount_roles", "including").search(one.before)
    return not (is_included or _CONTRAST.search(one.before))
