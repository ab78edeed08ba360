"""What the writer decided about our proposal, and which sum would settle the matter."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from functions.worker.reading.language.sentences import sentence_around
from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.money.amounts import find_amounts
from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sums import Sum
from functions.worker.reading.settlement.yes_or_no import (
    Answer,
    clause_around,
    find_no,
    find_yes,
    without_unticked,
)
from shared.domain.extraction import SettlementDecision

_LOOK_BACK, _LOOK_AHEAD = 45, 40
_BY_NO_WORD = 0.5
"""The confidence of a decision that only its sentence as a whole tells."""
_BORDER = re.compile(r"[.!?]\s|\n\s*\n")


# "Der Zahlung von 90 EUR stimmen wir zu": a payment, but none that was made.
_MAY_BE_PROPOSED = frozenset({Role.OFFER, Role.UNKNOWN, Role.PAST})


@dataclass(frozen=True, kw_only=True)
class Decision:
    """The decision with the words `text[start:end]` that say it; the sum may be unnamed."""

    decision: SettlementDecision
    confidence: float
    start: int
    end: int
    settling: Sum | None = None


def settlement_decision(said: str, quoted: str, sums: Sequence[Sum]) -> Decision | None:
    """None unless the mail speaks of a proposal, or answers one, and decides on it."""
    answers, ours = answers_a_proposal(quoted), offered_in(quoted)
    named = [one for one in sums if _may_settle(said, one)]
    theirs = [one for one in sums if _is_printed(said, one) and is_proposed(said, one, ours)]
    makes_an_offer = any(one.role is Role.OFFER for one in named)
    if not (makes_an_offer or answers or speaks_of_a_proposal(said)):
        return None
    said = without_unticked(said)
    rejected = find_no(said, has_proposal=answers)
    counter = [
        one
        for one in named
        if one not in theirs
        and _is_countered(one)
        and (one.role is Role.OFFER or answers or rejected or speaks_of_a_proposal(one.sentence))
    ]
    accepted = None if rejected else find_yes(said, has_proposal=answers)
    if accepted and not any(_insists(one) for one in counter):
        return _agreed(said, accepted, theirs, sums)
    ours_would_do = [one for one in theirs if one.amount.value in ours and _is_countered(one)]
    if ours_would_do and not rejected and not counter:
        return _taken(ours_would_do[0])
    if counter:
        # "30 Euro sind zu wenig, unser Gegenvorschlag: 90 Euro": the counter offer comes last.
        return _countered(said, counter)
    return _decided(SettlementDecision.REJECTED, rejected, 0.85, None) if rejected else None


def speaks_of_a_proposal(text: str) -> bool:
    """Whether the words are those of a settlement or of instalments."""
    return any(pattern("decisions", key).search(text) for key in ("proposal", "unmistakable"))


def answers_a_proposal(quoted: str) -> bool:
    """Whether the letter that is answered offers a sum."""
    return bool(pattern("decisions", "offer_of_ours").search(quoted))


def offered_in(quoted: str) -> set[Decimal]:
    """The sums in the letter that is answered, if it offers one."""
    return {one.value for one in find_amounts(quoted)} if answers_a_proposal(quoted) else set()


def decision_at(
    answer: Answer,
    decision: SettlementDecision,
    said: str,
    quoted: str,
    sums: Sequence[Sum],
) -> Decision:
    """The decision that one sentence makes, with the sum that goes with it."""
    ours = offered_in(quoted)
    theirs = [one for one in sums if _is_printed(said, one) and is_proposed(said, one, ours)]
    if decision is SettlementDecision.ACCEPTED:
        return replace(_agreed(said, answer, theirs, sums), confidence=_BY_NO_WORD)
    counter = [
        one
        for one in sums
        if answer.start <= one.amount.start < answer.end
        and _may_settle(said, one)
        and one not in theirs
    ]
    is_counter = decision is SettlementDecision.COUNTER_OFFER
    settling = counter[-1] if is_counter and counter else None
    return _decided(decision, answer, _BY_NO_WORD, settling)


def _agreed(said: str, accepted: Answer, theirs: Sequence[Sum], sums: Sequence[Sum]) -> Decision:
    conditional = pattern("decisions", "condition").search(said)
    sentence = sentence_around(said, accepted.start, accepted.end)
    named = [one for one in sums if _may_settle(said, one)]
    beside = [one for one in sums if one.sentence == sentence and one.role in _MAY_BE_PROPOSED]
    settling = _only_sum(theirs) or _only_sum(named) or _only_sum(beside)
    confidence = 0.6 if conditional else 0.85
    return _decided(SettlementDecision.ACCEPTED, accepted, confidence, settling)


def _taken(ours: Sum) -> Decision:
    """The writer would take a sum, which is just the one that was offered."""
    return Decision(
        decision=SettlementDecision.ACCEPTED,
        confidence=0.75,
        start=ours.amount.start,
        end=ours.amount.end,
        settling=ours,
    )


def _only_sum(named: Sequence[Sum]) -> Sum | None:
    return named[0] if len({one.amount.value for one in named}) == 1 else None


def _insists(one: Sum) -> bool:
    """Whether the sentence sets another sum against the one that was proposed."""
    return bool(pattern("decisions", "insisting").search(one.sentence))


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
    decision: SettlementDecision, answer: Answer, confidence: float, settling: Sum | None
) -> Decision:
    return Decision(
        decision=decision,
        confidence=confidence,
        start=answer.start,
        end=answer.end,
        settling=settling,
    )


def _may_settle(said: str, one: Sum) -> bool:
    """An offer by its own words, or a sum without a role of its own; none of former days."""
    may = one.role in {Role.OFFER, Role.UNKNOWN} and _is_printed(said, one)
    return may and not pattern("decisions", "withdrawn").search(one.sentence)


def _is_printed(said: str, one: Sum) -> bool:
    return bool(said[one.amount.start : one.amount.end].strip())


def is_proposed(said: str, one: Sum, ours: Collection[Decimal]) -> bool:
    """Whether the sum is the one that was proposed, by its words or by the letter quoted."""
    if one.role not in _MAY_BE_PROPOSED:
        return False
    return one.amount.value in ours or _is_theirs(said, one) or _is_refused(said, one)


def _is_refused(said: str, one: Sum) -> bool:
    """As in "90 EUR kommen nicht in Betracht", without another sum set against it.

    That is, in the sentence; or this sum is refused in its clause, and the other one follows.
    """
    clause = clause_around(said, one.amount.start, one.amount.end)
    return any(
        _says_no(words) and not pattern("decisions", "countering_a_no").search(words)
        for words in (one.sentence, clause)
    )


def _says_no(words: str) -> bool:
    keys = ("rejected", "weakly_rejected", "insufficient")
    negated = all(pattern("decisions", key).search(words) for key in ("accepted", "negation"))
    return negated or any(pattern("decisions", key).search(words) for key in keys)


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
