"""What the learned models make of a mail, beside what the word lists found in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from functions.worker.reading.claim.claims import Claim
from functions.worker.reading.claim.settled_claims import settled_at
from functions.worker.reading.intents import Contents, Purpose
from functions.worker.reading.language.sentence_model import (
    Sentence,
    SentenceKind,
    classify_sentences,
)
from functions.worker.reading.money.sums import Sum
from functions.worker.reading.settlement.decision_model import decision_shares
from functions.worker.reading.settlement.decisions import (
    Decision,
    answers_a_proposal,
    decision_at,
    offered_in,
    speaks_of_a_proposal,
)
from functions.worker.reading.settlement.settling_sums import with_settling_sum
from functions.worker.reading.settlement.yes_or_no import Answer, is_withheld, without_unticked
from shared.domain.extraction import Intent, SettlementDecision

_CERTAIN, _SURE, _LIKELY, _UNLIKELY = 0.98, 0.9, 0.5, 0.2
_SURE_OUTSIDER, _CLEAR = 0.8, 0.6
_DOUBTED = 0.5
_MOST_OF_THE_MAIL = 0.6
_SETTLED, _DOUBTED_ZERO = 0.5, 0.45

_DECISIONS = {
    SettlementDecision.ACCEPTED: SentenceKind.AGREES,
    SettlementDecision.REJECTED: SentenceKind.REFUSES,
    SettlementDecision.COUNTER_OFFER: SentenceKind.COUNTERS,
}
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
        """The first decision, one that no word told, or none where the mail speaks against it."""
        shares = decision_shares(self.said, self.sentences, quoted)
        if first is None:
            decision = self._missed(shares, quoted, sums)
        elif shares[None] > _SURE:
            return None
        else:
            decision = self._weighed(first, shares, quoted, sums)
        if decision is None:
            return None
        return with_settling_sum(decision, self.said, sums, offered_in(quoted))

    def _weighed(
        self,
        first: Decision,
        shares: Mapping[SettlementDecision | None, float],
        quoted: str,
        sums: Sequence[Sum],
    ) -> Decision:
        """The first decision, a doubt of it, or another one that is all but certain.

        Who names another sum may well refuse ours in the same breath.
        """
        if shares[first.decision] > _UNLIKELY:
            return first
        is_clear = max(shares.values()) > _CERTAIN and shares[first.decision] < 1 - _CERTAIN
        is_both = first.settling and shares[SettlementDecision.REJECTED] > _LIKELY
        other = self._missed(shares, quoted, sums) if is_clear and not is_both else None
        return other or replace(first, confidence=min(first.confidence, _DOUBTED))

    def _missed(
        self, shares: Mapping[SettlementDecision | None, float], quoted: str, sums: Sequence[Sum]
    ) -> Decision | None:
        """The likeliest decision in the sentence that says it best, unless that leaves it open.

        What is settled already needs no yes.
        """
        likeliest = max(shares, key=lambda one: shares[one])
        is_asked = answers_a_proposal(quoted) or speaks_of_a_proposal(self.said)
        enough = _LIKELY if is_asked else _SURE
        if likeliest is None or shares[likeliest] < enough or not self.sentences:
            return None
        kind = _DECISIONS[likeliest]
        sentence = max(self.sentences, key=lambda one: one.shares[kind])
        if likeliest is SettlementDecision.ACCEPTED and settled_at(self.said):
            return None
        is_yes_or_no = likeliest is not SettlementDecision.COUNTER_OFFER
        if is_yes_or_no and is_withheld(self.said[sentence.start : sentence.end]):
            return None
        if sentence.shares[SentenceKind.FILLER] > _CLEAR:
            return None
        answer = Answer(sentence.start, sentence.end)
        return decision_at(answer, likeliest, self.said, quoted, sums)

    def claim(self, found: Claim | None) -> Claim | None:
        """The claim; a person decides on a zero that no sentence sounds like."""
        if found is None or found.debt or self._share(SentenceKind.SETTLED) > _SETTLED:
            return found
        return replace(found, confidence=min(found.confidence, _DOUBTED_ZERO))

    def purpose(self, first: Purpose, contents: Contents) -> Purpose:
        """Another purpose if the first one was a guess, and a sentence says it clearly."""
        if contents.claim or contents.names_a_sum or first.intent is not Intent.DEBT_STATEMENT:
            return first
        kind = max(_PURPOSES, key=self._share)
        if self._share(kind) < _CLEAR or self._share(SentenceKind.STATES_CLAIM) > _CLEAR:
            return first
        return replace(first, intent=_PURPOSES[kind], confidence=_DOUBTED)

    def outsider(self, contents: Contents) -> Purpose | None:
        """No creditor, if most of the mail says so and nothing in it tells of a case."""
        if contents.claim or contents.decision or contents.names_a_debtor:
            return None
        if contents.names_a_number and contents.names_a_sum and contents.names_anyone:
            return None
        kind = max(_OUTSIDERS, key=self._share)
        if self._share(kind) < _SURE_OUTSIDER or self._weight_of_outsiders() < _MOST_OF_THE_MAIL:
            return None
        return Purpose(is_creditor_reply=False, intent=_OUTSIDERS[kind], confidence=_DOUBTED)

    def _share(self, kind: SentenceKind) -> float:
        return max((one.shares[kind] for one in self.sentences), default=0.0)

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
