"""The claim that words and reckoning found, weighed against what the sum model makes of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from functions.worker.reading.claim.claimed_amount import claimed_amount
from functions.worker.reading.claim.claims import Claim, claim_of_sum
from functions.worker.reading.claim.dated_claims import newest_by_day
from functions.worker.reading.claim.enumerated_parts import is_a_state
from functions.worker.reading.claim.likely_parts import likely_parts
from functions.worker.reading.claim.made_of_parts import made_of_parts
from functions.worker.reading.claim.outweighed_claims import is_of_each
from functions.worker.reading.claim.part_labels import Kind, kinds_of
from functions.worker.reading.claim.settled_claims import is_handed_over
from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.money.adding_up import last_results, results
from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sum_model import LikelySums, SumKind
from functions.worker.reading.money.sums import Sum
from functions.worker.reading.money.unowed_figures import is_denied, is_plainly_denied
from functions.worker.reading.parties.several_debtors import concerns_several_debtors
from functions.worker.reading.settlement.decisions import Decision

_ZERO = Decimal("0.00")
_NEVER_OWED = frozenset({Role.OURS, Role.OFFER, Role.IRRELEVANT, Role.INSTALMENT})
_LIKELY, _ALL_BUT_CERTAIN = 0.7, 0.95
_UNLIKELY, _RATHER_LIKELY = 0.2, 0.8
_HARDLY, _POSSIBLE, _CLEARLY = 0.05, 0.1, 0.3
_LEAST = Decimal("1.00")
# "Auf die übrigen 1.105,60 EUR verzichten wir nach der letzten Rate."
_THE_REST = re.compile(r"\b(?:übrigen|restlichen|verbleibenden|weiteren)\s(?:EUR |€ )?$")
_FORGONE = re.compile(r"\s(?:verzicht|erlass|streich|erlässt)")
_DOUBTED = 0.45
"""So little that a person decides."""


def weighed_claim(text: str, likely: LikelySums, decision: Decision | None) -> Claim | None:
    """What is owed, from `text` with everything quoted blanked out and all its sums.

    The model fills in a claim whose words nobody has met before, and replaces or doubts one that
    it finds unlikely. Whatever it changes gets so little confidence that a person decides.
    """
    owed = _without_settling(likely.sums, decision)
    claim = claimed_amount(text, owed, decision)
    if claim is None:
        if _states_none(text, owed, likely):
            return None
        return _picked(owed, likely) or made_of_parts(None, owed, likely, _DOUBTED)
    is_stated = _is_stated(claim, owed)
    own, other = _share_of(claim, owed, likely), None if is_stated else _picked(owed, likely)
    if other and _is_clearer(other, claim, own, owed, likely):
        return other
    if own is None or own > _UNLIKELY:
        return _with_likely_parts(claim, owed, likely)
    other = other or made_of_parts(claim, owed, likely, _DOUBTED)
    if other is None and (is_stated or _may_be_all(claim, owed, likely)):
        return claim
    return other or replace(claim, confidence=min(claim.confidence, _DOUBTED))


def _is_stated(claim: Claim, owed: Sequence[Sum]) -> bool:
    """Whether a turn of phrase, or the latest of several days, leaves no room for another sum."""
    newest = newest_by_day(owed)
    if newest and newest.amount.value == claim.debt:
        return True
    return any(one.is_declared or is_a_state(one) for one in _printed(claim, owed))


def unread_claim(likely: LikelySums, decision: Decision | None) -> Sum | None:
    """The sum that sounds like a claim in a mail of which none was read; a person has to look."""
    owed = _without_settling(likely.sums, decision)
    likeliest = likely.likeliest(SumKind.CLAIM, owed)
    if likeliest is None or likely.share(likeliest, SumKind.CLAIM) <= _RATHER_LIKELY:
        return None
    return likeliest


def _is_clearer(
    other: Claim, claim: Claim, own: float | None, owed: Sequence[Sum], likely: LikelySums
) -> bool:
    """Whether all but certainly another sum is printed as the claim than the one found or added.

    `own` is the share of the claim that was found.
    """
    share = _largest_share(other, owed, likely)
    if own is None:
        own = 1.0 if claim.debt == _ZERO or _is_added_from(claim, other, owed) else 0.0
    return share > _ALL_BUT_CERTAIN and share - own > _CLEARLY


def _is_added_from(claim: Claim, other: Claim, owed: Sequence[Sum]) -> bool:
    """Whether the claim is printed itself, or the other sum is what its further parts go onto."""
    first = next((one for one in owed if one.amount.start >= claim.start), None)
    is_base = first is not None and first.amount.value == other.debt
    return is_base or bool(_printed(claim, owed))


def _with_likely_parts(claim: Claim, owed: Sequence[Sum], likely: LikelySums) -> Claim:
    """The claim with its breakdown, if likely parts come to exactly that."""
    others = [one for one in owed if one.amount.value != claim.debt]
    parts = likely_parts(others, likely) if claim.principal is None else None
    if parts is None or parts.total != claim.debt or not _may_be_separated(parts.sums):
        return claim
    found = parts.breakdown()
    return replace(claim, principal=found.principal, interest=found.interest, costs=found.costs)


def _may_be_separated(sums: Sequence[Sum]) -> bool:
    """Whether no label calls a part a mixture, or a surcharge that is neither of the three."""
    kinds = kinds_of(sums)
    return kinds is not None and Kind.SURCHARGE not in kinds


def _picked(owed: Sequence[Sum], likely: LikelySums) -> Claim | None:
    """The likeliest sum, if it is likely enough, as a claim that a person has to confirm."""
    candidates = [one for one in owed if _may_be_owed(one, owed, likely)]
    likeliest = likely.likeliest(SumKind.CLAIM, candidates)
    if likeliest is None or likely.share(likeliest, SumKind.CLAIM) <= _LIKELY:
        return None
    claim = claim_of_sum(likeliest, _DOUBTED, likely.sums)
    return claim and replace(claim, confidence=_DOUBTED, is_likely_only=True)


def _without_settling(sums: Sequence[Sum], decision: Decision | None) -> Sequence[Sum]:
    """What would settle the matter is never what is owed, unless a total is made of it."""
    if decision is None or decision.settling is None:
        return sums
    if any(decision.settling in result.parts for result in results(sums)):
        return sums
    return [one for one in sums if one is not decision.settling]


def _states_none(text: str, sums: Sequence[Sum], likely: LikelySums) -> bool:
    """Whether the mail states no claim of its own on one debtor, whatever sums it names.

    Who adds a claim up is not the one who gave it away.
    """
    is_added_up = any(
        likely.share(result.total, SumKind.CLAIM) > _ALL_BUT_CERTAIN
        for result in last_results(sums)
    )
    return concerns_several_debtors(sums) or (is_handed_over(text) and not is_added_up)


def _may_be_owed(one: Sum, sums: Sequence[Sum], likely: LikelySums) -> bool:
    """Whether neither its words nor its sign speak against it, unless others come to it."""
    share = likely.share(one, SumKind.CLAIM)
    if one.amount.value < _LEAST or is_of_each(one):
        return False
    if is_plainly_denied(one) or (share <= _RATHER_LIKELY and is_denied(one)):
        return False
    if one.role is Role.PAST and one.column is not None:
        return False
    is_forgone = _THE_REST.search(one.before) and _FORGONE.match(one.after)
    if is_forgone or pattern("amount_roles", "waived_before").search(one.before):
        return False
    if one.role not in _NEVER_OWED:
        return True
    return share > _ALL_BUT_CERTAIN and any(one is result.total for result in results(sums))


def _share_of(claim: Claim, owed: Sequence[Sum], likely: LikelySums) -> float | None:
    """How likely the printed sum is; a doubtful zero is unlikely; None for one that adds up."""
    if any(result.total.amount.value == claim.debt for result in last_results(owed)):
        return None
    if _printed(claim, owed):
        return _largest_share(claim, owed, likely)
    return 0.0 if claim.debt == _ZERO and claim.confidence < _DOUBTED else None


def _largest_share(claim: Claim, owed: Sequence[Sum], likely: LikelySums) -> float:
    return max(likely.share(one, SumKind.CLAIM) for one in _printed(claim, owed))


def _may_be_all(claim: Claim, owed: Sequence[Sum], likely: LikelySums) -> bool:
    """Whether the sum sounds like a principal that stands alone."""
    return any(likely.share(one, SumKind.PRINCIPAL) > _POSSIBLE for one in _printed(claim, owed))


def _printed(claim: Claim, owed: Sequence[Sum]) -> list[Sum]:
    return [one for one in owed if one.amount.value == claim.debt]
