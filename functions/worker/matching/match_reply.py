"""Decides which inquiry a reply answers: only what is certain is matched without a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from functions.worker.matching.addresses import is_freemail
from functions.worker.matching.contradictions import contradictions
from functions.worker.matching.evidence import Evidence, Named, Sender, same_words, weigh
from functions.worker.matching.explanation import explain
from functions.worker.matching.mail_facts import MailFacts, read_facts
from shared.domain.extraction import ExtractedReply, Intent
from shared.domain.inquiry import Inquiry, LetterType
from shared.domain.job import MatchStatus, Reason
from shared.domain.match_keys import creditor_words
from shared.domain.matching import CandidateExplanation, MatchDecision
from shared.domain.reply import Reply

_MOST_CANDIDATES = 20
_DOUBTFUL_CLASS = 0.6
_MACHINE_MADE = {Intent.AUTO_REPLY: Reason.AUTOMATIC_REPLY, Intent.BOUNCE: Reason.BOUNCE}


@dataclass(frozen=True, kw_only=True)
class _Basis:
    """A set of evidence that is enough for a match."""

    reason: Reason
    confidence: int


def match_reply(
    *, reply: Reply, extracted: ExtractedReply, inquiries: Sequence[Inquiry]
) -> MatchDecision:
    """Match one reply. `inquiries` are all that share a lookup key with it, in any order.

    An inquiry sent after the reply came in is no candidate. auto_matched needs one inquiry with
    sufficient evidence, nothing against it, and no other inquiry that anything points to more.
    """
    facts = read_facts(reply)
    sent_before = [inquiry for inquiry in inquiries if inquiry.sent_at <= reply.received_at]
    weighed = weigh(facts, extracted, sorted(sent_before, key=lambda inquiry: inquiry.id))
    ranked = _ranked(_without_foreign(weighed))
    against = {one.inquiry.id: contradictions(facts, extracted, one) for one in ranked}
    candidates = tuple(explain(one, against[one.inquiry.id]) for one in ranked[:_MOST_CANDIDATES])
    if not extracted.is_creditor_reply:
        return _not_a_creditor(facts, extracted, ranked, candidates)
    return _creditor(facts, extracted, ranked, against, candidates)


def _not_a_creditor(
    facts: MailFacts,
    extracted: ExtractedReply,
    ranked: Sequence[Evidence],
    candidates: tuple[CandidateExplanation, ...],
) -> MatchDecision:
    if extracted.intent in _MACHINE_MADE:
        reason = _MACHINE_MADE[extracted.intent]
        return MatchDecision(status=MatchStatus.NOT_CREDITOR_REPLY, reason=reason, confidence=0)
    if not facts.mail.body.strip():
        return _review(Reason.NO_TEXT, 0, None, candidates)
    known = [one for one in ranked if one.sender >= Sender.HOUSE]
    doubtful = extracted.confidence < _DOUBTFUL_CLASS
    if any(one.points_somewhere or doubtful for one in known):
        return _review(Reason.SIGNALS_CONTRADICT, 20, None, candidates)
    return MatchDecision(
        status=MatchStatus.NOT_CREDITOR_REPLY, reason=Reason.NOT_ABOUT_A_CLAIM, confidence=0
    )


def _creditor(
    facts: MailFacts,
    extracted: ExtractedReply,
    ranked: Sequence[Evidence],
    against: dict[str, tuple[str, ...]],
    candidates: tuple[CandidateExplanation, ...],
) -> MatchDecision:
    bases = {one.inquiry.id: _basis(one) for one in ranked}
    fitting = [one for one in ranked if bases[one.inquiry.id]]
    best = _unbeaten(fitting, ranked)
    if len(best) > 1:
        best = _by_letter_type(best, extracted) or best
    if len(best) == 1:
        winner = best[0]
        basis = bases[winner.inquiry.id]
        if basis and not against[winner.inquiry.id] and not _has_rival(winner, ranked, extracted):
            return MatchDecision(
                status=MatchStatus.AUTO_MATCHED,
                reason=basis.reason,
                confidence=_confidence(basis, winner),
                inquiry_id=winner.inquiry.id,
                candidates=_first(winner, candidates),
            )
        suggestion = None if _has_rival(winner, ranked, extracted) else winner.inquiry.id
        return _review(Reason.SIGNALS_CONTRADICT, 50, suggestion, candidates)
    if fitting:
        tie = len(best) > 1 and not any(against[one.inquiry.id] for one in best)
        reason = Reason.SEVERAL_INQUIRIES_FIT if tie else Reason.SIGNALS_CONTRADICT
        return _review(reason, 40, None, candidates)
    return _without_basis(facts, ranked, candidates)


def _without_basis(
    facts: MailFacts, ranked: Sequence[Evidence], candidates: tuple[CandidateExplanation, ...]
) -> MatchDecision:
    pointing = [one for one in ranked if one.points_somewhere or one.quoted_references]
    from_creditor = [one for one in ranked if one.sender >= Sender.HOUSE]
    if pointing:
        only = pointing[0].inquiry.id if len(pointing) == 1 else None
        known_client = any(one.name is Named.FULL or one.file_numbers for one in pointing)
        reason = Reason.UNKNOWN_CREDITOR if known_client else Reason.WEAK_EVIDENCE
        return _review(reason, 30, only, candidates)
    if not facts.mail.body.strip():
        return _review(Reason.NO_TEXT, 0, None, candidates)
    if from_creditor:
        only = from_creditor[0].inquiry.id if len(from_creditor) == 1 else None
        return _review(Reason.WEAK_EVIDENCE, 20, only, candidates)
    return MatchDecision(
        status=MatchStatus.NO_MATCH,
        reason=Reason.NO_INQUIRY_FITS,
        confidence=0,
        candidates=candidates,
    )


def _basis(one: Evidence) -> _Basis | None:
    """The strongest sufficient set; each needs the creditor's own mailbox or domain."""
    if one.sender < Sender.HOUSE:
        return None
    if one.references:
        return _Basis(reason=Reason.REFERENCE_MATCHES, confidence=95)
    if one.file_numbers:
        return _Basis(reason=Reason.CLIENT_AND_CREDITOR_MATCH, confidence=92)
    if one.name is Named.FULL:
        return _Basis(reason=Reason.CLIENT_AND_CREDITOR_MATCH, confidence=90)
    if one.own_ticket:
        return _Basis(reason=Reason.TICKET_AND_SENDER_MATCH, confidence=88)
    is_private = is_freemail(one.inquiry.creditor_email or "")
    if one.sender is Sender.MAILBOX and is_private and one.name is Named.SURNAME:
        return _Basis(reason=Reason.SENDER_AND_SURNAME_MATCH, confidence=85)
    return None


