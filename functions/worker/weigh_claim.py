"""Use case: decide whether what was read may be booked as the inquiry's claim."""

from __future__ import annotations

from dataclasses import replace

from shared.domain.claim import ClaimStatement
from shared.domain.extraction import ExtractedReply
from shared.domain.job import MatchStatus, Reason
from shared.domain.matching import MatchDecision
from shared.domain.reply import Reply

LEAST_CONFIDENCE = 0.5
"""Readers give less to an amount they doubt themselves, such as one of over half a million."""


def weigh_claim(
    *, reply: Reply, extracted: ExtractedReply, decision: MatchDecision
) -> tuple[MatchDecision, ClaimStatement | None]:
    """The decision as it stands with the claim to record, if the match is automatic.

    A doubtful amount is not recorded: a person gets the mail, with the inquiry as suggestion
    (claim_unclear). A mail that states no amount is matched all the same.
    """
    if decision.status is not MatchStatus.AUTO_MATCHED or decision.inquiry_id is None:
        return decision, None
    if extracted.debt_amount is None:
        return decision, None
    evidence = extracted.evidence.get("debt_amount")
    if evidence is None or evidence.confidence < LEAST_CONFIDENCE:
        review = replace(decision, status=MatchStatus.NEEDS_REVIEW, reason=Reason.CLAIM_UNCLEAR)
        return review, None
    return decision, ClaimStatement(
        inquiry_id=decision.inquiry_id,
        received_at=reply.received_at,
        amount=extracted.debt_amount,
        currency=extracted.currency or "EUR",
        principal=extracted.principal,
        interest=extracted.interest,
        costs=extracted.costs,
    )
