"""The decision which inquiry a reply answers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from shared.domain.job import MatchStatus, Reason


@dataclass(frozen=True, kw_only=True)
class CandidateExplanation:
    """What spoke for one inquiry and what against it, as whole German sentences for a clerk."""

    inquiry_id: str
    supporting: tuple[str, ...] = ()
    contradicting: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MatchDecision:
    """`inquiry_id` is the match if auto_matched, a suggestion or None if needs_review, else None.

    `confidence` is 0–100. `candidates` are the inquiries that were weighed, best first.
    """

    status: MatchStatus
    reason: Reason
    confidence: int
    inquiry_id: str | None = None
    expected_amount: Decimal | None = None
    """What the matched inquiry took to be owed, if it said so."""
    candidates: tuple[CandidateExplanation, ...] = ()
