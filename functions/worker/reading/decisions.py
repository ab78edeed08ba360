"""What the writer decided about our proposal, and which sum would settle the matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from functions.worker.reading.amount_roles import Sum
from functions.worker.reading.role_words import Role
from functions.worker.reading.sentences import sentence_around
from functions.worker.reading.vocabulary import pattern
from shared.domain.extraction import SettlementDecision

_LOOK_BACK, _LOOK_AHEAD = 45, 40
_BORDER = re.compile(r"[.!?]\s|\n\s*\n")


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
    named = [one for one in sums if _may_settle(said, one)]
    counter = [one for one in named if not _is_theirs(said, one) and _is_countered(one)]
    makes_an_offer = any(one.role is Role.OFFER for one in counter)
    if not makes_an_offer and not pattern("decisions", "proposal").search(said):
        return None
    rejected = _rejected(said)
    accepted = None if rejected else _accepted(said)
    if counter and (rejected or makes_an_offer or not accepted):
        # "30 Euro sind zu wenig, unser Gegenvorschlag: 90 Euro": the counter offer comes last.
        return _countered(said, counter)
    if rejected:
        return _decided(SettlementDecision.REJECTED, rejected, 0.85, None)
    return _agreed(said, accepted, named) if accepted else None


def _agreed(said: str, accepted: re.Match[str], named: Sequence[Sum]) -> Decision:
    conditional = pattern("decisions", "condition").search(said)
    sentence = sentence_around(said, accepted.start(), accepted.end())
    beside = [one for one in named if one.sentence == sentence]
    settling = _only_sum(named) or _only_sum(beside)
    confidence = 0.6 if conditional else 0.85
    return _decided(SettlementDecision.ACCEPTED, accepted, confidence, settling)


def _only_sum(named: Sequence[Sum]) -> Sum | None:
    return named[0] if len({one.amount.value for one in named}) == 1 else None


def _countered(said: str, counter: Sequence[Sum]) -> Decision | None:
    offered = [one for one in counter if one.role is Role.OFFER] or counter
    chosen = offered[-1]
    is_clear = len({one.amount.value for one in offered}) == 1
    sentence = sentence_around(said, chosen.amount.start, chosen.amount.end)
    words = pattern("decisions", "countering").search(sentence)
    sentence_at = said.find(sentence)
    place = (chosen.amount.start, chosen.amount.end)
    if words and sentence_at >= 0:
        place = (sentence_at + words.start(), sentence_at + words.end())
    return Decision(
        decision=SettlementDecision.COUNTER_OFFER,
        confidence=0.85 if is_clear else 0.7,
        start=place[0],
        end=place[1],
        settling=chosen,
    )


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


def _may_settle(said: str, one: Sum) -> bool:
    """An offer by its own words, or a sum without a role of its own; none of former days."""
    if one.role not in {Role.OFFER, Role.UNKNOWN} or not said[one.amount.start : one.amount.end]:
        return False
    printed = said[one.amount.start : one.amount.end].strip()
    return bool(printed) and not pattern("decisions", "withdrawn").search(one.sentence)


def _is_countered(one: Sum) -> bool:
    return bool(pattern("decisions", "countering").search(one.sentence))


def _is_theirs(said: str, one: Sum) -> bool:
    """Whether the sum is the one that was proposed to the writer."""
    before = said[max(one.amount.start - _LOOK_BACK, 0) : one.amount.start]
    after = said[one.amount.end : one.amount.end + _LOOK_AHEAD]
    before = _BORDER.split(before)[-1]
    after = re.split(r"[.!?;,]\s|\n\s*\n", after)[0]
    ours = pattern("decisions", "proposal_of_writer").search(before)
    return bool(
        (pattern("decisions", "theirs").search(before) and not ours)
        or pattern("decisions", "theirs_after").search(after)
    )


def _rejected(said: str) -> re.Match[str] | None:
    for key in ("rejected", "insufficient"):
        for match in _found(said, key):
            return match
    return next(_beside_the_proposal(said, "weakly_rejected"), None)


def _accepted(said: str) -> re.Match[str] | None:
    for match in _found(said, "no_objection"):
        return match
    for match in (*_found(said, "accepted"), *_beside_the_proposal(said, "weakly_accepted")):
        sentence = sentence_around(said, match.start(), match.end())
        before = said[max(match.start() - _LOOK_BACK, 0) : match.start()]
        nearby = _BORDER.split(before)[-1] + match[0]
        if pattern("decisions", "negation").search(nearby):
            continue
        if not pattern("decisions", "undecided").search(sentence):
            return match
    return None


def _beside_the_proposal(said: str, key: str) -> Iterator[re.Match[str]]:
    for match in _found(said, key):
        sentence = sentence_around(said, match.start(), match.end())
        if pattern("decisions", "proposal").search(sentence):
            yield match


def _found(said: str, key: str) -> Iterator[re.Match[str]]:
    """The places of a list, without those in sentences about an offer of former days."""
    for match in pattern("decisions", key).finditer(said):
        sentence = sentence_around(said, match.start(), match.end())
        if not pattern("decisions", "about_the_past").search(sentence):
            yield match
