"""Compares inquiries by their evidence: which is enough, which beats which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from functions.worker.matching.addresses import is_freemail
from functions.worker.matching.evidence import (
    Evidence,
    Named,
    Sender,
    same_words,
)
from functions.worker.matching.mail_facts import MailFacts
from shared.domain.extraction import ExtractedReply, Intent
from shared.domain.inquiry import LetterType
from shared.domain.job import Reason
from shared.domain.match_keys import creditor_words


@dataclass(frozen=True, kw_only=True)
class Basis:
    """A set of evidence that is enough for a match."""

    reason: Reason
    confidence: int


_SURE_DECISION = 0.55


def sufficient_basis(one: Evidence, *, as_rival: bool = False) -> Basis | None:
    """The strongest sufficient set; each needs the creditor's own mailbox or domain.

    A name alone must be the debtor's. For a rival it is enough that it is printed.
    """
    is_named = one.name is Named.FULL and (one.is_debtor or as_rival)
    is_private = one.sender is Sender.MAILBOX and is_freemail(one.inquiry.creditor_email or "")
    sets = (
        (bool(one.references), Reason.REFERENCE_MATCHES, 95),
        (bool(one.file_numbers), Reason.CLIENT_AND_CREDITOR_MATCH, 92),
        (is_named, Reason.CLIENT_AND_CREDITOR_MATCH, 90),
        (one.own_ticket, Reason.TICKET_AND_SENDER_MATCH, 88),
        (is_private and one.name is Named.SURNAME, Reason.SENDER_AND_SURNAME_MATCH, 85),
    )
    if one.sender < Sender.HOUSE:
        return None
    bases = (Basis(reason=reason, confidence=sure) for fits, reason, sure in sets if fits)
    return next(bases, None)


def strengths(one: Evidence) -> tuple[int, ...]:
    """One number for each kind of evidence but the sender; kinds are never added up."""
    return (
        len(one.references),
        len(one.file_numbers),
        int(one.name is Named.FULL),
        int(one.own_ticket),
    )


def beats(one: Evidence, other: Evidence) -> bool:
    """At least as strong in every kind, stronger in one."""
    pairs = list(zip(strengths(one), strengths(other), strict=True))
    return all(a >= b for a, b in pairs) and any(a > b for a, b in pairs)


def unbeaten(fitting: Sequence[Evidence], ranked: Sequence[Evidence]) -> list[Evidence]:
    """Those that no other beats. Two who print one number (a couple's loan) never beat by name."""
    return [
        one
        for one in fitting
        if not any(beats(other, one) and not only_by_name(other, one) for other in ranked)
    ]


def only_by_name(one: Evidence, other: Evidence) -> bool:
    """Whether two clients share the creditor's number, and nothing but the name parts them."""
    shares_number = bool(set(one.references) & set(other.references))
    same_but_name = (
        strengths(one)[:2] == strengths(other)[:2] and one.own_ticket == other.own_ticket
    )
    return shares_number and same_but_name and not is_same_client(one, other)


def stands_out(winner: Evidence, ranked: Sequence[Evidence]) -> bool:
    """Full name, the creditor's number, and more of everything than any other: a suggestion."""
    others = (sum(strengths(one)) for one in ranked if one is not winner)
    is_named = winner.name is Named.FULL and bool(winner.references)
    return is_named and sum(strengths(winner)) > max(others, default=0)


def answers_an_offer(facts: MailFacts, extracted: ExtractedReply) -> bool:
    """Whether the mail decides on a proposal, or quotes the letter that made one.

    A decision that the reader doubts chooses no letter.
    """
    decided = extracted.evidence.get("settlement_decision")
    is_doubted = decided is not None and decided.confidence < _SURE_DECISION
    decides = extracted.settlement_decision is not None or extracted.intent is Intent.PAYMENT_PLAN
    return (decides and not is_doubted) or facts.answers_a_plan


def most_pointed_at(pointing: Sequence[Evidence]) -> list[Evidence]:
    """For a suggestion: those with the creditor's number, else with his name, else the client's."""

    def rank(one: Evidence) -> tuple[bool, bool, Named, bool, bool]:
        is_creditor = one.sender >= Sender.NAMED
        is_numbered = bool(one.references)
        return is_numbered, is_creditor, one.name, bool(one.file_numbers), one.own_ticket

    highest = max(map(rank, pointing))
    return [one for one in pointing if rank(one) == highest]


def by_letter_type(best: Sequence[Evidence], answers_offer: bool) -> list[Evidence]:  # noqa: FBT001
    """Of two letters to one creditor about one client, an answer to an offer is to the second."""
    seconds = [one for one in best if one.inquiry.letter_type is LetterType.SECOND]
    if len(seconds) == 1 and all(is_other_letter(seconds[0], one, answers_offer) for one in best):
        return seconds
    return []


def by_letter_date(best: Sequence[Evidence], dates: frozenset[date]) -> list[Evidence]:
    """Of two letters to one creditor about one client, the one whose date the mail prints."""
    first = best[0]
    are_letters = all(
        is_same_client(first, one)
        and set(first.inquiry.reference_numbers) == set(one.inquiry.reference_numbers)
        and creditor_words(first.inquiry.creditor_name) == creditor_words(one.inquiry.creditor_name)
        for one in best
    )
    dated = [one for one in best if one.inquiry.sent_at.date() in dates]
    return dated if are_letters and len(dated) == 1 else []


def is_other_letter(second: Evidence, other: Evidence, answers_offer: bool) -> bool:  # noqa: FBT001
    """Whether they are two letters of one case, and the mail answers the second."""
    if second is other:
        return True
    return (
        answers_offer
        and second.inquiry.letter_type is LetterType.SECOND
        and other.inquiry.letter_type is LetterType.FIRST
        and is_same_client(second, other)
        and creditor_words(second.inquiry.creditor_name)
        == creditor_words(other.inquiry.creditor_name)
        and set(second.inquiry.reference_numbers) == set(other.inquiry.reference_numbers)
    )


def without_foreign(
    weighed: Sequence[Evidence], facts: MailFacts, extracted: ExtractedReply
) -> list[Evidence]:
    """Leave out another creditor's inquiry where the sender has one for the same client.

    He may well name the other's number: "we have handed this to our lawyers, their file …". But if
    he writes for that creditor, and under that number alone, it is the other's claim.
    """
    known = [one for one in weighed if one.sender >= Sender.HOUSE and one.points_somewhere]
    return [
        one
        for one in weighed
        if one.sender >= Sender.HOUSE
        or _is_for(one, facts, extracted, known)
        or not any(is_same_client(one, own) for own in known)
    ]


def _is_for(
    one: Evidence, facts: MailFacts, extracted: ExtractedReply, known: Sequence[Evidence]
) -> bool:
    """Whether the sender claims it under its number, or for its creditor, and names none of his."""
    if any(own.references for own in known):
        return False
    if one.is_in_thread and one.points_somewhere:
        return True
    principal = creditor_words(extracted.creditor_name or "")
    is_principal = bool(principal) and principal == creditor_words(one.inquiry.creditor_name)
    own = {creditor_words(each.inquiry.creditor_name) for each in known}
    acts_for_it = is_principal and principal not in own
    has_own_numbers = all(len(own.inquiry.reference_numbers) > 1 for own in known)
    claims = extracted.debt_amount is not None and not facts.hands_over
    return acts_for_it or (bool(one.references) and claims and has_own_numbers)


def is_same_client(one: Evidence, other: Evidence) -> bool:
    """One name, and no two file numbers of ours: namesakes are two clients."""
    same_name = same_words(one.client.first, other.client.first) and same_words(
        one.client.last, other.client.last
    )
    return same_name and one.file_numbers == other.file_numbers


def ranked_by_evidence(weighed: Sequence[Evidence]) -> list[Evidence]:
    """All that anything speaks for, for the clerk's list: best first. No decision hangs on it."""
    shown = [
        one
        for one in weighed
        if one.points_somewhere or one.sender or one.name or one.quoted_references
    ]
    return sorted(shown, key=lambda one: (sum(strengths(one)) + one.sender, one.name), reverse=True)
