"""What speaks against an inquiry although something else speaks for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from functions.worker.matching.addresses import mailbox
from functions.worker.matching.evidence import (
    SURE_OF_NAME,
    Evidence,
    Named,
    Sender,
    folded_words,
    joined_letters,
    names_another,
    same_words,
)
from functions.worker.matching.known_numbers import shape
from functions.worker.matching.mail_facts import MailFacts
from functions.worker.matching.people_in_mail import Mention, Printed
from functions.worker.matching.sound import sounds_alike
from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.parties.debtor_cues import is_full_name
from functions.worker.reading.parties.names import is_first_name
from functions.worker.reading.parties.people import DOUBTFUL, PersonFound
from shared.domain.extraction import ExtractedReply
from shared.domain.match_keys import fold_reference, parse_person_name

_LIKELY_SLIP = 2
_LEAST_SIGNS = 5


@dataclass(frozen=True, kw_only=True)
class Contradictions:
    """Whole German sentences; each forbids an automatic match, a misfit also a suggestion."""

    misfits: tuple[str, ...]
    doubts: tuple[str, ...]
    """What is said of others, and what is no answer to any inquiry."""

    def __iter__(self) -> Iterator[str]:
        yield from (*self.misfits, *self.doubts)

    def __bool__(self) -> bool:
        return bool(self.misfits or self.doubts)


def contradictions(
    facts: MailFacts, extracted: ExtractedReply, evidence: Evidence
) -> Contradictions:
    """All that speaks against the inquiry."""
    return Contradictions(
        misfits=(
            *_other_person(facts, extracted, evidence),
            *_other_numbers(extracted, evidence),
            *_written_by_the_debtor(facts, evidence),
        ),
        doubts=(*_somebody_else(facts, evidence), *_no_answer(facts, extracted, evidence)),
    )


def _other_person(facts: MailFacts, extracted: ExtractedReply, evidence: Evidence) -> Iterator[str]:
    said = parse_person_name(extracted.client_name or "")
    if evidence.references and sounds_alike(said, evidence.client):
        return
    is_quoted = evidence.named_at is Printed.QUOTED
    is_another = names_another(extracted, evidence.client)
    if is_quoted and (is_another or facts.people.is_about_another(evidence.client)):
        named = extracted.client_name if is_another else "jemand anderen"
        quoted = evidence.inquiry.client_name
        yield f"Die Mail selbst nennt {named}, nur der zitierte Teil {quoted}."
        return
    if joined_letters(said) == joined_letters(evidence.client):
        return
    found = extracted.evidence.get("client_name")
    if found is None or found.confidence < SURE_OF_NAME or evidence.name is not Named.NOT:
        if evidence.name is Named.SURNAME and _other_first_name(extracted, evidence):
            yield f"Die Mail nennt {extracted.client_name}, das ist ein anderer Vorname."
        return
    if not folded_words(said) & folded_words(evidence.client):
        yield f"Die Mail nennt {extracted.client_name}, nicht {evidence.inquiry.client_name}."
    elif evidence.references and _is_half(said.last, evidence.client.last):
        return
    elif said.last and not same_words(said.last, evidence.client.last):
        yield f"Der Name {extracted.client_name} ist ein anderer Nachname."


def _is_half(said: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Maier beside Maier-Lang."""
    halves = " ".join(known).split("-")
    return len(halves) > 1 and any(same_words(said, (half,)) for half in halves)


def _somebody_else(facts: MailFacts, evidence: Evidence) -> Iterator[str]:
    """What the sender himself says of others, most of it where he prints no number of the claim."""
    client = evidence.inquiry.client_name
    another = facts.people.another_in_head(evidence.client)
    if another and evidence.mention is not Mention.FULL:
        yield f"Oben in der Mail steht {another}, nicht {client}."
    if pattern("people", "not_the_debtor").search(facts.said):
        yield f"Die Mail spricht von Erben oder davon, dass {client} nicht schuldet."
    if evidence.references:
        return
    if evidence.mention is not Mention.FULL:
        if facts.people.addresses_the_other_sex(evidence.client):
            yield f"Die Mail schreibt „Frau“ statt „Herr“ oder umgekehrt ({client})."
        if facts.people.has_another_initial(evidence.client):
            yield f"Die Mail nennt jemanden mit anderem Anfangsbuchstaben als {client}."
        relative = facts.people.relative(evidence.client)
        if relative:
            yield f"Die Mail nennt {relative}, nicht {client} selbst."
    yield from _another_debtor(facts.people.debtor, evidence)


