"""The parts of a claim: principal, interest and costs, and lists that are printed without a sum."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from functions.worker.reading.adding_up import results
from functions.worker.reading.amount_roles import Sum
from functions.worker.reading.role_words import Role
from functions.worker.reading.vocabulary import pattern

_ZERO = Decimal("0.00")
_LONGEST_ROW = 100
_SUM_AT_END = re.compile(r"\d(?:,\d\d|,-)?\s{0,3}(?:EUR|Euro|€|CHF)?$", re.IGNORECASE)
_ACCESSORY = frozenset({Role.INTEREST, Role.COSTS})


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What a claim consists of; None where the mail does not separate it."""

    principal: Decimal | None = None
    interest: Decimal | None = None
    costs: Decimal | None = None


def parts_of(debt: Decimal, sums: Sequence[Sum]) -> Parts:
    """Principal, interest and costs, if they add up to the debt."""
    single = _without_subtotals(sums)
    interest, costs = _added(single, Role.INTEREST), _added(single, Role.COSTS)
    rest = debt - (interest or _ZERO) - (costs or _ZERO)
    if interest is None and costs is None:
        return Parts()
    named = [one.amount.value for one in single if one.role is Role.PRINCIPAL]
    others = {Role.UNKNOWN, Role.BALANCE, Role.PART}
    unnamed = [one.amount.value for one in single if one.role in others]
    fits = rest in named or sum(named, _ZERO) == rest or (not named and rest in unnamed)
    if fits and rest > _ZERO:
        return Parts(principal=rest, interest=interest, costs=costs)
    included = any(one.role in _ACCESSORY and _is_inside(one) for one in single)
    if not named and included and rest > _ZERO:
        return Parts(interest=interest, costs=costs)
    return Parts()


def _without_subtotals(sums: Sequence[Sum]) -> list[Sum]:
    """Costs that are the sum of costs printed beside them count once."""
    subtotals = {
        result.total.amount.start
        for result in results(sums)
        if all(part.role is result.total.role for part in result.parts)
    }
    return [one for one in sums if one.amount.start not in subtotals]


def _is_inside(one: Sum) -> bool:
    return bool(pattern("amount_roles", "inside").search(one.sentence))


def _added(sums: Sequence[Sum], role: Role) -> Decimal | None:
    values = [one.amount.value for one in sums if one.role is role]
    return sum(values, _ZERO) if values else None


def unprinted_sum(sums: Sequence[Sum]) -> tuple[Decimal, tuple[Sum, ...]] | None:
    """The sum of principal, interest and costs, or of a list of invoices, without a total."""
    return _sum_of_parts(sums) or _sum_of_items(sums)


def _sum_of_parts(sums: Sequence[Sum]) -> tuple[Decimal, tuple[Sum, ...]] | None:
    principal = {one.amount.value: one for one in sums if one.role is Role.PRINCIPAL}
    others = {Role.UNKNOWN, Role.TOTAL, Role.BALANCE, Role.PART, Role.PAST}
    if len(principal) != 1 or any(one.role in others for one in sums):
        return None
    used = (*principal.values(), *(one for one in sums if one.role in _ACCESSORY))
    return sum((one.amount.value for one in used), _ZERO), used


def _sum_of_items(sums: Sequence[Sum]) -> tuple[Decimal, tuple[Sum, ...]] | None:
    items = items_of_a_list(sums)
    open_ones = {Role.UNKNOWN, Role.TOTAL, Role.BALANCE, Role.PART, Role.PRINCIPAL}
    rest = [one for one in sums if one not in items and one.role in open_ones]
    unclear = [one for one in sums if one.role is Role.PAST and not _is_closed(one)]
    if not items or rest or unclear:
        return None
    used = (*items, *(one for one in sums if one.role in _ACCESSORY))
    return sum((one.amount.value for one in used), _ZERO), used


def items_of_a_list(sums: Sequence[Sum]) -> tuple[Sum, ...]:
    """At least two invoices, months or the like, each with its sum, all of them open."""
    may_be = {Role.UNKNOWN, Role.BALANCE, Role.PART}
    items = tuple(one for one in sums if one.role in may_be and _is_item(one))
    rows = [one for one in items if _ends_its_line(one)]
    in_one_sentence = len({one.sentence for one in items}) == 1 and not rows
    if len(items) < 2 or not (in_one_sentence or len(rows) == len(items)):  # noqa: PLR2004
        return ()
    around = items[0].surroundings + items[-1].surroundings
    of_many = any(pattern("amount_roles", "several_debtors").search(one.line) for one in items)
    return items if pattern("amount_roles", "list_of_claims").search(around) and not of_many else ()


def _is_item(one: Sum) -> bool:
    return bool(one.amount.currency) and bool(pattern("amount_roles", "item").search(one.context))


def _ends_its_line(one: Sum) -> bool:
    """A row of a list, not a sentence that happens to end with the sum."""
    row = one.line.rstrip(" .,;|)€")
    is_short = len(row) <= _LONGEST_ROW and not pattern("amount_roles", "verb").search(row)
    return is_short and bool(_SUM_AT_END.search(row))


def _is_closed(one: Sum) -> bool:
    """A sum that its own sentence calls settled takes nothing off the list."""
    return bool(pattern("amount_roles", "closed_item").search(one.sentence))
