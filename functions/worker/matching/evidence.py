"""What speaks for each inquiry, by kind and strength."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from functions.worker.matching.addresses import is_same_house, mailbox
from functions.worker.matching.known_numbers import (
    numbers_printed,
    our_numbers,
    prints_a_part,
)
from functions.worker.matching.mail_facts import MailFacts
from functions.worker.matching.people_in_mail import Mention, Printed
from shared.domain.extraction import ExtractedReply
from shared.domain.inquiry import Inquiry
from shared.domain.match_keys import (
    PersonName,
    creditor_words,
    fold_letters,
    parse_person_name,
    spellings,
)

SURE_OF_NAME = 0.6
"""From here on the reader's debtor counts against another one."""


class Sender(IntEnum):
    """How well the sender is known as the inquiry's creditor."""

    UNKNOWN = 0
    NAMED = 1
    """Only the creditor's name stands in the mail: anybody can write it."""
    HOUSE = 2
    """Another mailbox of the creditor's own domain."""
    MAILBOX = 3
    """The very address that the inquiry went to."""


class Named(IntEnum):
    """How the debtor is named."""

    NOT = 0
    SURNAME = 1
    FULL = 2


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """All that speaks for one inquiry; the printed forms serve the explanation."""

    inquiry: Inquiry
    client: PersonName
    sender: Sender
    name: Named
    named_at: Printed
    """The strongest place where his full name stands."""
    mention: Mention
    in_subject: Mention
    is_debtor: bool
    """Whether it is the named person who owes, not a clerk who happens to have the name."""
    references: tuple[str, ...]
    """The creditor's own numbers that the sender prints."""
    quoted_references: tuple[str, ...]
    file_numbers: tuple[str, ...]
    """Our numbers, which several creditors of this client share."""
    prints_a_part: bool
    """Whether the mail prints a number that is the beginning of the creditor's."""
    own_ticket: bool
    is_in_thread: bool
    """Whether an older mail of the creditor's stands below a mail of somebody else."""

    @property
    def points_somewhere(self) -> bool:
        """Whether anything but the sender speaks for it."""
        return bool(
            self.references or self.file_numbers or self.own_ticket or self.name is Named.FULL
        )


def weigh(
    facts: MailFacts, extracted: ExtractedReply, inquiries: Sequence[Inquiry]
) -> tuple[Evidence, ...]:
    """The evidence for each inquiry, in the order given."""
    ours = our_numbers(inquiries)
    tickets = [inquiry.zendesk_ticket_id for inquiry in inquiries]
    ticket = facts.reply.ticket_id.strip()
    sender_words = creditor_words(facts.reply.from_name or "")
    text_words = f" {' '.join(creditor_words(facts.mail.text))} "
    weighed: list[Evidence] = []
    for inquiry in inquiries:
        client = parse_person_name(inquiry.client_name)
        named_at = facts.people.names(client)
        own, quoted, shared = numbers_printed(facts, inquiry, ours)
        weighed.append(
            Evidence(
                inquiry=inquiry,
                client=client,
                sender=_sender(facts, inquiry, sender_words, text_words),
                name=_name(facts, extracted, client, named_at),
                named_at=named_at,
                mention=facts.people.mention(client),
                in_subject=facts.people.mention_in_subject(client),
                is_debtor=_is_debtor(facts, extracted, client, named_at),
                references=own,
                quoted_references=quoted,
                file_numbers=shared,
                prints_a_part=prints_a_part(extracted, inquiry),
                is_in_thread=_is_in_thread(facts, inquiry),
                own_ticket=inquiry.zendesk_ticket_id == ticket and tickets.count(ticket) == 1,
            )
        )
    return tuple(weighed)


def _sender(
    facts: MailFacts, inquiry: Inquiry, sender_words: tuple[str, ...], text_words: str
) -> Sender:
    address = inquiry.creditor_email or ""
    if address and mailbox(address) == mailbox(facts.reply.from_email):
        return Sender.MAILBOX
    if is_same_house(address, facts.reply.from_email):
        return Sender.HOUSE
    words = creditor_words(inquiry.creditor_name)
    named = f" {' '.join(words)} "
    if words and (named in text_words or named in f" {' '.join(sender_words)} "):
        return Sender.NAMED
    return Sender.UNKNOWN


def _is_in_thread(facts: MailFacts, inquiry: Inquiry) -> bool:
    address = mailbox(inquiry.creditor_email or "")
    return any(one == address or is_same_house(one, address) for one in facts.thread_senders)


def _name(
    facts: MailFacts, extracted: ExtractedReply, client: PersonName, named_at: Printed
) -> Named:
    if named_at:
        return Named.FULL
    said = parse_person_name(extracted.client_name or "")
    if not said.last or not same_words(said.last, client.last):
        return Named.SURNAME if facts.people.addresses(client) else Named.NOT
    # Of a couple that is named by its surname alone, either may be meant.
    return Named.FULL if facts.people.names_a_couple and not said.first else Named.SURNAME


def _is_debtor(
    facts: MailFacts, extracted: ExtractedReply, client: PersonName, named_at: Printed
) -> bool:
    said = parse_person_name(extracted.client_name or "")
    if joined_letters(said) == joined_letters(client):
        return True
    if facts.people.names_a_couple and folded_words(said) & folded_words(client):
        return True
    return named_at is Printed.QUOTED and not names_another(extracted, client)


def names_another(extracted: ExtractedReply, client: PersonName) -> bool:
    """Whether the reader found a debtor, and he is another one."""
    said = parse_person_name(extracted.client_name or "")
    found = extracted.evidence.get("client_name")
    if found is None or found.confidence < SURE_OF_NAME or not said.last:
        return False
    if not same_words(said.last, client.last):
        return joined_letters(said) != joined_letters(client)
    is_initial = any(len(word) == 1 for word in said.first)
    first, known = (folded_words(replace(one, last=())) for one in (said, client))
    return bool(said.first and client.first) and not is_initial and not first & known


def joined_letters(person: PersonName) -> str:
    """The letters of a name alone: Marieluise is Marie-Luise."""
    letters = fold_letters(" ".join((*person.first, *person.last)), umlaut_with_e=True)
    return "".join(sign for sign in letters if sign.isalpha())


def same_words(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names are spelled the same but for umlauts and hyphens."""
    first, second = (" ".join(words).replace("-", " ") for words in (one, other))
    return bool(spellings(first) & spellings(second))


def folded_words(person: PersonName) -> frozenset[str]:
    """All words of a name, folded with e."""
    text = " ".join((*person.first, *person.last)).replace("-", " ")
    return frozenset(fold_letters(text, umlaut_with_e=True).split())
