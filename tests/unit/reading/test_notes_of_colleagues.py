"""Notes between people of the firm, told from creditors' mails without knowing any domain."""

from __future__ import annotations

import pytest

from shared.domain.extraction import Intent
from tests.unit.reading.conftest import Read

_HOUSE = "m.sommer@sommer-partner.example"


@pytest.mark.parametrize(
    "text",
    [
        "Jana,\n\nbitte bei der Sparkasse anrufen, die 5.100,00 EUR stimmen nicht. WV 3.4.\n\nMS",
        "Hallo Petra,\n\ntrag bitte unsere 900,00 EUR in die Gläubigertabelle ein.\n\nDanke, M.",
        "Kolleginnen und Kollegen,\n\nQuotenberechnung Kern (Entwurf): 11 % auf 7.300 EUR.\n\nMS",
        "Liebe Anna,\n\nHerr Kern rief eben an, er meint, es seien 400 Euro.\n\nEva",
        "Vermerk: Gespräch mit Frau Kern, sie meint, es seien ca. 6.100 EUR. Frist 1.4., zdA",
    ],
)
def test_several_signs_make_a_note(read: Read, text: str) -> None:
    found = read(text, from_email=_HOUSE, from_name="Mia Sommer")
    assert (found.intent, found.debt_amount) == (Intent.INTERNAL, None)


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        (
            "Hallo zusammen,\n\nzu Eva Kern, Kunde 4471: offen sind 517,88 Euro.\n\nMöbel Linde",
            "Mia Sommer",
            "m.sommer@moebel-linde.example",
        ),
        (
            "Liebe Petra,\n\nIhre Mandantin Eva Kern schuldet uns 90,00 EUR. Frist: 1.4.\n\nUwe",
            "Uwe Kern",
            "uwe@kern-bau.example",
        ),
        (
            "Hallo,\n\nIhre Mandantin Eva Kern hat die Akte am Telefon anerkannt.\n\nRA Voss",
            "RA Voss",
            "kanzlei@ra-voss.example",
        ),
    ],
)
def test_a_single_sign_stands_in_creditors_mails_too(
    read: Read, text: str, name: str, address: str
) -> None:
    assert read(text, from_email=address, from_name=name).is_creditor_reply


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        (
            "Wir haben Ihr Anliegen erhalten",
            (
                "Ihr Anliegen zur Kundennummer 4100886 hat die Vorgangsnummer T-3 bekommen. Eine"
                " Mahnung kostet 3,50 €."
            ),
        ),
        (
            "Re: Plan",
            (
                "unser Büro ist bis zum 20. März geschlossen (Betriebsferien). Bei Rohrbruch kommt"
                " die Firma Kubitz, Anfahrt 89,00 Euro."
            ),
        ),
    ],
)
def test_a_receipt_that_prints_prices_states_no_claim(read: Read, subject: str, text: str) -> None:
    found = read(f"Guten Tag,\n\n{text}", subject=subject)
    assert (found.intent, found.debt_amount) == (Intent.AUTO_REPLY, None)


@pytest.mark.parametrize(
    "text",
    [
        (
            "Sehr geehrte/r post@kanzlei.example,\n\naus dem Gewinnspiel sind 487,90 EUR offen."
            " Zahlen Sie innerhalb von 24 Stunden."
        ),
        "Sofortkredit auch bei negativer Auskunft! Gesamtbetrag: 18.604,80 EUR. Jetzt annehmen!",
        "Sitzgruppe statt 499,00 € nur 399,20 €, 20 % auf alles. Ihr Aktionscode: KV-27",
    ],
)
def test_frauds_and_adverts_claim_nothing(read: Read, text: str) -> None:
    found = read(text)
    assert (found.intent, found.debt_amount) == (Intent.SPAM, None)