def _confidence(basis: _Basis, one: Evidence) -> int:
    kinds = (one.references, one.file_numbers, one.name is Named.FULL, one.own_ticket)
    return min(basis.confidence + sum(bool(kind) for kind in kinds) - 1, 99)


def _strengths(one: Evidence) -> tuple[int, ...]:
    """One number for each kind of evidence but the sender; kinds are never added up."""
    return (len(one.references), len(one.file_numbers), int(one.name is Named.FULL), int(one.own_ticket))


def _beats(one: Evidence, other: Evidence) -> bool:
    """At least as strong in every kind, stronger in one."""
    pairs = list(zip(_strengths(one), _strengths(other), strict=True))
    return all(a >= b for a, b in pairs) and any(a > b for a, b in pairs)


def _unbeaten(fitting: Sequence[Evidence], ranked: Sequence[Evidence]) -> list[Evidence]:
    """Those that no other beats. Two who print one number (a couple's loan) never beat by name."""
    return [
        one
        for one in fitting
        if not any(_beats(other, one) and not _only_by_name(other, one) for other in ranked)
    ]


def _only_by_name(one: Evidence, other: Evidence) -> bool:
    shares_number = bool(set(one.references) & set(other.references))
    same_but_name = _strengths(one)[:2] == _strengths(other)[:2] and one.own_ticket == other.own_ticket
    return shares_number and same_but_name and not _is_same_client(one, other)


def _has_rival(winner: Evidence, ranked: Sequence[Evidence], extracted: ExtractedReply) -> bool:
    """Whether anything in the mail points more to another inquiry than to the winner."""
    for other in ranked:
        if other is winner or not other.points_somewhere:
            continue
        if any(b > a for a, b in zip(_strengths(winner), _strengths(other), strict=True)):
            return True
        if _basis(other) and not _beats(winner, other) and not _is_other_letter(winner, other, extracted):
            return True
        if _basis(other) and _only_by_name(winner, other):
            return True
    return False


def _by_letter_type(best: Sequence[Evidence], extracted: ExtractedReply) -> list[Evidence]:
    """Of two letters to one creditor about one client, an answer to an offer is to the second."""
    seconds = [one for one in best if one.inquiry.letter_type is LetterType.SECOND]
    if len(seconds) == 1 and all(_is_other_letter(seconds[0], one, extracted) for one in best):
        return seconds
    return []


def _is_other_letter(second: Evidence, other: Evidence, extracted: ExtractedReply) -> bool:
    if second is other:
        return True
    answers_offer = (
        extracted.settlement_decision is not None or extracted.intent is Intent.PAYMENT_PLAN
    )
    return (
        answers_offer
        and second.inquiry.letter_type is LetterType.SECOND
        and other.inquiry.letter_type is LetterType.FIRST
        and _is_same_client(second, other)
        and creditor_words(second.inquiry.creditor_name)
        == creditor_words(other.inquiry.creditor_name)
        and set(second.inquiry.reference_numbers) == set(other.inquiry.reference_numbers)
    )


def _without_foreign(weighed: Sequence[Evidence]) -> list[Evidence]:
    """Leave out another creditor's inquiry where the sender has one for the same client.

    He may well name the other's number: "we have handed this to our lawyers, their file …".
    """
    known = [one for one in weighed if one.sender >= Sender.HOUSE and one.points_somewhere]
    return [
        one
        for one in weighed
        if one.sender >= Sender.HOUSE or not any(_is_same_client(one, own) for own in known)
    ]


def _is_same_client(one: Evidence, other: Evidence) -> bool:
    """One name, and no two file numbers of ours: namesakes are two clients."""
    same_name = same_words(one.client.first, other.client.first) and same_words(
        one.client.last, other.client.last
    )
    return same_name and one.file_numbers == other.file_numbers


def _ranked(weighed: Sequence[Evidence]) -> list[Evidence]:
    shown = [one for one in weighed if one.points_somewhere or one.sender or one.name or one.quoted_references]
    return sorted(
        shown, key=lambda one: (sum(_strengths(one)) + one.sender, one.name), reverse=True
    )


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
