"""Which of an inquiry's numbers a mail prints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from functions.worker.matching.mail_facts import MailFacts
from functions.worker.matching.people_in_mail import Printed
from shared.domain.extraction import ExtractedReply
from shared.domain.inquiry import Inquiry
from shared.domain.match_keys import creditor_words, fold_reference, reference_forms

_LEAST_PART = 7


def creditors_by_number(inquiries: Sequence[Inquiry]) -> Mapping[str, set[tuple[str, ...]]]:
    """Whose letters carry a number: one that several creditors share is ours."""
    creditors: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for inquiry in inquiries:
        for reference in inquiry.reference_numbers:
            creditors[fold_reference(reference)].add(creditor_words(inquiry.creditor_name))
    return creditors


def numbers_printed(
    facts: MailFacts, inquiry: Inquiry, creditors: Mapping[str, set[tuple[str, ...]]]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The creditor's own numbers, those of them that only the thread prints, and ours."""
    own: list[str] = []
    quoted: list[str] = []
    shared: list[str] = []
    for reference in inquiry.reference_numbers:
        place = max((facts.printed(form) for form in reference_forms(reference)), default=0)
        if place == Printed.NOWHERE:
            continue
        if len(creditors[fold_reference(reference)]) > 1:
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
