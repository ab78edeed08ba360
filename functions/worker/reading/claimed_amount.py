"""Chooses, among all sums of a mail, what is owed today; no choice is better than a wrong one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from functions.worker.reading.amount_roles import Role, Sum
from functions.worker.reading.vocabulary import pattern

_ZERO = Decimal("0.00")
_IMPLAUSIBLE = Decimal(500_000)
_SENTENCE = re.compile(r"[^.!?\n]+(?:\n[^.!?\n]+)?")


@dataclass(frozen=True, kw_only=True)
class Claim:
    """The claimed sum, its parts if they add up to it, and where it stands."""

    debt: Decimal
    currency: str
    confidence: float
    start: int
    end: int
    principal: Decimal | None = None
    interest: Decimal | None = None
    costs: Decimal | None = None


def claimed_amount(text: str, sums: Sequence[Sum]) -> Claim | None:
    """What the creditor says is owed, from `text` with everything quoted blanked out."""
    settled = _settled_at(text)
    chosen = _choose(sums)
    if _is_handed_over(text):
        return None
    if settled and (chosen is None or chosen[0].amount.value == _ZERO):
        return Claim(debt=_ZERO, currency="EUR", confidence=0.9, start=settled[0], end=settled[1])
    if settled or chosen is None:
        return None if settled else _sum_of_parts(sums)
    best = _after_payments(chosen[0], sums)
    return _claim(best, chosen[1], sums) if best else None


def _choose(sums: Sequence[Sum]) -> tuple[Sum, float] | None:
    claims = [one for one in sums if one.role in {Role.TOTAL, Role.BALANCE}]
    totals = [one for one in claims if one.role is Role.TOTAL]
    for level, confidence in ((totals, 0.95), (claims, 0.88)):
        if level:
            best = _only_value(level) or _only_value(_newest(level)) or _proven_total(level, sums)
            if best and best.role is Role.BALANCE and _is_one_of_several(best, sums):
                return None
            return (best, confidence) if best else None
    if any(one.role in {Role.PRINCIPAL, Role.COSTS, Role.INTEREST} for one in sums):
        return None
    unknown = [one for one in sums if one.role is Role.UNKNOWN]
    only = _only_value(unknown)
    return (only, 0.7) if only and _speaks_of_a_claim(only) else None


def _after_payments(best: Sum, sums: Sequence[Sum]) -> Sum | None:
    """The rest after a payment that the mail lists behind the sum; None if it names no rest."""
    paid = [one for one in sums if one.role is Role.PAST and one.amount.start > best.amount.end]
    if not paid:
        return best
    rest = best.amount.value - sum((abs(one.amount.value) for one in paid), _ZERO)
    later = (one for one in sums if one.amount.start > paid[-1].amount.end)
    return next((one for one in later if one.amount.value == rest), None)


def _only_value(sums: Sequence[Sum]) -> Sum | None:
    values = {(one.amount.value, one.amount.currency or "EUR") for one in sums}
    return sums[-1] if len(values) == 1 else None


def _newest(sums: Sequence[Sum]) -> list[Sum]:
    return [one for one in sums if pattern("amount_roles", "newest").search(one.context)]


def _proven_total(level: Sequence[Sum], sums: Sequence[Sum]) -> Sum | None:
    """The one sum that two or more others before it add up to."""
    proven = {one.amount.value: one for one in level if _is_added_up(one, sums)}
    return next(iter(proven.values())) if len(proven) == 1 else None


def _is_added_up(total: Sum, sums: Sequence[Sum]) -> bool:
    skipped = {Role.OFFER, Role.OURS, Role.IRRELEVANT, Role.PAST, Role.INSTALMENT}
    others = [one for one in sums if one is not total and one.role not in skipped][:8]
    return any(
        sum(one.amount.value for one in chosen) == total.amount.value
        for size in range(2, len(others) + 1)
        for chosen in combinations(others, size)
    )


def _is_one_of_several(best: Sum, sums: Sequence[Sum]) -> bool:
    """Other sums without a meaning of their own: a list of invoices, not one claim."""
    others = [
        one
        for one in sums
        if one.role is Role.UNKNOWN
        and one.amount.currency
        and one.amount.value != best.amount.value
    ]
    return bool(others) and not _newest([best]) and not _is_added_up(best, sums)


def _speaks_of_a_claim(candidate: Sum) -> bool:
    return bool(pattern("amount_roles", "balance_after").search(candidate.sentence)) or bool(
        pattern("amount_roles", "balance").search(candidate.sentence)
    )


def _sum_of_parts(sums: Sequence[Sum]) -> Claim | None:
    """Principal, interest and costs without a printed total."""
    principal = _only_value([one for one in sums if one.role is Role.PRINCIPAL])
    others = {Role.UNKNOWN, Role.TOTAL, Role.BALANCE, Role.PART}
    others.add(Role.PAST)
    if principal is None or any(one.role in others for one in sums):
        return None
    parts = [one for one in sums if one.role in {Role.INTEREST, Role.COSTS}]
    debt = principal.amount.value + sum((one.amount.value for one in parts), _ZERO)
    last = parts[-1] if parts else principal
    return Claim(
        debt=debt,
        currency=principal.amount.currency or "EUR",
        confidence=0.85 if parts else 0.7,
        start=principal.label_start,
        end=last.amount.end,
        principal=principal.amount.value if parts else None,
        interest=_added(parts, Role.INTEREST),
        costs=_added(parts, Role.COSTS),
    )


def _claim(best: Sum, confidence: float, sums: Sequence[Sum]) -> Claim | None:
    debt = best.amount.value
    if debt < _ZERO:
        return None
    principal, interest, costs = _parts(debt, sums)
    if principal is not None:
        confidence += 0.03
    if best.amount.currency is None:
        confidence -= 0.08
    if debt > _IMPLAUSIBLE:
        confidence = min(confidence, 0.4)
    return Claim(
        debt=debt,
        currency=best.amount.currency or _currency_of(sums),
        confidence=confidence,
        start=best.label_start,
        end=best.amount.end,
        principal=principal,
        interest=interest,
        costs=costs,
    )


def _parts(
    debt: Decimal, sums: Sequence[Sum]
) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Principal, interest and costs, if they add up to the debt."""
    interest, costs = _added(sums, Role.INTEREST), _added(sums, Role.COSTS)
    rest = debt - (interest or _ZERO) - (costs or _ZERO)
    if interest is None and costs is None:
        return None, None, None
    named = [one.amount.value for one in sums if one.role is Role.PRINCIPAL]
    unnamed = [one.amount.value for one in sums if one.role in {Role.UNKNOWN, Role.BALANCE}]
    if rest in named or (not named and rest in unnamed):
        return rest, interest, costs
    included = [one for one in sums if one.role in {Role.INTEREST, Role.COSTS} and _is_inside(one)]
    if not named and included and rest > _ZERO:
        return None, interest, costs
    return None, None, None


