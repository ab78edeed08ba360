"""Tells the mails of the firm's own clients from those of their creditors."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from functions.worker.matching.addresses import is_freemail, mailbox
from functions.worker.matching.evidence import folded_words
from functions.worker.reading.language.vocabulary import pattern
from shared.domain.extraction import ExtractedReply, Intent
from shared.domain.inquiry import Inquiry
from shared.domain.match_keys import PersonName, fold_letters, parse_person_name
from shared.domain.reply import Reply


def from_the_client(
    reply: Reply, extracted: ExtractedReply, inquiries: Iterable[Inquiry]
) -> ExtractedReply:
    """What was read, as a mail that is no creditor's if a client or his family wrote it.

    A client writes from a freemail address and has his whole name in it, or in front of it. A
    private creditor is known by the address that the inquiry went to.
    """
    inquiries = tuple(inquiries)
    is_creditor = any(
        mailbox(one.creditor_email or "") == mailbox(reply.from_email) for one in inquiries
    )
    if is_creditor or not is_freemail(reply.from_email):
        return extracted
    if not any(_writes(reply, parse_person_name(one.client_name)) for one in inquiries):
        return extracted
    return ExtractedReply(
        is_creditor_reply=False,
        intent=Intent.INQUIRY,
        extractor=extracted.extractor,
        confidence=max(extracted.confidence, 0.8),
        read_in_full=extracted.read_in_full,
        client_name=extracted.client_name,
        reference_numbers=extracted.reference_numbers,
        evidence={
            field: evidence
            for field, evidence in extracted.evidence.items()
            if field in {"client_name", "reference_numbers"}
        },
    )


def _writes(reply: Reply, client: PersonName) -> bool:
    if not client.first or not client.last:
        return False
    local = fold_letters(reply.from_email.partition("@")[0], umlaut_with_e=True)
    known = folded_words(client)
    said = folded_words(parse_person_name(reply.from_name or ""))
    in_address = frozenset(re.findall(r"[a-z]+", local))
    if known <= said or known <= in_address:
        return True
    shares_surname = folded_words(replace(client, first=())) <= said
    text = f"{reply.subject or ''}\n{reply.body_text or ''}"
    names_client = all(first in text for first in client.first)
    return shares_surname and names_client and bool(pattern("intents", "family").search(text))
