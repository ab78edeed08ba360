"""The money grammar."""

from __future__ import annotations

from decimal import Decimal

import pytest

from functions.worker.reading.language.number_words import number_from_words
from functions.worker.reading.money.amounts import find_amounts


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("€ 861,77.", "861.77", "EUR"),
        ("EUR 12604,88.", "12604.88", "EUR"),
        ("noch 1 234,56 EUR", "1234.56", "EUR"),
        ("1.234,- EUR", "1234.00", "EUR"),
        ("1.234,-- €", "1234.00", "EUR"),
        ("500,-EUR", "500.00", "EUR"),
        ("1.750 EUR", "1750.00", "EUR"),
        ("701.05 EUR", "701.05", "EUR"),
        ("1,234.56 EUR", "1234.56", "EUR"),
        ("CHF 4'310.55. Danke", "4310.55", "CHF"),
        ("5.531,17\nEuro", "5531.17", "EUR"),
        ("zweihundertfünfzig Euro", "250.00", "EUR"),
        ("0,00 EUR", "0.00", "EUR"),
        ("-48,90 €", "-48.90", "EUR"),
        ("812,40", "812.40", None),
    ],
)
def test_a_sum_is_read(text: str, value: str, currency: str | None) -> None:
    (found,) = find_amounts(text)
    assert (found.value, found.currency) == (Decimal(value), currency)


@pytest.mark.parametrize(
    "text",
    [
        "04.12.2024",
        "Telefon 0761 123456",
        "AZ 1221/26",
        "5,00 %",
        "5 Prozentpunkte",
        "8.00-12.00 Uhr",
        "100.448.2210-7",
        "WE 118.04.02",
        "Position 3 120,00 EUR",
        "am 16.03. EUR",
    ],
)
def test_this_is_no_sum(text: str) -> None:
    assert find_amounts(text) == ()


def test_a_currency_belongs_to_the_number_behind_it() -> None:
    (found,) = find_amounts("Rechnung 4711 EUR 5,00")
    assert found.value == Decimal("5.00")


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("null", 0),
        ("eins", 1),
        ("siebzehn", 17),
        ("einundzwanzig", 21),
        ("dreißig", 30),
        ("hundert", 100),
        ("zweihundertfuenfzig", 250),
        ("eintausenddreihundert", 1300),
        ("zwölftausendvierhundertundfünf", 12405),
        ("fünfzehnhundert", 1500),
        ("haus", None),
        ("hundertes", None),
    ],
)
def test_number_words(word: str, value: int | None) -> None:
    assert number_from_words(word) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("zweihundertsieben Euro und achtzig Cent", "207.80"),
        ("247 Euro und 5 Cent", "247.05"),
        ("das macht 1.650 die ich noch kriege", "1650.00"),
        ("jetzt bleiben 750, und die will ich", "750.00"),
        ("Gesamtforderung | 5.420,72\nTageszins", "5420.72"),
        ("es sind noch 318 euro 40", "318.40"),
        ("Porto neunzehn Euro fünfzig, bitte", "19.50"),
        ("ein tausend vier hundert Euro", "1400.00"),
        ("hundert und zwanzig Euro", "120.00"),
        ("ich hab ihr 2.700 geliehen", "2700.00"),
        ("ein Darlehen über 3,5 Tausend Euro", "3500.00"),
        ("Kredit 14 TEUR", "14000.00"),
        ("he owes me 415 euros", "415.00"),
        ("Saldo am 03.02.2026 11 240,06 € Soll", "11240.06"),
        ("Betrag in EUR: 640", "640.00"),
        ("sFr. 770.--", "770.00"),
    ],
)
def test_a_sum_is_read_also_in_words_or_without_a_currency(text: str, value: str) -> None:
    assert [one.value for one in find_amounts(text)] == [Decimal(value)]


@pytest.mark.parametrize(
    "text",
    [
        "Az. 14.220 liegt bei",
        "nummer 14.220 ist",
        "mit 14.220 km",
        "die 14.220 Einwohner",
        "es bleiben 14 Tage",
        "das macht 2026 keinen Sinn",
        "Pos. | EUR\n1 | Rechnung",
        "12,5 Tage",
    ],
)
def test_a_number_without_a_currency_is_rarely_a_sum(text: str) -> None:
    assert find_amounts(text) == ()


@pytest.mark.parametrize(("side", "is_debit"), [("Soll", True), ("S", True), ("Haben", False)])
def test_the_side_of_an_account(side: str, is_debit: bool) -> None:  # noqa: FBT001
    (found,) = find_amounts(f"1.517,26 EUR {side}")
    assert (found.is_debit, found.is_credit) == (is_debit, not is_debit)
