"""The only sum left is the claim, if the mail tells it of today or of the case; else it is none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from functions.worker.weigh_claim import LEAST_CONFIDENCE
from tests.unit.reading.conftest import Read


@pytest.mark.parametrize(
    ("text", "debt"),
    [
        ("Zum Vertrag 887-2210 laufen hier 618,40 EUR auf.", "618.40"),
        ("Derzeit 917,20 EUR, Tendenz leider steigend.", "917.20"),
        ("Per 15.03.2026 kommen wir bei Frau Kern rechnerisch zu 4.233,10 Euro.", "4233.10"),
        ("Kern, Eva, Vorgang 11-204-B: 1.412,90 EUR.", "1412.90"),
        ("Hier sind 96,20 EUR aus einer Fahrt ohne Fahrschein vermerkt.", "96.20"),
        ("Kassenbuch der Station: 266,40 EUR", "266.40"),
        ("Wir nehmen am Verfahren gegen die Schuldnerin mit 5.410,00 EUR teil.", "5410.00"),
        ("Von Raten à 25,00 EUR halte ich nichts. Ich lehne ab. 1900,- und fertig.", "1900.00"),
    ],
)
def test_the_only_sum_left_is_the_claim(read: Read, text: str, debt: str) -> None:
    found = read(text)
    assert found.debt_amount == Decimal(debt)
    assert found.evidence["debt_amount"].confidence <= 0.7


@pytest.mark.parametrize(
    "text",
    [
        "Ist mit den 512,00 EUR bei Frau Kern die Rechnung 2023-118 gemeint?",
        "Wegen Frau Kern, Nr. 887-2210: Für eine Aufstellung berechnen wir 15,00 EUR.",
        "Frau Kern, Nr. 887-2210: Darlehen bis 50.000 EUR vergeben wir ohne Grundbuch.",
        "Frau Kern, Nr. 887-2210: Im Januar hat sie für 7.900,00 EUR ein Boot verkauft.",
        "Frau Kern, Nr. 887-2210: 150 Euro sind zu wenig, das lehnen wir ab.",
        "Frau Kern, Nr. 887-2210: Wenn 300,00 EUR kommen, legen wir die Akte weg.",
        "Wir bestätigen zur Nr. 887-2210 den Eingang von 75,00 EUR. Wofür ist das Geld?",
        "Das Wetter war schön, wir haben 40,00 EUR für Eis ausgegeben.",
    ],
)
def test_a_sum_that_may_be_something_else_is_none(read: Read, text: str) -> None:
    assert read(text).debt_amount is None


def test_a_lone_number_without_a_currency_is_left_to_a_person(read: Read) -> None:
    found = read("Ich lehne ab, 25,00 EUR im Monat sind nichts. 1900,- und fertig.")
    assert found.debt_amount == Decimal("1900.00")
    assert found.evidence["debt_amount"].confidence < LEAST_CONFIDENCE
