"""Mails that look like a creditor's reply, and are none."""

from __future__ import annotations

import pytest

from functions.worker.reading import RulesReader
from shared.domain.extraction import Intent
from tests.factories import a_reply
from tests.unit.reading.conftest import Read


@pytest.mark.parametrize(
    ("subject", "text", "intent"),
    [
        (
            "Eingangsbestätigung 4471-22",
            "Ihre Anfrage (Forderung 12,00 EUR) wird bearbeitet.",
            "auto",
        ),
        ("Re: 4471-22", "ich bin bis 12.4. nicht im Büro. Bitte wenden Sie sich an Eva.", "auto"),
        ("Frage", "Ihr Anliegen wurde unter der Nummer 77-113 erfasst.", "auto"),
        ("Wartung", "Für Ihre Kanzleiräume berechnen wir 380,00 EUR, Rechnung RE-77-113.", "spam"),
        ("Ihre Jahresrechnung 4471-22", "Ihr neuer Abschlag beträgt 99,00 EUR.", "spam"),
        ("Befragung zu 4471-22", "Gewinnen Sie einen Gutschein über 50,00 EUR.", "spam"),
        ("Notiz Kranz", "Anruf in 4471-22, es seien 12 EUR. Den Mandanten bitte fragen.", "note"),
        (
            "Brief",
            "Ich habe wieder eine Mahnung über 12 Euro bekommen, muss ich da was tun?",
            "own",
        ),
        ("Post", "Anbei die Lohnabrechnungen und der Brief über 12,00 EUR zu 4471-22.", "own"),
    ],
)
def test_this_is_no_creditor_s_reply(read: Read, subject: str, text: str, intent: str) -> None:
    kinds = {
        "auto": Intent.AUTO_REPLY,
        "spam": Intent.SPAM,
        "note": Intent.INTERNAL,
        "own": Intent.INQUIRY,
    }
    found = read(text, subject=subject)
    assert (found.is_creditor_reply, found.intent) == (False, kinds[intent])


def test_a_mailing_is_advertising_although_it_names_sums(read: Read) -> None:
    headers = {"List-Unsubscribe": "<https://linde.example/u>"}
    found = read("Ihr Gesamtbetrag sinkt auf 12,00 EUR im Jahr.", headers=headers)
    assert found.intent is Intent.SPAM


@pytest.mark.parametrize(
    "text",
    [
        "ich habe Ihren Brief bekommen. Der Karl schuldet mir noch 12 Euro.",
        "Wir haben Ihr Schreiben erhalten. Die Forderung gegen Eva Kern beträgt 12,00 EUR.",
        "Bitte senden Sie uns schnellstmöglich die Vollmacht von Eva Kern.",
        "Für Ihre Mandantin Eva Kern stellen wir 12,00 EUR in Rechnung.",
    ],
)
def test_this_is_a_creditor_s_reply(read: Read, text: str) -> None:
    assert read(text).is_creditor_reply


_PASSED_ON = (
    "Von: Grünhof Möbel OHG <fibu@gruenhof.example>\nGesendet: Montag, 2. März 2026\n"
    "An: Kern, Eva <kern@kanzlei.example>\nBetreff: Saldo\n\n"
    "Sehr geehrte Frau Kern,\n\nLothar Kranz schuldet 12,00 EUR, Kundennummer 55120."
)


def test_what_a_colleague_passes_on_counts_by_its_content(read: Read) -> None:
    text = f"landete bei mir, Gruß Eva\n\n{_PASSED_ON}"
    found = read(text, subject="WG: Saldo", from_name="Eva Kern", from_email="kern@kanzlei.example")
    assert (found.creditor_name, found.client_name) == ("Grünhof Möbel OHG", "Lothar Kranz")


def test_a_creditor_s_answer_above_our_letter_is_his_own(read: Read) -> None:
    letter = _PASSED_ON.replace("fibu@gruenhof", "post@anwalt").replace("Frau Kern", "Damen")
    found = read(f"Offen sind 7,00 EUR.\n\n{letter}", from_email="konto@kanzlei.example")
    assert str(found.debt_amount) == "7.00"


def test_a_read_receipt_is_one_whatever_its_subject_names() -> None:
    body = (
        "Ihre Nachricht\n\n   An: Baugenossenschaft Ostufer\n   Betreff: Eva Lang, WE 4.12,"
        " Forderung 1.200,00 EUR\n\nwurde am Montag, 16. Februar 2026 10:40 gelesen.\n"
    )
    subject = "Gelesen: Eva Lang, WE 4.12, Forderung 1.200,00 EUR"
    found = RulesReader().read(a_reply(subject=subject, body_text=body))
    assert (found.is_creditor_reply, found.intent) == (False, Intent.AUTO_REPLY)


def test_our_own_letter_below_a_receipt_states_no_claim() -> None:
    body = (
        "Vielen Dank, Ihr Anliegen ist bei uns angekommen. Ein Mitarbeiter kümmert sich darum.\n\n"
        "--- Ihre Nachricht ---\nSehr geehrte Damen und Herren,\n"
        "wir gehen von einer Forderung in Höhe von 505,00 EUR gegen Frau Eva Lang aus.\n"
    )
    found = RulesReader().read(a_reply(subject="[TK-7712] Ihre Anfrage", body_text=body))
    assert found.debt_amount is None
    assert not found.is_creditor_reply
