"""Claims whose total the creditor leaves to the reader: counts, enumerations, rests of payments."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.reading.conftest import Read


def _debt(read: Read, text: str) -> Decimal | None:
    return read(f"Guten Tag,\n\n{text}\n\nKaufhaus Linde").debt_amount


@pytest.mark.parametrize(
    ("text", "debt"),
    [
        ("Die Mieten für Mai und Juni fehlen, jeweils 900,00 EUR.", "1800.00"),
        ("Es schuldet uns Ihr Mandant die Mieten August bis Oktober à 410 EUR.", "1230.00"),
        ("Die Beiträge November 2024 bis Februar 2025 sind offen, je 30,00 EUR.", "120.00"),
        ("Drei Abschläge sind nicht eingegangen, jeweils 45,50 EUR.", "136.50"),
        ("Die Pacht von monatlich 70,00 EUR wurde für Juni und Juli nicht gezahlt.", "140.00"),
        ("Vier Kursgebühren (je 25,00 EUR) sind rückständig.", "100.00"),
        ("Für drei Nächte, 80 Euro die Nacht, ging er ohne zu bezahlen.", "240.00"),
        ("Die Beiträge 2023 und 2024, jeweils 55,00 EUR, stehen aus.", "110.00"),
        ("Der Beitrag für Mai und Juni, je 20,00 EUR, wurde zurückgebucht.", "40.00"),
    ],
)
def test_a_sum_of_each_is_multiplied(read: Read, text: str, debt: str) -> None:
    assert _debt(read, text) == Decimal(debt)


@pytest.mark.parametrize(
    "text",
    [
        "Wir könnten Raten von März bis Mai zu je 75,00 EUR annehmen.",
        "Die Mieten Januar und Februar, je 500,00 EUR, wurden bezahlt.",
        "Offen ist seit dem 3. März und dem 5. April die Rate, je 80,00 EUR.",
        "Zwei Mieten für Mai, Juni und Juli fehlen, je 300,00 EUR.",
        "Wenn Mai und Juni ausstehen, kostet das jeweils 15,00 EUR.",
    ],
)
def test_what_nobody_can_count_or_owes_is_not_multiplied(read: Read, text: str) -> None:
    assert _debt(read, text) is None


def test_a_printed_total_stands_beside_what_it_is_made_of(read: Read) -> None:
    text = "Die Mieten Mai und Juni, je 400,00 EUR, fehlen; die Gesamtforderung ist 830,00 EUR."
    assert _debt(read, text) == Decimal("830.00")


@pytest.mark.parametrize(
    ("text", "debt"),
    [
        (
            "Rückständig sind die Gebühr 2023 über 31,00 EUR und die Gebühr 2024 über 33,50 EUR.",
            "64.50",
        ),
        (
            "Der Beitrag 2023 (20,00 EUR) und der für 2024 (25,00 EUR) wurden nicht bezahlt.",
            "45.00",
        ),
        ("Rechnung Juni 311,00 EUR, Rechnung Juli 90,00 EUR, beide unbezahlt.", "401.00"),
        (
            "2023 ergab eine Nachzahlung von 60,00 EUR, 2024 eine von 70,00 EUR. Beides ist offen.",
            "130.00",
        ),
        ("Es stehen uns der Zaun mit 780,00 Euro und die Pfosten mit 120,00 Euro zu.", "900.00"),
        (
            "Es sind noch drei Rechnungen da:\n\nA-1  10,00 EUR\nA-2  20,00 EUR\nA-3  31,00 EUR",
            "61.00",
        ),
        ("Offen sind:\nSchlüssel: 40,00\nReinigung: 90,00\nTapeten: 111,00", "241.00"),
        (
            "Die Miete Mai, 500,00 EUR, steht aus. Dazu kommt die Nachzahlung von 80,00 EUR.",
            "580.00",
        ),
    ],
)
def test_what_is_enumerated_as_owed_is_added(read: Read, text: str, debt: str) -> None:
    assert _debt(read, text) == Decimal(debt)


@pytest.mark.parametrize(
    ("text", "debt"),
    [
        ("Offen ist die Nachzahlung von 640,00 EUR, die Kaution beträgt 900,00 EUR.", "640.00"),
        ("Ein Kunde hat 70,00 EUR Rückstand und der andere 900,00 EUR. Welcher ist es?", None),
        ("Offen sind 80,00 EUR, falls er den Kauf oder die Miete von 20,00 EUR bestreitet.", None),
    ],
)
def test_what_is_said_of_something_else_is_not_added(
    read: Read, text: str, debt: str | None
) -> None:
    assert _debt(read, text) == (debt and Decimal(debt))


def test_a_list_of_things_is_not_split_into_principal_and_costs(read: Read) -> None:
    text = "Es stehen uns der Zaun mit 780,00 Euro und die Fuhrkosten mit 120,00 Euro zu."
    found = read(f"Guten Tag,\n\n{text}")
    assert (found.debt_amount, found.principal) == (Decimal("900.00"), None)


@pytest.mark.parametrize(
    ("text", "debt"),
    [
        ("Von den 1.500,00 EUR aus der Rechnung sind erst 350,00 EUR bezahlt.", "1150.00"),
        ("Ich hab ihm 9.000 Euro geliehen. 600 Euro hat er zurückgezahlt, mehr nicht.", "8400.00"),
        ("Lohn 3.650,00 EUR, worauf 730,00 EUR geflossen sind. Der Rest ist offen.", "2920.00"),
        ("Kaufpreis 550,00 EUR\nAnzahlung -120,00 EUR\n\nSeither kam nichts.", "430.00"),
    ],
)
def test_what_was_paid_is_taken_off_where_the_rest_is_owed(
    read: Read, text: str, debt: str
) -> None:
    assert _debt(read, text) == Decimal(debt)


@pytest.mark.parametrize(
    "text",
    [
        "Die Rechnung lautete über 900,00 EUR. Er hat 300,00 EUR gezahlt.",
        "Die Rechnung war 900,00 EUR, 300,00 EUR wurden gezahlt, den Rest erlassen wir.",
        "Die Rechnung war 900,00 EUR, dazu haben wir 30,00 EUR bezahlt, der Rest ist offen.",
    ],
)
def test_a_rest_that_may_not_be_owed_is_not_reckoned(read: Read, text: str) -> None:
    assert _debt(read, text) is None


def test_the_lines_of_a_bill_are_added_without_their_prices(read: Read) -> None:
    bill = (
        "Pos.  Leistung  Menge  Einzelpreis  Betrag\n"
        "1     Stunden   4      62,00        248,00\n"
        "2     Teile     1      26,00        26,00\n\n"
        "Die Rechnung ist unbezahlt."
    )
    assert _debt(read, bill) == Decimal("274.00")


def test_payments_in_the_same_line_are_taken_off(read: Read) -> None:
    line = "Hauptforderung 1.400,00 EUR, Zinsen 120,00 EUR, Kosten 68,00 EUR, Zahlungen 100,00 EUR"
    assert _debt(read, line) == Decimal("1488.00")
