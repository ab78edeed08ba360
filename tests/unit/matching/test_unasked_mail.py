"""What a creditor's domain also sends is never matched without a person."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from shared.domain.inquiry import LetterType
from shared.domain.job import MatchStatus
from tests.unit.matching.conftest import Match, bank_inquiry

_LOAN = bank_inquiry("loan", reference_numbers=("KZ-77-0101", "4471 220 118"))
_TICKET = bank_inquiry("loan", reference_numbers=("4471 220 118",), zendesk_ticket_id="9001")


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Eingangsbestätigung", "Max Kurz, Konto 4471 220 118, 12,00 EUR: wird bearbeitet."),
        ("Re: KZ-77-0101", "Ich bin nicht im Büro. Bitte wenden Sie sich an Frau Eva Kern."),
        (
            "4471 220 118",
            "Wir haben Ihr Schreiben zu Max Kurz an die Fachabteilung weitergeleitet.",
        ),
        ("Umfrage zu KZ-77-0101", "Wie zufrieden waren Sie? Gewinnen Sie 100 EUR, Max Kurz!"),
        ("Konto 4471 220 118, Max Kurz", "Danke."),
        ("Neue AGB", "Was ändert sich für Konto 4471 220 118?"),
        ("Ihr Kontoauszug", "Für Ihr Geschäftskonto 4471 220 118 liegt ein Auszug bereit."),
        ("AW: KZ-77-0101", "Ihr Schreiben i.S. Max Kurz liegt vor. Wir prüfen und melden uns."),
    ],
)
def test_a_mail_that_answers_nothing_is_not_matched(match: Match, subject: str, text: str) -> None:
    for inquiry in (_LOAN, _TICKET):
        assert match(text, inquiry, subject=subject).status is not MatchStatus.AUTO_MATCHED


@pytest.mark.parametrize(
    "headers", [{"Precedence": "bulk"}, {"List-Id": "x"}, {"Auto-Submitted": "auto-generated"}]
)
def test_a_machine_s_mail_without_a_claim_is_not_matched(
    match: Match, headers: dict[str, str]
) -> None:
    decision = match("Zu Max Kurz, KZ-77-0101: bitte Vollmacht.", _LOAN, headers=headers)
    assert decision.status is not MatchStatus.AUTO_MATCHED


def test_an_attachment_alone_is_matched_by_the_number_in_its_subject(match: Match) -> None:
    assert match("", _LOAN, subject="4471 220 118").status is MatchStatus.AUTO_MATCHED


@pytest.mark.parametrize("name", ["Max Kurtz", "Max Curz"])
def test_a_misheard_name_beside_the_number_is_no_contradiction(match: Match, name: str) -> None:
    text = f"Herr {name}, Konto 4471 220 118: die Forderung beträgt 12,00 EUR."
    assert match(text, _LOAN).status is MatchStatus.AUTO_MATCHED


def test_a_misheard_name_alone_matches_nobody(match: Match) -> None:
    decision = match("Herr Max Kurtz: die Forderung beträgt 12,00 EUR.", _LOAN)
    assert decision.status is not MatchStatus.AUTO_MATCHED


def test_mueller_is_not_moeller_even_beside_the_number(match: Match) -> None:
    inquiry = bank_inquiry("loan", client_name="Müller, Max", reference_numbers=("4471 220 118",))
    decision = match("Herr Max Möller, Konto 4471 220 118: die Forderung ist 12,00 EUR.", inquiry)
    assert decision.status is MatchStatus.NEEDS_REVIEW


def test_an_invoice_number_is_not_another_file_number(match: Match) -> None:
    decision = match("Herr Max Kurz, Rechnung RE-24-3310: die Forderung ist 12,00 EUR.", _LOAN)
    assert decision.status is MatchStatus.AUTO_MATCHED


def test_of_two_letters_the_one_whose_date_is_printed_is_suggested(match: Match) -> None:
    first = bank_inquiry("first", reference_numbers=("4471 220 118",))
    second = bank_inquiry(
        "second",
        reference_numbers=("4471 220 118",),
        letter_type=LetterType.SECOND,
        sent_at=datetime(2026, 2, 20, tzinfo=UTC),
    )
    text = "Ihr Brief vom 1. Februar 2026, Max Kurz, Konto 4471 220 118: Forderung 12,00 EUR."
    decision = match(text, first, second)
    assert (decision.status, decision.inquiry_id) == (MatchStatus.NEEDS_REVIEW, "first")


def test_a_known_creditor_s_claim_is_never_dropped_as_advertising(match: Match) -> None:
    text = "Bewerbung um Vergleich. Max Kurz, Konto 4471 220 118: wir fordern 12,00 EUR."
    decision = match(text, _LOAN, headers={"List-Unsubscribe": "<mailto:x@bank.example>"})
    assert decision.inquiry_id == _LOAN.id
