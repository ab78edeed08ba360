"""Fills in the names that a mail leaves out or shortens, from the inquiry it certainly answers."""

from __future__ import annotations

from dataclasses import replace

from functions.worker.matching.evidence import folded_words
from functions.worker.matching.sound import sounds_alike
from shared.domain.extraction import Evidence, ExtractedReply
from shared.domain.inquiry import Inquiry
from shared.domain.job import MatchStatus
from shared.domain.match_keys import PersonName, creditor_words, parse_person_name
from shared.domain.matching import MatchDecision

SOURCE = "inquiry"
"""The source that evidence names for what the mail itself does not say."""

_CONFIDENCE = 0.9
_LEAST_LETTERS = 4


def complete_names(
    extracted: ExtractedReply, decision: MatchDecision, inquiries: tuple[Inquiry, ...]
) -> ExtractedReply:
    """What was read, with the inquiry's names where the mail has none or only a part of them.

    Only for an automatic match: a suggestion must not make a mail look as if it named somebody.
    Each name taken over has evidence of the source "inquiry".
    """
    if decision.status is not MatchStatus.AUTO_MATCHED:
        return extracted
    inquiry = next(one for one in inquiries if one.id == decision.inquiry_id)
    person = parse_person_name(inquiry.client_name)
    completed = replace(
        extracted,
        client_name=extracted.client_name
        if _is_whole_name(extracted.client_name, person)
        else " ".join((*person.first, *person.last)),
        creditor_name=_creditor(extracted.creditor_name, inquiry, person),
        representative_name=_whole(extracted.representative_name, inquiry),
    )
    fields = ("client_name", "creditor_name", "representative_name")
    evidence = {
        field: _taken_over(getattr(completed, field))
        for field in fields
        if getattr(completed, field) != getattr(extracted, field)
    }
    return replace(completed, evidence={**extracted.evidence, **evidence})


def _creditor(name: str | None, inquiry: Inquiry, client: PersonName) -> str:
    """The inquiry's creditor where the mail names none, or the client himself."""
    is_client = _names_fully(name, client)
    return (None if is_client else _whole(name, inquiry)) or inquiry.creditor_name


def _is_whole_name(name: str | None, client: PersonName) -> bool:
    """The client's name in full, also if the mail spells it in its own way."""
    if name is None or _names_fully(name, client):
        return name is not None
    printed = parse_person_name(name)
    is_in_full = len(printed.first) == len(client.first) > 0 and bool(printed.last)
    return is_in_full and "'" not in name and sounds_alike(printed, client)


def _names_fully(name: str | None, client: PersonName) -> bool:
    return name is not None and folded_words(parse_person_name(name)) == folded_words(client)


def _whole(name: str | None, inquiry: Inquiry) -> str | None:
    """For "Linde" the "Kaufhaus Linde GmbH" of the inquiry; else the name as it is."""
    found, known = set(creditor_words(name or "")), set(creditor_words(inquiry.creditor_name))
    is_short = found < known and any(len(word) >= _LEAST_LETTERS for word in found)
    return inquiry.creditor_name if is_short else name


def _taken_over(name: str) -> Evidence:
    return Evidence(confidence=_CONFIDENCE, quote=name, source=SOURCE, start=0, end=len(name))
