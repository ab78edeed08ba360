"""What settles a claim is never more than the claim: of two sums the smaller one settles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sums import Sum
from functions.worker.reading.settlement.decisions import Decision, speaks_of_a_proposal

_ZERO = Decimal("0.00")
_MAY_BE_EITHER = frozenset({Role.BALANCE, Role.TOTAL, Role.PAST, Role.UNKNOWN, Role.OFFER})


def exchanged(
    text: str, debt: Decimal, decision: Decision | None, sums: Sequence[Sum]
) -> tuple[Decision, tuple[Sum, ...]] | None:
    """The decision on the smaller sum, and the sums of which the larger one is the claim.

    None if the two were not mistaken for each other, or `text` speaks of no proposal at all.
    """
    if decision is None or decision.settling is None or not _ZERO < debt < decision.settling.owed:
        return None
    if not speaks_of_a_proposal(text):
        return None
    larger = decision.settling
    smaller = [one for one in sums if one.owed == debt and one.role in _MAY_BE_EITHER]
    if not smaller:
        return None
    claims = tuple(
        replace(one, role=Role.BALANCE) if one is larger else one
        for one in sums
        if one not in smaller
    )
    return replace(decision, settling=smaller[-1]), claims
