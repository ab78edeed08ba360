"""Chooses, among all sums of a mail, what is owed today; no choice is better than a wrong one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from functions.worker.reading.claim.beside_settled import (
    claims_beside,
    is_the_credit,
    names_another,
    still_open_behind,
)
from functions.worker.reading.claim.claims import (
    DOUBTED,
    Claim,
    claim_of_parts,
    claim_of_sum,
    nothing_owed,
)
from functions.worker.reading.claim.doubtful_claims import leaves_a_doubt
from functions.worker.reading.claim.likeliest_claim import Choice, likeliest_claim
from functions.worker.reading.claim.lone_claim import lone_claim
from functions.worker.reading.claim.outweighed_claims import is_outweighed
from functions.worker.reading.claim.rest_after_payments import rest_after_payments
from functions.worker.reading.claim.runs_of_parts import SignedPart, added
from functions.worker.reading.claim.settled_claims import is_handed_over, settled_at, settles
from functions.worker.reading.claim.unprinted_total import unprinted_sum, with_what_comes_on_top
from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.money.adding_up import last_results, results
from functions.worker.reading.money.compared_sums import is_refused
from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sums import Sum
from functions.worker.reading.parties.several_debtors import concerns_several_debtors
from functions.worker.reading.settlement.decisions import Decision
from shared.domain.extraction import SettlementDecision

_BY = re.compile(r"\b(?:bis|spätestens|binnen|innerhalb)\b", re.IGNORECASE)
_ZERO = Decimal("0.00")
_NEAR = 120
_CLAIMS = frozenset({Role.TOTAL, Role.BALANCE})
_REFUSED = SettlementDecision.REJECTED


def claimed_amount(
    text: str, sums: Sequence[Sum], decision: Decision | None = None
) -> Claim | None:
    """What the creditor says is owed, from `text` with everything quoted blanked out.

    Where the mail itself leaves a doubt, the confidence is so small that a person decides.
    """
    claim = _likely_amount(text, sums, decision)
    if claim is None or not leaves_a_doubt(text, claim.debt, sums):
        return claim
    return replace(claim, confidence=min(claim.confidence, DOUBTED))


def _likely_amount(text: str, sums: Sequence[Sum], decision: Decision | None) -> Claim | None:
    if concerns_several_debtors(sums):
        return None
    if is_handed_over(text):
        return _kept_claim(text, sums)
    chosen = likeliest_claim(sums)
    settled = None if _is_yet_to_settle(decision) else settled_at(text)
    if chosen and _is_agreed_on(chosen[0], decision):
        return None
    if settled is None:
        return _claim_of(chosen, sums) or _credit(sums, decision) or _lone(text, sums, decision)
    return _beside_what_is_settled(text, settled, chosen, sums)


def _beside_what_is_settled(
    text: str, settled: tuple[int, int], chosen: Choice | None, sums: Sequence[Sum]
) -> Claim | None:
    """Nothing, or what is still owed though the mail calls something settled."""
    nothing = None if claims_beside(text, settled, sums) else nothing_owed(settled)
    remaining = still_open_behind(settled, sums)
    if chosen is None and remaining:
        return claim_of_sum(remaining[0], 0.8, sums) if len(remaining) == 1 else None
    if chosen is None and names_another(text, settled, sums):
        return None
    if chosen is None:
        listed = unprinted_sum(sums)
        is_open = listed and not settles(text, settled, listed[1][0][0])
        return _unprinted(sums) if is_open else nothing
    paid = chosen[0].amount.value == _ZERO or settles(text, settled, chosen[0])
    if paid is None:
        is_credit = is_the_credit(text, settled, chosen[0], sums)
        return nothing_owed(settled) if is_credit else None
    if chosen[0].amount.value == _ZERO:
        return _claim_of(chosen, sums)
    return nothing if paid else _claim_of(chosen, sums)


def _kept_claim(text: str, sums: Sequence[Sum]) -> Claim | None:
    """A claim that the writer did not give away with the other one."""
    kept = [
        one
        for one in sums
        if one.role in _CLAIMS
        and pattern("amount_roles", "still_ours").search(
            text[max(one.amount.start - _NEAR, 0) : one.amount.end]
        )
    ]
    return (
        claim_of_sum(kept[0], 0.75, sums) if len({one.amount.value for one in kept}) == 1 else None
    )


def _is_agreed_on(chosen: Sum, decision: Decision | None) -> bool:
    """The sum that an agreement asks to pay, where it names no other."""
    return (
        decision is not None
        and decision.decision is SettlementDecision.ACCEPTED
        and decision.settling is None
        and bool(pattern("amount_roles", "demand").search(chosen.context))
    )


def _is_yet_to_settle(decision: Decision | None) -> bool:
    """Whether what is "damit erledigt" is so only when the sum agreed on is paid."""
    if decision is None or decision.settling is None:
        return False
    sentence = decision.settling.sentence
    is_to_come = pattern("amount_roles", "if_paid").search(sentence) or _BY.search(sentence)
    return bool(is_to_come) and decision.decision is not SettlementDecision.REJECTED


def _lone(text: str, sums: Sequence[Sum], decision: Decision | None) -> Claim | None:
    found = lone_claim(text, sums, decision)
    return claim_of_sum(*found, sums) if found and not is_outweighed(found[0], sums) else None


def _credit(sums: Sequence[Sum], decision: Decision | None) -> Claim | None:
    """A balance in the debtor's favour, and no other sum that is not over."""
    balances = [
        one
        for one in sums
        if one.amount.is_credit and pattern("amount_roles", "bank_balance").search(one.context)
    ]
    others = [one for one in sums if one.role is not Role.PAST]
    if len(balances) != 1 or others or (decision and decision.decision is _REFUSED):
        return None
    return nothing_owed((balances[0].amount.start, balances[0].amount.end))


