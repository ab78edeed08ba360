"""Accounts with running balances, columns, subtotals and lists that begin with their sums."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.reading.conftest import Read

_SHOP = "Guten Tag,\n\n{}\n\nKaufhaus Linde"
_Expected = tuple[str | None, str | None, str | None, str | None]


def _check(read: Read, text: str, expected: _Expected) -> None:
    found = read(_SHOP.format(text))
    values = (found.debt_amount, found.principal, found.interest, found.costs)
    assert values == tuple(None if one is None else Decimal(one) for one in expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "Datum    Vorgang      Betrag    kumuliert\n"
                "02.01.   Darlehen   1.500,00     1.500,00\n"
                "01.02.   Zinsen        10,00     1.510,00\n"
                "03.02.   Mahnung       36,00     1.546,00\n"
                "05.03.   Zinsen        11,00     1.557,00"
            ),
            ("1557.00", "1500.00", "21.00", "36.00"),
        ),
        (
            (
                "Datum | Text | Soll | Haben | Saldo\n"
                "01.02. | Beitrag | 60,00 | | 60,00\n"
                "01.03. | Beitrag | 60,00 | | 120,00\n"
                "09.03. | Zahlung | | 50,00 | 70,00\n"
                "01.04. | Beitrag | 60,00 | | 130,00"
            ),
            ("130.00", None, None, None),
        ),
        (
            (
                "Vortrag                   0,00\n"
                "01.09.  Miete  +410,00   410,00\n"
                "01.10.  Miete  +410,00   820,00\n"
                "20.10.  Bank   -400,00   420,00\n"
                "01.11.  Miete  +410,00   830,00\n"
                "30.11.  Auszug           830,00"
            ),
            ("830.00", None, None, None),
        ),
        (
            (
                "Rechnung 1   120,00   120,00\n"
                "Rechnung 2    80,00   200,00\n"
                "Zahlung      250,00   -50,00"
            ),
            ("0.00", None, None, None),
        ),
    ],
)
def test_the_last_running_balance_is_owed_and_the_moves_are_its_parts(
    read: Read, text: str, expected: _Expected
) -> None:
    _check(read, text, expected)


def test_a_plan_whose_balance_only_falls_is_no_account(read: Read) -> None:
    plan = "Mai | 50,00 | 950,00\nJuni | 50,00 | 900,00\nJuli | 50,00 | 850,00"
    text = f"Ratenplan:\n{plan}\n\nDie Forderung beträgt heute 1.000,00 EUR."
    assert read(_SHOP.format(text)).debt_amount == Decimal("1000.00")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "Rechnung 11/25        119,00 EUR\n"
                "Rechnung 12/25        121,00 EUR\n"
                "Zwischensumme         240,00 EUR\n"
                "Mahngebühren           10,00 EUR\n"
                "zahlbar               250,00 EUR"
            ),
            ("250.00", "240.00", None, "10.00"),
        ),
        (
            (
                "Rechnung 11/25        119,00 EUR\n"
                "Rechnung 12/25        121,00 EUR\n"
                "Mahngebühren           10,00 EUR\n"
                "zahlbar               250,00 EUR"
            ),
            ("250.00", None, None, None),
        ),
        (
            (
                "Beleg     Betrag     Mahngeb.   Zinsen    Gesamt\n"
                "RE 17     210,00         5,00     2,10    217,10\n"
                "RE 18     190,00         5,00     1,20    196,20\n"
                "                                          413,30"
            ),
            ("413.30", "400.00", "3.30", "10.00"),
        ),
    ],
)
def test_only_a_printed_subtotal_makes_one_principal_of_several_items(
    read: Read, text: str, expected: _Expected
) -> None:
    _check(read, text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "wir fordern aus dem Urteil:\n\n"
                "1.  € 1.050,00  Hauptanspruch\n"
                "2.  €    62,31  Zinsen bis 15.03.2026\n"
                "3.  €   189,00  Kosten lt. Beschluss\n"
                "4.  €    55,55  Gerichtsvollzieher"
            ),
            ("1356.86", "1050.00", "62.31", "244.55"),
        ),
        (
            (
                "Kapital             5.000,00 S\n"
                "Zinsabschluss         210,00 S\n"
                "Kontoführung           30,00 S\n"
                "Saldo               5.240,00 S"
            ),
            ("5240.00", "5000.00", "210.00", "30.00"),
        ),
        (
            (
                "Betrag laut Schein    800,00\n"
                "Zinsen                 20,00\n"
                "Notar                  90,00\n"
                "wiederzubekommen      910,00"
            ),
            ("910.00", "800.00", "20.00", "90.00"),
        ),
        (
            "Warenwert 80,00 € (zuvor 120,00 €), plus 3 × 5,00 € Mahngebühr. Summe: 95,00 €.",
            ("95.00", "80.00", None, "15.00"),
        ),
        (
            (
                "Uns stehen Ansprüche über 1.204,17 EUR zu. Auf den Kapitalanteil entfallen"
                " 1.000,00 EUR. Auf die Zinsen entfallen 104,17 EUR. Der Rest,"
                " 100,00 EUR, sind Kosten."
            ),
            ("1204.17", "1000.00", "104.17", "100.00"),
        ),
        (
            (
                "Darlehensrest          2.000,00 EUR\n"
                "Rückstand, in dem Darlehensrest enthalten: 300,00 EUR\n"
                "Zinsen                    50,00 EUR\n"
                "Gesamt                 2.050,00 EUR"
            ),
            ("2050.00", "2000.00", "50.00", None),
        ),
    ],
)
def test_labels_on_either_side_of_the_sums_tell_the_parts(
    read: Read, text: str, expected: _Expected
) -> None:
    _check(read, text, expected)


@pytest.mark.parametrize(
    "text",
    [
        "Offen sind 87,00 EUR: Pachtzins Garten 12: 62,00 EUR, Wasser: 25,00 EUR.",
        "Die Bücherei verlangt 58,00 EUR, nämlich 18,00 EUR Versäumnisgebühr und 40,00 EUR Ersatz.",
    ],
)
def test_rent_of_land_and_charges_for_late_books_are_no_interest_and_no_costs(
    read: Read, text: str
) -> None:
    found = read(_SHOP.format(text))
    assert found.debt_amount is not None
    assert (found.principal, found.interest, found.costs) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "debt"),
    [
        ("Festpreis   1.200,00\nAnzahlung    -600,00\nnoch nicht gezahlt   600,00", "600.00"),
        ("Rückstand            EUR 799,00\nhievon vollstreckbar EUR 611,00", "799.00"),
        (
            (
                "Es gibt keinen offenen Posten. Die Rechnungen (18,00 €, 9,50 € und 4,30 €) wurden"
                " per Vorkasse beglichen."
            ),
            "0.00",
        ),
        (
            (
                "Belastungen   400,00\nZahlungen     460,00\nSaldo          60,00\n"
                "Das Konto weist somit ein Guthaben aus."
            ),
            "0.00",
        ),
        (
            "Saldo Girokonto: 1.060,00 EUR.\nDas zweite Konto weist ein Guthaben aus.",
            "1060.00",
        ),
    ],
)
def test_halves_shares_and_credits(read: Read, text: str, debt: str) -> None:
    assert read(_SHOP.format(text)).debt_amount == Decimal(debt)


def test_claims_over_a_round_sum_may_be_a_bound(read: Read) -> None:
    text = "Forderungen über 5.000,00 EUR werden nur mit Zustimmung des Vorstands erlassen."
    assert read(_SHOP.format(text)).debt_amount is None
