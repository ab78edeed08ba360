"""What the writer decided about our proposal, and which sum would settle the matter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from functions.worker.reading.amount_roles import Role, Sum
from functions.worker.reading.vocabulary import pattern
from shared.domain.extraction import SettlementDecision

_LOOK_BACK = 40


@dataclass(frozen=True, kw_only=True)
class Decision:
    """The decision with the words `text[start:end]` that say it; the sum may be unnamed."""

    decision: SettlementDecision
    confidence: float
    start: int
    end: int
    settling: Sum | None = None


def settlement_decision(said: str, sums: Sequence[Sum]) -> Decision | None:
    """None unless the mail speaks of a proposal and decides on it."""
    countered = _match(said, "countered")
    rejected = _match(said, "rejected")
    offers = _offers(sums)
    makes_an_offer = countered and any(one.role is Role.OFFER for one in offers)
    if not makes_an_offer and not pattern("intents", "proposal").search(said):
        return None
    if countered and offers:
        # "30 Euro sind zu wenig, unser Gegenvorschlag: 90 Euro": the counter offer comes last.
        return _decided(SettlementDecision.COUNTER_OFFER, countered, 0.8, offers[-1])
    if rejected:
        return _decided(SettlementDecision.REJECTED, rejected, 0.85, None)
    accepted = _match(said, "accepted")
    if accepted and not _is_negated(said, accepted):
        conditional = pattern("amount_roles", "conditional").search(said)
        confidence = 0.6 if conditional else 0.85
        settling = offers[0] if len(offers) == 1 else None
        return _decided(SettlementDecision.ACCEPTED, accepted, confidence, settling)
    return None


def _decided(
    decision: SettlementDecision, match: re.Match[str], confidence: float, settling: Sum | None
) -> Decision:
    return Decision(
        decision=decision,
        confidence=confidence,
        start=match.start(),
        end=match.end(),
        settling=settling,
    )


def _match(text: str, key: str) -> re.Match[str] | None:
    return pattern("intents", key).search(text)


def _is_negated(text: str, match: re.Match[str]) -> bool:
    before = re.split(r"[.!?\n]", text[max(match.start() - _LOOK_BACK, 0) : match.start()])[-1]
    return bool(pattern("intents", "negation").search(before + match[0]))


def _offers(sums: Sequence[Sum]) -> list[Sum]:
    """Sums that are an offer by their own words, or stand without a role of their own."""
    named = [one for one in sums if one.role is Role.OFFER]
    return named or [one for one in sums if one.role is Role.UNKNOWN]