def _claim_of(chosen: Choice | None, sums: Sequence[Sum]) -> Claim | None:
    if chosen is None:
        return _unprinted(sums)
    computed = with_what_comes_on_top(chosen[0], sums)
    is_result = any(chosen[0] is result.total for result in results(sums))
    if computed and (not is_result or _is_added_behind(computed[1])):
        return claim_of_parts(*computed, sums)
    if is_outweighed(chosen[0], sums):
        return None
    best = _after_payments(chosen[0], sums)
    rest = () if best else rest_after_payments(sums)
    if rest:
        return claim_of_parts(added(rest), rest, sums)
    return claim_of_sum(best, chosen[1], sums) if best else None


def _is_added_behind(run: Sequence[SignedPart]) -> bool:
    """As in "folglich fehlen 750 EUR zuzüglich 28 EUR Zinsen", whatever the first one came from."""
    return all(
        sign > 0
        and pattern("amount_roles", "on_top").search(one.before)
        and one.sentence == run[0][0].sentence
        and not one.opens_sentence
        for one, sign in run[1:]
    )


def _after_payments(best: Sum, sums: Sequence[Sum]) -> Sum | None:
    """The rest after a payment that the mail lists behind the sum; None if it names no rest."""
    paid = [
        one
        for one in sums
        if one.role is Role.PAST
        and one.amount.start > best.amount.end
        and pattern("amount_roles", "payment").search(one.context)
        and not pattern("amount_roles", "counted_already").search(one.sentence)
        and not pattern("amount_roles", "not_paid").search(one.sentence)
        and not is_refused(one)
    ]
    if not paid or any(best is result.total for result in last_results(sums)):
        return best
    gross = best.amount.value + sum((abs(one.amount.value) for one in paid), _ZERO)
    if any(one.amount.value == gross for one in sums):
        return best
    rest = best.amount.value - sum((abs(one.amount.value) for one in paid), _ZERO)
    later = (one for one in sums if one.amount.start > paid[-1].amount.end)
    return next((one for one in later if one.amount.value == rest), None)


def _unprinted(sums: Sequence[Sum]) -> Claim | None:
    found = unprinted_sum(sums)
    return claim_of_parts(*found, sums) if found else None
