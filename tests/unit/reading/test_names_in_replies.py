"""How debtors are named in creditors' mails, and who is not one."""

from __future__ import annotations

import pytest

from tests.unit.reading.conftest import Read


@pytest.mark.parametrize(
    ("subject", "text", "name"),
    [
        ("Kontostand", "Für Ansgar Groth ergibt sich: 12,00 EUR", "Ansgar Groth"),
        ("Darl. 77 120", "Eva v. d. Au schuldet 12,00 EUR", "Eva v. d. Au"),
        ("Konto", "Kranz Lothar hat 12 Euro nicht bezahlt.", "Lothar Kranz"),
        ("Konto", "wir haben die Sache Maja Krüger vom Anwalt zurück: 12,00 EUR", "Maja Krüger"),
        ("Re: Mr Lothar Kranz, our ref. 4471-22", "The balance is EUR 12.00", "Lothar Kranz"),
        ("i.S. Grünhof GmbH ./. Czerny, Milan", "Offen sind 12,00 EUR", "Czerny, Milan"),
        (
            "Rechnung",
            "gegen Ihren Mandanten Xaver Oberhuber Rückstände von 12 EUR",
            "Xaver Oberhuber",
        ),
        ("Konto", "Vertragskonto 4488-112, Ngozi Okafor: 12,00 EUR", "Ngozi Okafor"),
        ("4488-112 / Petzold: Kontostand", "Offen sind 12,00 EUR", "Petzold"),
        ("DR II 77/26 Petzold", "Offen sind 12,00 EUR", "Petzold"),
        ("Geld", "die Anneliese\nhat sich 12 Euro von mir geliehen", "Anneliese"),
        ("Konto", "Eheleute Karl und Erna Probst schulden 12,00 EUR", "Erna Probst"),
    ],
)
def test_the_debtor_is(read: Read, subject: str, text: str, name: str) -> None:
    assert read(text, subject=subject).client_name == name


def test_who_treated_the_debtor_is_not_the_debtor(read: Read) -> None:
    found = read("Honorar der Zahnärztin Dr. Ute Kern: Ihre Mandantin, Frau Dr. Probst, 12,00 EUR")
    assert found.client_name == "Probst"


@pytest.mark.parametrize(
    "text",
    [
        "Sehr geehrter Kunde,\n\nAlbers Kern Rechtsanwälte PartG mbB\nOffen: 12,00 EUR",
        "Offen: 12,00 EUR\n\ni. A. Sabine Müller",
        "Offen: 12,00 EUR\nSabine Müller, Kaufhaus Linde GmbH",
    ],
)
def test_the_law_firm_and_who_signs_are_no_debtors(read: Read, text: str) -> None:
    assert read(text).client_name is None


@pytest.mark.parametrize("subject", ["4488-112 Schlussrechnung", "4488-112 / Kontostand", "Geld"])
def test_a_noun_beside_a_number_is_no_surname(read: Read, subject: str) -> None:
    assert read("Offen: 12,00 EUR", subject=subject).client_name is None
