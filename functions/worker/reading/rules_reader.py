"""The deterministic reader: mail → labelled text → candidates → fields with evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from functions.worker.reading.claim.claims import Claim
from functions.worker.reading.claim.weighed_claim import unread_claim, weighed_claim
from functions.worker.reading.ibans import Iban
from functions.worker.reading.intents import (
    Contents,
    Purpose,
    creditor_purpose,
    not_from_a_creditor,
)
from functions.worker.reading.language.sentences import line_around
from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.mail.encryption import refuse_encrypted
from functions.worker.reading.mail.mail_text import (
    OWN_WORDS,
    QUOTED,
    SAID,
    MailText,
    open_mail,
    with_short_sender,
)
from functions.worker.reading.money.money_in_mail import money_in_mail
from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sum_model import likely_sums
from functions.worker.reading.money.sums import Sum
from functions.worker.reading.parties.creditors import FirmFound, find_parties
from functions.worker.reading.parties.people import PersonFound, find_debtor
from functions.worker.reading.parties.sender_firm import full_sender_name
from functions.worker.reading.references import Reference, find_references
from functions.worker.reading.second_opinion import second_opinion
from functions.worker.reading.settlement.decisions import Decision, offered_in, settlement_decision
from functions.worker.reading.settlement.settled_for_less import exchanged
from functions.worker.reading.settlement.settling_sums import with_counter_offer, with_likely_sum
from shared.domain.extraction import Evidence, ExtractedReply, Intent
from shared.domain.reply import Reply

EXTRACTOR = "rules@6"
_SURE_OF_DEBTOR = 0.5
_ANSWERED_BY_A_MACHINE = 0.4
"""For the class of what looks like a receipt or a note of absence and states a claim."""
_LEAST_CLAIM = Decimal(15)
_UNREAD = 0.2
"""For the place of a sum that may be the claim and was not read as one: a person decides."""


@dataclass(frozen=True, kw_only=True)
class _Found:
    """Everything read from one mail."""

    purpose: Purpose
    references: tuple[Reference, ...]
    debtor: PersonFound | None
    creditor: FirmFound | None
    representative: FirmFound | None
    claim: Claim | None
    unread_claim: Sum | None
    iban: Iban | None
    decision: Decision | None
    is_all: bool
    """Unless the mail is longer, or holds more sums or names of firms, than what is looked at."""


class RulesReader:
    """Reads replies by word tables and grammars alone: no network, no memory, no clock."""

    def read(self, reply: Reply) -> ExtractedReply:
        """Read one reply. Raises MailEncrypted if nobody here can read it."""
        reply = with_short_sender(reply)
        mail = open_mail(reply)
        refuse_encrypted(reply, mail.body)
        return _extracted(reply, mail, _find(reply, mail))


def _find(reply: Reply, mail: MailText) -> _Found:
    said, money = mail.only(SAID), money_in_mail(mail)
    written, sums, ibans = money.written, money.sums, money.ibans
    taken = [(one.amount.start, one.amount.end) for one in sums]
    taken += [(one.start, one.end) for one in ibans]
    references = find_references(written, subject_length=len(mail.subject), money=taken)
    sender, address = reply.from_name or "", reply.from_email
    if mail.author:
        sender, address = mail.author.name, mail.author.address
    sender = full_sender_name(sender, written)
    quoted = mail.only(QUOTED)
    opinion = second_opinion(said)
    first = settlement_decision(said, quoted, sums)
    likely = likely_sums(written, sums)
    decision = opinion.decision(first, quoted, sums)
    decision = with_counter_offer(decision, likely, said, offered_in(quoted))
    decision = with_likely_sum(decision, likely)
    claim = opinion.claim(weighed_claim(written, likely, decision))
    mistaken = exchanged(said, claim.debt, decision, sums) if claim else None
    if mistaken:
        decision, sums = mistaken
        claim = weighed_claim(written, replace(likely, sums=sums), decision)
    senders = {sender, reply.from_name or ""}
    debtor = find_debtor(said, quoted, subject_length=len(mail.subject), sender_names=senders)
    parties = find_parties(
        mail.only(OWN_WORDS),
        sender_name=sender,
        sender_address=address,
        subject_length=len(mail.subject),
        debtor=debtor.name if debtor else "",
    )
    contents = Contents(
        claim=None if claim and claim.is_likely_only else claim,
        decision=first and decision,
        names_a_number=bool(references),
        names_a_sum=any(one.amount.currency or one.role is Role.BALANCE for one in sums),
        names_anyone=debtor is not None,
        names_a_debtor=debtor is not None and debtor.confidence > _SURE_OF_DEBTOR,
    )
    outsider = not_from_a_creditor(reply, mail, contents) or opinion.outsider(contents)
    purpose = outsider or opinion.purpose(creditor_purpose(said, claim, decision), contents)
    if purpose.intent is Intent.AUTO_REPLY and _states_a_claim(contents.claim, mail):
        purpose = replace(purpose, confidence=_ANSWERED_BY_A_MACHINE)
    return _Found(
        purpose=purpose,
        references=references,
        debtor=debtor,
        creditor=parties.creditor,
        representative=parties.representative,
        claim=claim,
        unread_claim=None if claim else unread_claim(likely, decision),
        iban=ibans[0] if len({one.number for one in ibans}) == 1 else None,
        decision=decision,
        is_all=mail.is_whole and not money.is_crowded and not parties.is_crowded,
    )


def _states_a_claim(claim: Claim | None, mail: MailText) -> bool:
    """Not a fee, nor our subject, in the receipt's own or in the head of the mail it repeats."""
    if claim is None or claim.debt < _LEAST_CLAIM or claim.start < len(mail.subject):
        return False
    line = line_around(mail.text, claim.start).strip()
    return not pattern("segments", "header_other").match(line)


