"""Which of an inquiry's numbers a mail prints."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from functions.worker.matching.mail_facts import MailFacts
from functions.worker.matching.people_in_mail import Printed
from shared.domain.extraction import ExtractedReply
from shared.domain.inquiry import Inquiry
from shared.domain.match_keys import creditor_words, fold_reference, reference_forms

_LEAST_PART = 7


@dataclass(frozen=True)
class OurNumbers:
    """The firm's numbers: those that letters to several creditors carry, and others like them."""

    numbers: frozenset[str]
    shapes: frozenset[str]

    def include(self, reference: str) -> bool:
        folded = fold_reference(reference)
        return folded in self.numbers or shape(folded) in self.shapes


def our_numbers(inquiries: Sequence[Inquiry]) -> OurNumbers:
    """What several creditors share among these inquiries, and the shapes of it with letters."""
    creditors: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for inquiry in inquiries:
        for reference in inquiry.reference_numbers:
            creditors[fold_reference(reference)].add(creditor_words(inquiry.creditor_name))
    shared = frozenset(number for number, names in creditors.items() if len(names) > 1)
    shapes = frozenset(shape(number) for number in shared if not number.isdigit())
    return OurNumbers(shared, shapes)


def shape(number: str) -> str:
    """The letters and the places of digits: an invoice RE-24-… is no file KZ-26-…."""
    return re.sub(r"\d", "9", number)


def numbers_printed(
    facts: MailFacts, inquiry: Inquiry, ours: OurNumbers
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The creditor's own numbers, those of them that only the thread prints, and ours."""
    own: list[str] = []
    quoted: list[str] = []
    shared: list[str] = []
    for reference in inquiry.reference_numbers:
        place = max((facts.printed(form) for form in reference_forms(reference)), default=0)
        if place == Printed.NOWHERE:
            continue
        if ours.include(reference):
            shared.append(reference)
        elif place == Printed.WRITTEN:
            own.append(reference)
        else:
            quoted.append(reference)
    return tuple(own), tuple(quoted), tuple(shared)


def prints_a_part(extracted: ExtractedReply, inquiry: Inquiry) -> bool:
    """Whether the mail prints a number that is the beginning of one of the inquiry's."""
    known = [fold_reference(reference) for reference in inquiry.reference_numbers]
    printed = [fold_reference(reference) for reference in extracted.reference_numbers]
    return any(
        reference.startswith(part) and part != reference and len(part) >= _LEAST_PART
        for reference in known
        for part in printed
    )
