"""Use case: decide whether what was read may be booked as the inquiry's claim."""

from __future__ import annotations

from dataclasses import replace

from functions.worker.second_reader.disputes import disputed_fields
from shared.domain.claim import ClaimStatement
from shared.domain.extraction import ExtractedReply
from shared.domain.job import MatchStatus, Reason
from shared.domain.matching import MatchDecision
from shared.domain.reply import Reply

LEAST_CONFIDENCE = 0.5
"""Readers give less to an amount they doubt themselves, such as one of over half a million."""

TOO_MUCH = 10
"""So many times what the inquiry named is another claim, or a misread one, rather than growth."""


def weigh_claim(
    *, reply: Reply, extracted: ExtractedReply, decision: MatchDecision
) -> tuple[MatchDecision, ClaimStatement | None]:
    """The decision as it stands with the claim to record, if the match is automatic.

    Where two readers disagree, or one doubts the amount, nothing is recorded: a person gets the
    mail, with the inquiry as suggestion; likewise where the amount is many times what the inquiry
    named, which nobody may have seen before. A mail that states no amount is matched all the same,
    unless the reader points at a sum that may be one.
    """
    if decision.status is not MatchStatus.AUTO_MATCHED or decision.inquiry_id is None:
        return decision, None
    if disputed_fields(extracted):
        return _to_a_person(decision, Reason.READERS_DISAGREE), None
    evidence = extracted.evidence.get("debt_amount")
    if extracted.debt_amount is None and evidence is None:
        return decision, None
    is_doubted = evidence is None or evidence.confidence < LEAST_CONFIDENCE
    if extracted.debt_amount is None or is_doubted:
        return _to_a_person(decision, Reason.CLAIM_UNCLEAR), None
    if decision.expected_amount and extracted.debt_amount > TOO_MUCH * decision.expected_amount:
        return _to_a_person(decision, Reason.CLAIM_JUMPED), None
    return decision, ClaimStatement(
        inquiry_id=decision.inquiry_id,
        received_at=reply.received_at,
        amount=extracted.debt_amount,
        currency=extracted.currency or "EUR",
        principal=extracted.principal,
        interest=extracted.interest,
        costs=extracted.costs,
    )


def _to_a_person(decision: MatchDecision, reason: Reason) -> MatchDecision:
    return replace(decision, status=MatchStatus.NEEDS_REVIEW, reason=reason)
