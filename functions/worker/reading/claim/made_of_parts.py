"""A claim whose parts the sum model recognises where no label or total does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from functions.worker.reading.claim.claims import Claim, claim_of_sum
from functions.worker.reading.claim.likely_parts import LikelyParts, likely_parts
from functions.worker.reading.claim.outweighed_claims import is_of_each
from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sum_model import LikelySums, SumKind
from functions.worker.reading.money.sums import Sum

_NEVER_OWED = frozenset({Role.OURS, Role.OFFER, Role.IRRELEVANT, Role.INSTALMENT})
_LIKELY = 0.6
_INSIDE = re.compile(
    r"\b(?:enthalten\w?|eingerechnet|inbegriffen|eingeschlossen|berücksichtigt|davon|darin|hiervon"
    r"|inkl\w*|einschließlich)\b",
    re.IGNORECASE,
)


def made_of_parts(
    claim: Claim | None, owed: Sequence[Sum], likely: LikelySums, confidence: float
) -> Claim | None:
    """A principal, which was read as the whole or not at all, with its interest and costs."""
    parts = likely_parts([one for one in owed if not _is_inside(one)], likely)
    found = parts and parts.breakdown()
    if not parts or not found or found.principal is None:
        return None
    if claim and claim.debt != found.principal:
        return None
    principal = parts.sums[parts.kinds.index(SumKind.PRINCIPAL)]
    whole = claim_of_sum(principal, confidence, likely.sums)
    if whole is None or not _are_all(parts, owed, likely):
        return None
    return replace(
        whole,
        debt=parts.total,
        confidence=confidence,
        principal=found.principal,
        interest=found.interest,
        costs=found.costs,
        is_likely_only=True,
    )


def _are_all(parts: LikelyParts, owed: Sequence[Sum], likely: LikelySums) -> bool:
    """Whether nothing speaks against a part, none is told twice, and nothing else may be owed."""
    values = [one.owed for one in parts.sums]
    rest = [one for one in owed if one not in parts.sums and not _is_inside(one)]
    return (
        len(set(values)) == len(values)
        and not any(_speaks_against(one) for one in parts.sums)
        and not any(_may_be_owed(one, likely) for one in rest)
    )


def _may_be_owed(one: Sum, likely: LikelySums) -> bool:
    is_other = likely.share(one, SumKind.OTHER) > _LIKELY
    return not is_other and one.role not in _NEVER_OWED | {Role.PAST}


def _speaks_against(one: Sum) -> bool:
    """Whether its words deny it, give it up or name it for each of many."""
    is_forgone = pattern("amount_roles", "waiver").search(one.sentence)
    return one.role in _NEVER_OWED or bool(is_forgone) or is_of_each(one)


def _is_inside(one: Sum) -> bool:
    """As in "darin enthalten sind 20 EUR Mahnkosten"."""
    return one.is_aside or bool(_INSIDE.search(one.sentence))
