"""Tells a clerk in German what speaks for an inquiry and what against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from functions.worker.matching.evidence import Evidence, Named, Sender
from shared.domain.matching import CandidateExplanation


def explain(one: Evidence, against: Iterable[str]) -> CandidateExplanation:
    """The evidence for one inquiry as sentences."""
    return CandidateExplanation(
        inquiry_id=one.inquiry.id,
        supporting=tuple(_supporting(one)),
        contradicting=(*against, *_missing(one)),
    )


def _supporting(one: Evidence) -> Iterator[str]:
    inquiry = one.inquiry
    for reference in one.references:
        yield f"Das Zeichen {reference} des Gläubigers steht in der Mail."
    for reference in one.quoted_references:
        yield f"Das Zeichen {reference} steht nur im zitierten Teil der Mail."
    for reference in one.file_numbers:
        yield f"Unser Aktenzeichen {reference} steht in der Mail."
    if one.name is Named.FULL:
        yield f"Der Name {inquiry.client_name} steht in der Mail."
    elif one.name is Named.SURNAME:
        yield f"Der Nachname aus {inquiry.client_name} steht in der Mail."
    if one.sender is Sender.MAILBOX:
        yield f"Die Mail kommt von der angeschriebenen Adresse ({inquiry.creditor_name})."
    elif one.sender is Sender.HOUSE:
        yield f"Die Mail kommt von der Domain des Gläubigers {inquiry.creditor_name}."
    elif one.sender is Sender.NAMED:
        yield f"Der Gläubiger {inquiry.creditor_name} ist in der Mail genannt."
    if one.own_ticket:
        yield "Die Mail kam im Ticket dieser Anfrage an."


def _missing(one: Evidence) -> Iterator[str]:
    if one.sender < Sender.HOUSE:
        yield f"Der Absender ist nicht als {one.inquiry.creditor_name} bekannt."