def _another_debtor(debtor: PersonFound | None, evidence: Evidence) -> Iterator[str]:
    if debtor is None or (" " not in debtor.name and is_first_name(debtor.name)):
        return
    if is_full_name(debtor.name) and debtor.confidence <= DOUBTFUL:
        yield "Die Mail nennt zwei Personen, die schulden könnten."
    said = parse_person_name(debtor.name)
    is_unsaid = max(evidence.mention, evidence.in_subject) is Mention.NOT and bool(said.last)
    is_other = is_unsaid and not folded_words(said) & folded_words(evidence.client)
    if is_other and not sounds_alike(said, evidence.client):
        yield f"Die Mail selbst nennt {debtor.name}, nicht {evidence.inquiry.client_name}."


_UNASKED = ("unrelated", "supplier", "note", "from_debtor")


def _no_answer(facts: MailFacts, extracted: ExtractedReply, evidence: Evidence) -> Iterator[str]:
    """Words of receipts and advertising: a creditor's domain sends those, too."""
    says_something = extracted.debt_amount is not None or extracted.settlement_decision is not None
    is_specific = bool(evidence.references) or evidence.name is Named.FULL
    waits = pattern("intents", "waiting").search(facts.said)
    is_receipt = bool(waits) and pattern("intents", "machine_says").search(facts.said)
    if is_receipt or (waits and (facts.is_automatic or not says_something)):
        yield "Die Mail sieht nach einer automatischen Nachricht aus."
    elif facts.is_automatic and not says_something:
        yield "Die Mail trägt die Kennzeichen einer automatischen Nachricht."
    unasked = any(pattern("intents", key).search(facts.said) for key in _UNASKED)
    if unasked and not (says_something and is_specific):
        yield "Die Mail sieht nicht nach der Antwort eines Gläubigers aus."


def _other_first_name(extracted: ExtractedReply, evidence: Evidence) -> bool:
    said = parse_person_name(extracted.client_name or "")
    if (
        not said.first
        or not evidence.client.first
        or not same_words(said.last, evidence.client.last)
    ):
        return False
    words, known = folded_words(said), folded_words(evidence.client)
    is_initial = any(len(word) == 1 and any(k.startswith(word) for k in known) for word in words)
    first = {word for word in known if word not in _folded_last(evidence)}
    return not words & first and not is_initial


def _folded_last(evidence: Evidence) -> frozenset[str]:
    return folded_words(type(evidence.client)(first=(), last=evidence.client.last))


def _other_numbers(extracted: ExtractedReply, evidence: Evidence) -> Iterator[str]:
    """A number built like ours or the creditor's, yet another one: a slip, or another case."""
    known = [fold_reference(reference) for reference in evidence.inquiry.reference_numbers]
    for printed in extracted.reference_numbers:
        number = fold_reference(printed)
        for reference in known:
            if len(reference) < _LEAST_SIGNS or _is_part(number, known):
                continue
            is_near = Levenshtein.distance(number, reference, score_cutoff=2) <= _LIKELY_SLIP
            same_shape = _is_of_shape(number, reference, evidence)
            if is_near or same_shape:
                yield f"Die Mail nennt {printed}; in der Anfrage steht eine andere Nummer."
                break


def _is_part(number: str, known: list[str]) -> bool:
    return any(number in reference or reference in number for reference in known)


def _is_of_shape(number: str, reference: str, evidence: Evidence) -> bool:
    """Beside the right number, one of digits alone may be an invoice's."""
    is_telling = not evidence.references or not reference.isdigit()
    return is_telling and shape(number) == shape(reference)


def _written_by_the_debtor(facts: MailFacts, evidence: Evidence) -> Iterator[str]:
    sender = parse_person_name(facts.reply.from_name or "")
    address = mailbox(evidence.inquiry.creditor_email or "")
    if evidence.sender is Sender.MAILBOX and address == mailbox(facts.reply.from_email):
        return
    if sender.first and folded_words(sender) == folded_words(evidence.client):
        yield f"Der Absender heißt wie die Schuldnerseite ({evidence.inquiry.client_name})."
