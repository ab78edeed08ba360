"""The claim that was found: of one printed sum, of parts that come to it, or of nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from functions.worker.reading.claim.claim_parts import Parts, parts_of, parts_of_list
from functions.worker.reading.claim.runs_of_parts import SignedPart
from functions.worker.reading.claim.unprinted_total import are_kinds_apart
from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sums import Sum

_ZERO = Decimal("0.00")
_IMPLAUSIBLE = Decimal(500_000)
DOUBTED = 0.4
"""So little that a person decides."""
_STILL_OWED = frozenset(
    {Role.COSTS, Role.INTEREST, Role.PRINCIPAL, Role.PART, Role.TOTAL, Role.BALANCE}
)


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
    is_likely_only: bool = False
    """Whether no word or reckoning says so, only the sum model."""


def claim_of_sum(best: Sum, confidence: float, sums: Sequence[Sum]) -> Claim | None:
    """The claim of one printed sum, with its parts among the others if they add up to it."""
    debt = best.amount.value
    if debt < _ZERO:
        return None
    parts = parts_of(debt, sums)
    if parts.principal is not None:
        confidence += 0.03
    if best.amount.currency is None:
        confidence -= 0.08
    if debt > _IMPLAUSIBLE or _is_owed_beside_nothing(best, sums):
        confidence = min(confidence, DOUBTED)
    return Claim(
        debt=debt,
        currency=best.amount.currency or _currency_of(sums),
        confidence=confidence,
        start=best.label_start,
        end=best.amount.end,
        principal=parts.principal,
        interest=parts.interest,
        costs=parts.costs,
    )


def claim_of_parts(debt: Decimal, used: Sequence[SignedPart], sums: Sequence[Sum]) -> Claim:
    """The claim of parts that are not added up in the mail, payments taken off."""
    is_divided = len(used) > 1 and are_kinds_apart(used, sums)
    parts = parts_of_list(used) if is_divided else Parts()
    return Claim(
        debt=debt,
        currency=used[0][0].amount.currency or _currency_of(sums),
        confidence=0.85 if len(used) > 1 else 0.7,
        start=used[0][0].label_start,
        end=used[-1][0].amount.end,
        principal=parts.principal,
        interest=parts.interest,
        costs=parts.costs,
    )


def nothing_owed(place: tuple[int, int]) -> Claim:
    """The claim of a mail that says, at that place, that nothing is owed."""
    return Claim(debt=_ZERO, currency="EUR", confidence=0.9, start=place[0], end=place[1])


def _is_owed_beside_nothing(best: Sum, sums: Sequence[Sum]) -> bool:
    """As in "Saldo 0,00 EUR; die Gebühr von 5,00 EUR überweisen Sie bitte noch"."""
    return best.amount.value == _ZERO and any(
        one.role in _STILL_OWED
        and one.amount.value > _ZERO
        and one.amount.start > best.amount.end
        and bool(pattern("amount_roles", "still_open").search(one.sentence))
        for one in sums
    )


def _currency_of(sums: Sequence[Sum]) -> str:
    named = {one.amount.currency for one in sums if one.amount.currency}
    return named.pop() if len(named) == 1 else "EUR"
