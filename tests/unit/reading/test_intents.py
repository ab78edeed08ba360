"""Who writes, and what for."""

from __future__ import annotations

from decimal import Decimal

import pytest

from shared.domain.extraction import Intent, SettlementDecision
from tests.unit.reading.conftest import Read


@pytest.mark.parametrize(
    ("subject", "text", "intent"),
    [
        ("Abwesend: Re: Anfrage", "Ich befinde mich im Urlaub.", Intent.AUTO_REPLY),
        ("Out of office", "The office is closed.", Intent.AUTO_REPLY),
        ("Eingangsbestätigung", "Ihre Nachricht ist bei uns eingegangen.", Intent.AUTO_REPLY),
        ("Undelivered Mail Returned to Sender", "550 User unknown", Intent.BOUNCE),
        ("Webinar", "Jetzt anmelden, nur 199,00 EUR. Newsletter abbestellen.", Intent.SPAM),
        ("Bewerbung", "Meine Gehaltsvorstellung liegt bei 38.000 EUR.", Intent.SPAM),
        (
            "Rechnung",
            "Anbei erhalten Sie die Rechnung für Ihre Bestellung: Toner, 148,75 EUR.",
            Intent.SPAM,
        ),
        ("Frage", "Ich habe eine Mahnung bekommen, was soll ich tun?", Intent.INQUIRY),
    ],
)
def test_this_is_no_creditor_s_reply(read: Read, subject: str, text: str, intent: Intent) -> None:
    found = read(text, subject=subject)
    assert (found.is_creditor_reply, found.intent, found.debt_amount) == (False, intent, None)


@pytest.mark.parametrize(
    ("text", "intent", "decision"),
    [
        ("Die Gesamtforderung beträgt 5,00 EUR.", Intent.DEBT_STATEMENT, None),
        ("Wir lehnen den Plan ab.", Intent.REJECTION, SettlementDecision.REJECTED),
        ("Dem Plan stimmen wir zu.", Intent.PAYMENT_PLAN, SettlementDecision.ACCEPTED),
        ("Dem Plan stimmen wir nicht zu.", Intent.REJECTION, SettlementDecision.REJECTED),
        (
            "Ihr Plan ist zu niedrig, unser Gegenvorschlag: 400 Euro.",
            Intent.PAYMENT_PLAN,
            SettlementDecision.COUNTER_OFFER,
        ),
        (
            "Ein Vergleich ist nur mit Zustimmung des Landes möglich. Offen: 5,00 EUR.",
            Intent.DEBT_STATEMENT,
            None,
        ),
        ("Bitte senden Sie uns eine Vollmacht Ihres Mandanten.", Intent.INQUIRY, None),
        ("Wir erteilen keine Auskünfte zu Ihrem Mandanten.", Intent.REJECTION, None),
    ],
)
def test_a_creditor_wants(
    read: Read, text: str, intent: Intent, decision: SettlementDecision | None
) -> None:
    found = read(text)
    assert (found.is_creditor_reply, found.intent, found.settlement_decision) == (
        True,
        intent,
        decision,
    )


def test_the_sum_of_a_counter_offer_is_no_claim(read: Read) -> None:
    found = read("30 Euro sind zu wenig. Unser Gegenvorschlag: 400 Euro.")
    assert (found.settlement_amount, found.debt_amount) == (Decimal("400.00"), None)


def test_a_person_who_answers_an_automatic_answer_is_a_creditor(read: Read) -> None:
    found = read("Die Forderung beträgt 5,00 EUR.", subject="AW: Automatische Antwort: Anfrage")
    assert found.is_creditor_reply


def test_a_request_to_send_no_automatic_answer_is_not_one(read: Read) -> None:
    found = read("Forderung: 5,00 EUR", headers={"X-Auto-Response-Suppress": "All"})
    assert found.is_creditor_reply


def test_a_reference_alone_in_the_subject_is_a_creditor_s_mail(read: Read) -> None:
    assert read("", subject="Aktenzeichen L-2021-66087").is_creditor_reply
