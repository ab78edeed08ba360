"""What the sentence model makes of a mail, beside what the word lists found in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from functions.worker.reading.amounts import find_amounts
from functions.worker.reading.decisions import (
    Decision,
    answers_a_proposal,
    decision_at,
    speaks_of_a_proposal,
)
from functions.worker.reading.intents import Contents, Purpose
from functions.worker.reading.sentence_model import Sentence, SentenceKind, classify_sentences
from functions.worker.reading.settling_sums import with_settling_sum
from functions.worker.reading.sums import Sum
from functions.worker.reading.vocabulary import pattern
from functions.worker.reading.yes_or_no import Answer, is_withheld, without_unticked
from shared.domain.extraction import Intent, SettlementDecision

_SURE, _VERY_SURE = 0.8, 0.9
_LIKELY, _UNLIKELY, _BLIND = 0.6, 0.35, 0.1
_UNLIKELY_COUNTER = 0.5
_DOUBTED = 0.5
_MOST_OF_THE_MAIL = 0.6

_DECISIONS = {
    SettlementDecision.ACCEPTED: SentenceKind.AGREES,
    SettlementDecision.REJECTED: SentenceKind.REFUSES,
    SettlementDecision.COUNTER_OFFER: SentenceKind.COUNTERS,
}
# A decision is likely where the letter answered is a proposal and the answer speaks of it. Where
# only the letter does, sums that are owed sound like a counter offer; where only the mail does,
# any offer looks like one; where neither does, a no is mostly said to something else.
_ENOUGH = {
    (True, True): (0.55, 0.55, 0.9),
    (True, False): (0.9, 0.9, 0.95),
    (False, True): (0.65, 0.85, 0.99),
    (False, False): (0.9, 1.0, 0.99),
}
# What the word lists found is never turned into its opposite: "nicht" is a short word.
_OPPOSITES = {SettlementDecision.ACCEPTED, SettlementDecision.REJECTED}
_OUTSIDERS = {
    SentenceKind.RECEIPT: Intent.AUTO_REPLY,
    SentenceKind.ABSENCE: Intent.AUTO_REPLY,
    SentenceKind.ADVERTISING: Intent.SPAM,
    SentenceKind.INVOICE: Intent.SPAM,
    SentenceKind.COLLEAGUE: Intent.INTERNAL,
}
_PURPOSES = {
    SentenceKind.ASKS: Intent.INQUIRY,
    SentenceKind.WITHHOLDS: Intent.REJECTION,
    SentenceKind.NOT_RESPONSIBLE: Intent.REJECTION,
}


@dataclass(frozen=True)
class SecondOpinion:
    """The sentences of one mail, classified."""

    said: str
    sentences: tuple[Sentence, ...]

    def decision(self, first: Decision | None, quoted: str, sums: Sequence[Sum]) -> Decision | None:
        """The first decision, doubted or replaced where a sentence says otherwise."""
        decision = self._decision(first, quoted, sums)
        if decision is None:
            return None
        ours = {one.value for one in find_amounts(quoted)} if answers_a_proposal(quoted) else set()
        return with_settling_sum(decision, self.said, sums, ours)

    def _decision(
        self, first: Decision | None, quoted: str, sums: Sequence[Sum]
    ) -> Decision | None:
        if first is None:
            missed = self._missed_decision(quoted, sums)
            return None if missed and self._leaves_open(missed) else missed
        counter = self._decided(SettlementDecision.COUNTER_OFFER, quoted, sums)
        if counter and self._outweighs(counter, first):
            return counter
        if self._share(_DECISIONS[first.decision]) > max(_UNLIKELY, self._least(first.decision)):
            return first
        return self._doubted(first, self._missed_decision(quoted, sums))

    def _doubted(self, first: Decision, other: Decision | None) -> Decision | None:
        if other and _is_about(other, first.settling):
            return first
        is_opposite = other is not None and {first.decision, other.decision} == _OPPOSITES
        is_blind = self._share(_DECISIONS[first.decision]) < self._least(first.decision)
        is_sure = other is not None and self._share(_DECISIONS[other.decision]) > _SURE
        if (is_blind or is_sure) and not is_opposite:
            return other
        return replace(first, confidence=min(first.confidence, _DOUBTED))

    def _least(self, decision: SettlementDecision) -> float:
        """Words of a yes or no need no more where the mail itself speaks of a proposal."""
        if speaks_of_a_proposal(self.said):
            return _BLIND
        is_counter = decision is SettlementDecision.COUNTER_OFFER
        return _UNLIKELY_COUNTER if is_counter else _UNLIKELY

    def purpose(self, first: Purpose, contents: Contents) -> Purpose:
        """Another purpose if the first one was a guess, and a sentence says it clearly."""
        if contents.claim or contents.names_a_sum or first.intent is not Intent.DEBT_STATEMENT:
            return first
        kind = max(_PURPOSES, key=self._share)
        if self._share(kind) < _LIKELY or self._share(SentenceKind.STATES_CLAIM) > _LIKELY:
            return first
        return replace(first, intent=_PURPOSES[kind], confidence=_DOUBTED)

    def outsider(self, contents: Contents) -> Purpose | None:
        """No creditor, if most of the mail says so and nothing in it tells of a case."""
        if contents.claim or contents.decision or contents.names_a_debtor:
            return None
        kind = max(_OUTSIDERS, key=self._share)
        if self._share(kind) < _SURE or self._weight_of_outsiders() < _MOST_OF_THE_MAIL:
            return None
        return Purpose(is_creditor_reply=False, intent=_OUTSIDERS[kind], confidence=_DOUBTED)

    def _missed_decision(self, quoted: str, sums: Sequence[Sum]) -> Decision | None:
        context = (answers_a_proposal(quoted), _names_a_proposal(self.said))
        enough = dict(zip(_DECISIONS.values(), _ENOUGH[context], strict=True))
        kinds = sorted(_DECISIONS.values(), key=self._support)
        surest, next_one = kinds[-1], kinds[-2]
        if self._support(surest) < enough[surest]:
            return None
        if self._share(next_one) > _LIKELY and surest is not SentenceKind.COUNTERS:
            return None
        decision = next(one for one, kind in _DECISIONS.items() if kind is surest)
        return self._decided(decision, quoted, sums)

    def _leaves_open(self, found: Decision) -> bool:
        """Whether its sentence only notes the proposal, or is a yes with a "nicht" in it."""
        words = self.said[found.start : found.end]
        is_negated = pattern("decisions", "negation").search(words)
        is_double = pattern("decisions", "no_objection").search(words)
        denies = found.decision is SettlementDecision.ACCEPTED and is_negated and not is_double
        is_sure_no = (
            found.decision is SettlementDecision.REJECTED
            and self._share(SentenceKind.REFUSES) > _VERY_SURE
        )
        is_hedged = found.decision in _OPPOSITES and not is_sure_no and is_withheld(words)
        return bool(denies or is_hedged)

    def _outweighs(self, counter: Decision, first: Decision) -> bool:
        """Whether another sum is named beside a no, or where nothing sounds like a yes."""
        share = self._share(SentenceKind.COUNTERS)
        if first.decision is SettlementDecision.REJECTED:
            return share > _VERY_SURE and self._names_a_sum(counter)
        if first.decision is SettlementDecision.COUNTER_OFFER or _is_about(counter, first.settling):
            return False
        return share > _LIKELY and self._share(SentenceKind.AGREES) < _BLIND

    def _names_a_sum(self, decision: Decision) -> bool:
        return any(sign.isdigit() for sign in self.said[decision.start : decision.end])

    def _decided(
        self, decision: SettlementDecision, quoted: str, sums: Sequence[Sum]
    ) -> Decision | None:
        kind = _DECISIONS[decision]
        if not self.sentences:
            return None
        sentence = max(self.sentences, key=lambda one: one.shares[kind])
        answer = Answer(sentence.start, sentence.end)
        return decision_at(answer, decision, self.said, quoted, sums)

    def _share(self, kind: SentenceKind) -> float:
        return max((one.shares[kind] for one in self.sentences), default=0.0)

    def _support(self, kind: SentenceKind) -> float:
        """What its two surest sentences say together, if the second one is likely by itself."""
        first, second = sorted((0.0, 0.0, *(one.shares[kind] for one in self.sentences)))[:-3:-1]
        return 1 - (1 - first) * (1 - (second if second > _DOUBTED else 0))

    def _weight_of_outsiders(self) -> float:
        weights = [
            (sum(one.shares[kind] for kind in _OUTSIDERS), 1 - one.shares[SentenceKind.FILLER])
            for one in self.sentences
        ]
        return sum(one for one, _ in weights) / max(sum(all_ for _, all_ in weights), 1e-9)


def second_opinion(said: str) -> SecondOpinion:
    """Classify what a mail says."""
    said = without_unticked(said)
    return SecondOpinion(said, classify_sentences(said))


def _names_a_proposal(text: str) -> bool:
    return bool(pattern("decisions", "proposal").search(text))


def _is_about(decision: Decision, settling: Sum | None) -> bool:
    """Whether the sentence names just the sum that was accepted."""
    return settling is not None and decision.start <= settling.amount.start < decision.end
