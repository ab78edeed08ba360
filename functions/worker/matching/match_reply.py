"""Decides which inquiry a reply answers: only what is certain is matched without a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from functions.worker.matching.comparison import (
    Basis,
    answers_an_offer,
    by_letter_date,
    by_letter_type,
    most_pointed_at,
    ranked_by_evidence,
    stands_out,
    sufficient_basis,
    unbeaten,
    without_foreign,
)
from functions.worker.matching.contradictions import Contradictions, contradictions
from functions.worker.matching.evidence import Evidence, Named, Sender, weigh
from functions.worker.matching.explanation import explain
from functions.worker.matching.mail_facts import MailFacts, read_facts
from functions.worker.matching.rivals import has_rival
from functions.worker.reading.language.vocabulary import pattern
from shared.domain.extraction import ExtractedReply, Intent
from shared.domain.inquiry import Inquiry
from shared.domain.job import MatchStatus, Reason
from shared.domain.matching import CandidateExplanation, MatchDecision
from shared.domain.reply import Reply

_MOST_CANDIDATES = 20
_DOUBTFUL_CLASS, _SURE_CLASS = 0.6, 0.75
_MACHINE_MADE = {Intent.AUTO_REPLY: Reason.AUTOMATIC_REPLY, Intent.BOUNCE: Reason.BOUNCE}


def match_reply(
    *, reply: Reply, extracted: ExtractedReply, inquiries: Sequence[Inquiry]
) -> MatchDecision:
    """Match one reply. `inquiries` are all that share a lookup key with it, in any order.

    An inquiry sent after the reply came in is no candidate. auto_matched needs one inquiry with
    sufficient evidence, nothing against it, no other inquiry that anything points to more, and a
    mail that was read in full. What was not goes to a person, unless a machine reports a letter
    undelivered, or its headers or subject say that a machine sent it and it points nowhere.
    """
    facts = read_facts(reply)
    sent_before = [inquiry for inquiry in inquiries if inquiry.sent_at <= reply.received_at]
    weighed = weigh(facts, extracted, sorted(sent_before, key=lambda inquiry: inquiry.id))
    ranked = ranked_by_evidence(without_foreign(weighed, facts, extracted))
    against = {one.inquiry.id: contradictions(facts, extracted, one) for one in ranked}
    candidates = tuple(explain(one, against[one.inquiry.id]) for one in ranked[:_MOST_CANDIDATES])
    if not extracted.is_creditor_reply:
        decision = _not_a_creditor(facts, extracted, ranked, candidates)
    else:
        decision = _creditor(facts, extracted, ranked, against, candidates)
    is_machines = extracted.intent is Intent.BOUNCE or (facts.is_automatic and not ranked)
    is_settled = decision.status is MatchStatus.NEEDS_REVIEW or (
        is_machines and not extracted.is_creditor_reply
    )
    if extracted.read_in_full or is_settled:
        return decision
    return replace(decision, status=MatchStatus.NEEDS_REVIEW, reason=Reason.TOO_LONG)


def _not_a_creditor(
    facts: MailFacts,
    extracted: ExtractedReply,
    ranked: Sequence[Evidence],
    candidates: tuple[CandidateExplanation, ...],
) -> MatchDecision:
    doubtful = extracted.confidence < _DOUBTFUL_CLASS
    if extracted.intent in _MACHINE_MADE:
        if doubtful and any(one.points_somewhere for one in ranked):
            return _review(Reason.SIGNALS_CONTRADICT, 20, None, candidates)
        reason = _MACHINE_MADE[extracted.intent]
        return MatchDecision(status=MatchStatus.NOT_CREDITOR_REPLY, reason=reason, confidence=0)
    if not facts.mail.body.strip():
        return _review(Reason.NO_TEXT, 0, None, candidates)
    known = [one for one in ranked if one.sender >= Sender.HOUSE]
    claims = pattern("intents", "claims_something").search(facts.said)
    is_sure = extracted.confidence >= _SURE_CLASS and not claims
    is_advertising = extracted.intent is Intent.SPAM and is_sure
    if any((one.points_somewhere and not is_advertising) or doubtful for one in known):
        return _review(Reason.SIGNALS_CONTRADICT, 20, None, candidates)
    return MatchDecision(
        status=MatchStatus.NOT_CREDITOR_REPLY, reason=Reason.NOT_ABOUT_A_CLAIM, confidence=0
    )


def _creditor(
    facts: MailFacts,
    extracted: ExtractedReply,
    ranked: Sequence[Evidence],
    against: dict[str, Contradictions],
    candidates: tuple[CandidateExplanation, ...],
) -> MatchDecision:
    bases = {one.inquiry.id: sufficient_basis(one) for one in ranked}
    fitting = [one for one in ranked if bases[one.inquiry.id]]
    best = unbeaten(fitting, ranked)
    answers = answers_an_offer(facts, extracted)
    letter: list[Evidence] = []
    if len(best) > 1:
        letter = by_letter_date(best, facts.printed_dates)
        best = by_letter_type(best, answers) or best
    if _may_be_no_answer(facts, extracted, best):
        pointing = [one for one in ranked if one.points_somewhere]
        likely = best or (most_pointed_at(pointing) if pointing else [])
        return _review(Reason.WEAK_EVIDENCE, 30, _one_of(likely, against), candidates)
    if len(best) == 1:
        winner = best[0]
        basis = bases[winner.inquiry.id]
        if basis and not against[winner.inquiry.id] and not has_rival(winner, ranked, answers):
            return MatchDecision(
                status=MatchStatus.AUTO_MATCHED,
                reason=basis.reason,
                confidence=_confidence(basis, winner),
                inquiry_id=winner.inquiry.id,
                expected_amount=winner.inquiry.debt_amount,
                candidates=_first(winner, candidates),
            )
        is_clear = stands_out(winner, ranked) or not has_rival(winner, ranked, answers)
        suggestion = winner.inquiry.id if is_clear else None
        return _review(Reason.SIGNALS_CONTRADICT, 50, suggestion, candidates)
    if fitting:
        tie = len(best) > 1 and not any(against[one.inquiry.id] for one in best)
        reason = Reason.SEVERAL_INQUIRIES_FIT if tie else Reason.SIGNALS_CONTRADICT
        return _review(reason, 40, _one_of(letter, against), candidates)
    return _without_basis(facts, ranked, against, candidates)


def _may_be_no_answer(
    facts: MailFacts, extracted: ExtractedReply, best: Sequence[Evidence]
) -> bool:
    """Whether a mail of unclear kind brings nothing, or does not come from a known mailbox."""
    if extracted.confidence >= _DOUBTFUL_CLASS or not facts.mail.body.strip():
        return False
    is_known = any(
        one.sender is Sender.MAILBOX or (one.sender is Sender.HOUSE and one.references)
        for one in best
    )
    return not (is_known and facts.brings_something)


def _without_basis(
    facts: MailFacts,
    ranked: Sequence[Evidence],
    against: dict[str, Contradictions],
    candidates: tuple[CandidateExplanation, ...],
) -> MatchDecision:
    pointing = [one for one in ranked if one.points_somewhere or one.quoted_references]
    from_creditor = [one for one in ranked if one.sender >= Sender.HOUSE]
    if pointing:
        only = _one_of(most_pointed_at(pointing), against)
        known_client = any(one.name is Named.FULL or one.file_numbers for one in pointing)
        reason = Reason.UNKNOWN_CREDITOR if known_client else Reason.WEAK_EVIDENCE
        return _review(reason, 30, only, candidates)
    if not facts.mail.body.strip():
        return _review(Reason.NO_TEXT, 0, None, candidates)
    if from_creditor:
        only = _one_of(most_pointed_at(from_creditor), against)
        return _review(Reason.WEAK_EVIDENCE, 20, only, candidates)
    return MatchDecision(
        status=MatchStatus.NO_MATCH,
        reason=Reason.NO_INQUIRY_FITS,
        confidence=0,
        candidates=candidates,
    )


def _one_of(some: Sequence[Evidence], against: dict[str, Contradictions]) -> str | None:
    """The only one, if it fits what the mail says."""
    only = some[0].inquiry.id if len(some) == 1 else None
    return only if only and not against[only].misfits else None


def _confidence(basis: Basis, one: Evidence) -> int:
    kinds = (one.references, one.file_numbers, one.name is Named.FULL, one.own_ticket)
    return min(basis.confidence + sum(bool(kind) for kind in kinds) - 1, 99)


def _first(
    winner: Evidence, candidates: tuple[CandidateExplanation, ...]
) -> tuple[CandidateExplanation, ...]:
    return tuple(sorted(candidates, key=lambda one: one.inquiry_id != winner.inquiry.id))


def _review(
    reason: Reason,
    confidence: int,
    suggestion: str | None,
    candidates: tuple[CandidateExplanation, ...],
) -> MatchDecision:
    return MatchDecision(
        status=MatchStatus.NEEDS_REVIEW,
        reason=reason,
        confidence=confidence,
        inquiry_id=suggestion,
        candidates=candidates,
    )
