"""The keys under which the inquiries that a reply may answer are looked up."""

from __future__ import annotations

import re

from functions.worker.matching.addresses import is_freemail
from functions.worker.matching.mail_facts import MailFacts, read_facts
from shared.domain.extraction import ExtractedReply
from shared.domain.match_keys import (
    address_keys,
    creditor_key,
    creditor_words,
    name_key,
    parse_person_name,
    reference_forms,
    reference_key,
    spellings,
    ticket_key,
)
from shared.domain.reply import Reply

_MAX_NAMES, _MAX_NUMBERS = 3_000, 3_000
_CAPITALISED = re.compile(r"(?<![^\W\d_])[A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_]+(?:-[^\W\d_]+)*")


def lookup_keys(*, reply: Reply, extracted: ExtractedReply) -> frozenset[str]:
    """Keys that find every inquiry to which anything in the mail may point.

    Every number and every capitalised word counts, quoted or not: a candidate costs a look, a
    missing one would hide a contradiction.
    """
    facts = read_facts(reply)
    keys = {reference_key(number) for number in list(facts.numbers)[:_MAX_NUMBERS]}
    for reference in extracted.reference_numbers:
        keys.update(reference_key(form) for form in reference_forms(reference))
    keys.update(_name_keys(facts, extracted))
    keys.update(_sender_keys(reply))
    keys.add(ticket_key(reply.ticket_id))
    names = (reply.from_name, extracted.creditor_name, extracted.representative_name)
    keys.update(creditor_key(creditor_words(name)) for name in names if name)
    return frozenset(keys)


def _sender_keys(reply: Reply) -> set[str]:
    keys = address_keys(reply.from_email)
    if is_freemail(reply.from_email):
        return {key for key in keys if not key.startswith("domain:")}
    return set(keys)


def _name_keys(facts: MailFacts, extracted: ExtractedReply) -> set[str]:
    sender = f"{facts.reply.from_name or ''} {facts.reply.from_email.partition('@')[0].title()}"
    words = dict.fromkeys(_CAPITALISED.findall(f"{sender}\n{facts.mail.text}"))
    keys = {name_key(form) for word in list(words)[:_MAX_NAMES] for form in spellings(word)}
    if extracted.client_name:
        person = parse_person_name(extracted.client_name)
        full = " ".join((*person.first, *person.last))
        keys.update(name_key(form) for form in spellings(full))
    return keys
