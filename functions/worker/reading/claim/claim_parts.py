"""The parts of a claim: principal, interest and costs, told by their labels and by reckoning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from functions.worker.reading.claim.part_labels import (
    Kind,
    is_accessory,
    is_mixed,
    is_surcharge,
    kind_of,
    kinds_of,
    names_an_item,
)
from functions.worker.reading.claim.runs_of_parts import SignedPart, added
from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.money.adding_up import Result, results
from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sums import Sum

_ZERO = Decimal("0.00")
_ACCESSORY = frozenset({Role.INTEREST, Role.COSTS})


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What a claim consists of; None where the mail does not separate it."""

    principal: Decimal | None = None
    interest: Decimal | None = None
    costs: Decimal | None = None


def parts_of(debt: Decimal, sums: Sequence[Sum]) -> Parts:
    """Principal, interest and costs, if they add up to the debt."""
    reckoned = [result for result in results(sums) if abs(result.total.amount.value) == debt]
    for result in sorted(reckoned, key=lambda one: not one.is_addition):
        signed = tuple(zip(result.parts, result.signs, strict=True))
        signed = tuple(_with_items(signed, sums))
        kinds = kinds_of([one for one, _ in signed])
        if kinds is None or Kind.SURCHARGE in kinds:
            return Parts()
        parts = _by_labels(debt, signed)
        if parts.principal is not None:
            return parts
    return _by_roles(debt, sums)


def parts_of_list(parts: Sequence[SignedPart]) -> Parts:
    """The same for parts whose sum is not printed."""
    return _by_labels(added(parts), parts)


def _with_items(parts: Sequence[SignedPart], sums: Sequence[Sum]) -> Iterator[SignedPart]:
    """The items in place of a subtotal whose own label says nothing, if some are accessory."""
    made_of: dict[int, Result] = {
        one.total.amount.start: one for one in results(sums) if one.is_addition
    }
    own = {one.amount.start for one, _ in parts}
    for part, sign in parts:
        inner = made_of.get(part.amount.start)
        if (
            inner is None
            or kind_of(part) is not Kind.UNSAID
            or own & {one.amount.start for one in inner.parts}
            or not any(_is_no_principal(one) for one in inner.parts)
        ):
            yield part, sign
        else:
            for one, inner_sign in zip(inner.parts, inner.signs, strict=True):
                yield one, sign * inner_sign


def _is_no_principal(one: Sum) -> bool:
    return one.role in _ACCESSORY or is_accessory(one) or is_mixed(one)


def _by_labels(debt: Decimal, parts: Sequence[SignedPart]) -> Parts:
    """What is neither interest nor costs among the parts is the principal."""
    kinds = kinds_of([one for one, _ in parts])
    if kinds is None or Kind.PRINCIPAL not in kinds or _is_undivided(kinds, parts):
        return Parts()
    told = [(kind, sign * one.owed) for kind, (one, sign) in zip(kinds, parts, strict=True)]
    interest, costs = _sum_of(told, Kind.INTEREST), _sum_of(told, Kind.COSTS)
    principal = debt - (interest or _ZERO) - (costs or _ZERO)
    is_separated = interest is not None or costs is not None
    if not is_separated or principal <= _ZERO:
        return Parts()
    return Parts(principal=principal, interest=interest, costs=costs)


def _is_undivided(kinds: Sequence[Kind], parts: Sequence[SignedPart]) -> bool:
    """Whether the list is no list of principal, interest and costs.

    Nobody says from which part a payment is taken off; a surcharge is none of the three; several
    items beside some costs are several claims, unless they are services of one bill; and a
    balance carried forward holds everything.
    """
    if Kind.SURCHARGE in kinds or any(is_mixed(one) for one, _ in parts):
        return True
    accessory = [kind is not Kind.PRINCIPAL for kind in kinds]
    taken_off = [position for position, (_, sign) in enumerate(parts) if sign < 0]
    if any(any(accessory[: position + 1]) for position in taken_off):
        return True
    pairs = zip(kinds, parts, strict=True)
    principals = [one for kind, (one, _) in pairs if kind is Kind.PRINCIPAL]
    is_one_bill = all(kind_of(one) is Kind.SERVICE and not names_an_item(one) for one in principals)
    is_list_of_items = bool(taken_off) or (len(principals) > 1 and not is_one_bill)
    return is_list_of_items and Kind.INTEREST not in kinds


def _sum_of(told: Sequence[tuple[Kind, Decimal]], kind: Kind) -> Decimal | None:
    values = [value for one, value in told if one is kind]
    return sum(values, _ZERO) if values else None


def _by_roles(debt: Decimal, sums: Sequence[Sum]) -> Parts:
    """From the roles of all sums of the mail, wherever they stand."""
    single = _without_subtotals(sums)
    interest, costs = _added(single, Role.INTEREST), _added(single, Role.COSTS)
    rest = debt - (interest or _ZERO) - (costs or _ZERO)
    if interest is None and costs is None:
        return Parts()
    if any(is_mixed(one) or is_surcharge(one) for one in single):
        return Parts()
    named = [one.amount.value for one in single if one.role is Role.PRINCIPAL]
    others = {Role.UNKNOWN, Role.BALANCE, Role.PART}
    unnamed = [one.amount.value for one in single if one.role in others]
    fits = rest in named or sum(named, _ZERO) == rest or (not named and rest in unnamed)
    if fits and rest > _ZERO:
        return Parts(principal=rest, interest=interest, costs=costs)
    included = any(one.role in _ACCESSORY and _is_inside(one) for one in single)
    is_separated = interest is not None and costs is not None
    # Costs alone "are included": nobody says that the rest is the principal.
    if not named and included and rest > _ZERO and interest is not None:
        return Parts(principal=rest if is_separated else None, interest=interest, costs=costs)
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