def _is_inside(one: Sum) -> bool:
    return bool(re.search(r"darin|davon|enthalten|inklusive|inkl\.", one.sentence, re.IGNORECASE))


def _added(sums: Sequence[Sum], role: Role) -> Decimal | None:
    values = [one.amount.value for one in sums if one.role is role]
    return sum(values, _ZERO) if values else None


def _currency_of(sums: Sequence[Sum]) -> str:
    named = {one.amount.currency for one in sums if one.amount.currency}
    return named.pop() if len(named) == 1 else "EUR"


def _is_handed_over(text: str) -> bool:
    return bool(pattern("amount_roles", "handed_over").search(text))


def _settled_at(text: str) -> tuple[int, int] | None:
    """Where the mail says that nothing is owed, unless under a condition."""
    for match in pattern("amount_roles", "settled").finditer(text):
        sentence = _sentence_around(text, match.start(), match.end())
        if not pattern("amount_roles", "conditional").search(sentence):
            return match.start(), match.end()
    return None


def _sentence_around(text: str, start: int, end: int) -> str:
    before = re.split(r"[.!?]\s|\n\n", text[max(start - 200, 0) : start])[-1]
    after = re.split(r"[.!?](?:\s|$)|\n\n", text[end : end + 120])[0]
    return before + text[start:end] + after