def _extracted(reply: Reply, mail: MailText, found: _Found) -> ExtractedReply:
    claim = found.claim if found.purpose.is_creditor_reply else None
    decision = found.decision if found.purpose.is_creditor_reply else None
    settling = decision.settling.amount if decision and decision.settling else None
    evidence = _evidence(reply, mail, found, claim, decision)
    return ExtractedReply(
        is_creditor_reply=found.purpose.is_creditor_reply,
        intent=found.purpose.intent,
        extractor=EXTRACTOR,
        confidence=_overall(found.purpose, evidence.values()),
        read_in_full=found.is_all,
        client_name=found.debtor.name if found.debtor else None,
        creditor_name=found.creditor.name if found.creditor else None,
        representative_name=found.representative.name if found.representative else None,
        debt_amount=claim.debt if claim else None,
        currency=claim.currency if claim else (settling.currency or "EUR") if settling else None,
        principal=claim.principal if claim else None,
        interest=claim.interest if claim else None,
        costs=claim.costs if claim else None,
        reference_numbers=tuple(reference.number for reference in found.references),
        iban=found.iban.number if found.iban else None,
        settlement_decision=decision.decision if decision else None,
        settlement_amount=settling.value if settling else None,
        evidence=evidence,
    )


def _evidence(
    reply: Reply, mail: MailText, found: _Found, claim: Claim | None, decision: Decision | None
) -> dict[str, Evidence]:
    evidence: dict[str, Evidence] = {}
    unread = found.unread_claim if found.purpose.is_creditor_reply else None
    if claim:
        evidence["debt_amount"] = mail.evidence(claim.start, claim.end, claim.confidence)
    elif unread:
        evidence["debt_amount"] = mail.evidence(unread.label_start, unread.amount.end, _UNREAD)
    if found.debtor:
        debtor = found.debtor
        evidence["client_name"] = mail.evidence(debtor.start, debtor.end, debtor.confidence)
    parties = {"creditor_name": found.creditor, "representative_name": found.representative}
    for field, firm in parties.items():
        if firm:
            evidence[field] = _firm_evidence(reply, mail, firm)
    if found.references:
        best = max(found.references, key=lambda reference: reference.confidence)
        evidence["reference_numbers"] = mail.evidence(best.start, best.end, best.confidence)
    if found.iban:
        evidence["iban"] = mail.evidence(found.iban.start, found.iban.end, 0.98)
    if decision:
        place = (decision.start, decision.end)
        evidence["settlement_decision"] = mail.evidence(*place, decision.confidence)
    if decision and decision.settling:
        offered = decision.settling.amount
        evidence["settlement_amount"] = mail.evidence(
            offered.start, offered.end, decision.confidence - 0.1
        )
    return evidence


def _firm_evidence(reply: Reply, mail: MailText, firm: FirmFound) -> Evidence:
    if firm.place:
        return mail.evidence(*firm.place, firm.confidence)
    name = reply.from_name or ""
    printed = mail.text.find(firm.name)
    if firm.name not in name and printed >= 0:
        return mail.evidence(printed, printed + len(firm.name), firm.confidence)
    start = max(name.find(firm.name), 0)
    quote = name[start : start + len(firm.name)]
    return Evidence(
        confidence=firm.confidence,
        quote=quote,
        source="from_name",
        start=start,
        end=start + len(quote),
    )


def _overall(purpose: Purpose, evidence: Iterable[Evidence]) -> float:
    """The class of the mail and its weakest field, the class counting most."""
    weakest = min((one.confidence for one in evidence), default=purpose.confidence)
    return round(0.7 * purpose.confidence + 0.3 * weakest, 2)
