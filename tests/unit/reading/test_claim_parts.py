"""Principal, interest and costs, told by labels and by what adds up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.reading.conftest import Read

_Parts = tuple[str, str | None, str | None]


def _parts(read: Read, text: str) -> tuple[Decimal | None, ...]:
    found = read(f"Guten Tag,\n\n{text}\n\nKaufhaus Linde")
    return found.debt_amount, found.principal, found.interest, found.costs


def _decimals(*values: str | None) -> tuple[Decimal | None, ...]:
    return tuple(None if value is None else Decimal(value) for value in values)


@pytest.mark.parametrize(
    ("text", "debt", "parts"),
    [
        (
            (
                "Die Forderung beträgt 4.521,30 €. Davon entfallen auf die Hauptsache 4.000,00 €,"
                " auf Zinsen 321,30 € und auf Kosten 200,00 €."
            ),
            "4521.30",
            ("4000.00", "321.30", "200.00"),
        ),
        (
            (
                "Sie setzt sich zusammen aus 9.000,00 EUR Kapital, 700,00 EUR bis dahin fälligen"
                " Zinsen sowie 150,00 EUR Auslagen und beläuft sich mithin auf 9.850,00 EUR."
            ),
            "9850.00",
            ("9000.00", "700.00", "150.00"),
        ),
        (
            "Der Saldo beträgt 950,00 € (Hauptforderung 900,00 € zzgl. 50,00 € Mahnkosten).",
            "950.00",
            ("900.00", None, "50.00"),
        ),
        (
            "wir fordern 500,00 EUR nebst Gebühren von 80,00 EUR, zusammen 580,00 EUR.",
            "580.00",
            ("500.00", None, "80.00"),
        ),
        (
            (
                "Aus Warenkauf 198,00 EUR, dazu 3,50 EUR Zinsen und 80,00 EUR Kosten, in Summe"
                " 281,50 EUR."
            ),
            "281.50",
            ("198.00", "3.50", "80.00"),
        ),
        (
            (
                "Aushaftender Saldo EUR 3.210,55 (Kapital EUR 3.000,00, Zinsen EUR 160,55,"
                " Mahnspesen EUR 50,00)"
            ),
            "3210.55",
            ("3000.00", "160.55", "50.00"),
        ),
    ],
)
def test_parts_told_in_a_sentence(read: Read, text: str, debt: str, parts: _Parts) -> None:
    assert _parts(read, text) == _decimals(debt, *parts)


@pytest.mark.parametrize(
    ("text", "debt", "parts"),
    [
        (
            (
                "Warenlieferung 420,00\nVerzugszins 8,40\nEinwohnermeldeauskunft 10,00\nzusammen"
                " EUR 438,40"
            ),
            "438.40",
            ("420.00", "8.40", "10.00"),
        ),
        (
            (
                "Hauptforderung ..... 300,00 €\nZinsen ..... 10,00 €\nSonstiges ..... 7,50 €\n"
                "zu zahlen ..... 317,50 €"
            ),
            "317.50",
            ("300.00", "10.00", "7.50"),
        ),
        (
            (
                "Heizkosten | 240,00 €\nMiete Mai | 500,00 €\nMahnkosten (2 x 2,50 €) | 5,00 €\n"
                "Rückstand | 745,00 €"
            ),
            "745.00",
            (None, None, None),
        ),
        (
            "Behandlungskosten 371,00 EUR\nMahnspesen 10,00 EUR\nOffener Betrag 381,00 EUR",
            "381.00",
            ("371.00", None, "10.00"),
        ),
        (
            "Bußgeld 120,00 €, Gebühr 25,00 €, Auslagen 3,50 €, gesamt 148,50 €",
            "148.50",
            ("120.00", None, "28.50"),
        ),
        (
            (
                "1.000,00 EUR Hauptsache\n80,00 EUR Zinsen\n90,00 EUR Kosten (davon 60,00 € RA)\n"
                "1.170,00 EUR insgesamt"
            ),
            "1170.00",
            ("1000.00", "80.00", "90.00"),
        ),
        (
            (
                "Rechnung A | 300,00\nRechnung B | 200,00\nZwischensumme Hauptforderung | 500,00\n"
                "Zinsen A | 9,00\nZinsen B | 6,00\nZwischensumme Zinsen | 15,00\n"
                "Forderung gesamt | 515,00"
            ),
            "515.00",
            ("500.00", "15.00", None),
        ),
        (
            (
                "I. Hauptforderung 700,00 EUR\nII. Zinsen 20,00 EUR\nIII. Kosten 60,00 EUR\n"
                "(Anwalt 45,00; Gericht 25,00; ./. Zahlung 10,00)\nZu fordern sind 780,00 EUR."
            ),
            "780.00",
            ("700.00", "20.00", "60.00"),
        ),
        (
            (
                "Text | Soll | Haben\nRechnung | 900,00\nZahlung | 200,00\nMahngeb. | 5,00\n"
                "Saldo | 705,00"
            ),
            "705.00",
            (None, None, None),
        ),
    ],
)
def test_parts_told_in_rows(read: Read, text: str, debt: str, parts: _Parts) -> None:
    assert _parts(read, text) == _decimals(debt, *parts)


@pytest.mark.parametrize(
    ("text", "debt", "parts"),
    [
        (
            "Hauptforderung 262,00\nZinsen 4,00\nInkassovergütung 67,00\nAdressabfrage 8,00",
            "341.00",
            ("262.00", "4.00", "75.00"),
        ),
        (
            "Herr Kurz schuldet 640,00 EUR nebst 12,80 EUR Zinsen und 30,00 EUR Mahnkosten.",
            "682.80",
            ("640.00", "12.80", "30.00"),
        ),
        (
            "Der Rückstand beträgt 456,00 Euro. Hinzu kommen Mahngebühren von 15,00 Euro.",
            "471.00",
            ("456.00", None, "15.00"),
        ),
        (
            "Behandlungskosten 382,00 Euro, Mahnauslagen 7,50 Euro, Adressabfrage 4,50 Euro.",
            "394.00",
            ("382.00", None, "12.00"),
        ),
        (
            "Our claim amounts to EUR 1,000.00 plus interest of EUR 50.00 and costs of EUR 25.00.",
            "1075.00",
            ("1000.00", "50.00", "25.00"),
        ),
        (
            "Kapital 700,00 €; hierauf Zinsen bis heute 14,00 €; Anwaltsvergütung 90,00 €.",
            "804.00",
            ("700.00", "14.00", "90.00"),
        ),
        (
            "Einkäufe mit der Karte: 410,00 EUR. Sollzinsen: 9,00 EUR. Mahnspesen: 5,00 EUR.",
            "424.00",
            ("410.00", "9.00", "5.00"),
        ),
        (
            (
                "Das Gericht hat entschieden, dass an uns 900,00 EUR nebst Zinsen von inzwischen"
                " 60,00 EUR zu zahlen sind."
            ),
            "960.00",
            ("900.00", "60.00", None),
        ),
        (
            "Es gilt der Mahnbescheid über 300,00 EUR nebst 4,00 EUR Zinsen und 36,00 EUR Kosten.",
            "340.00",
            ("300.00", "4.00", "36.00"),
        ),
        (
            (
                "Die Forderung setzt sich zusammen aus dem Schaden von 1.100,00 EUR, Zinsen von"
                " 20,00 EUR und Kosten von 130,00 EUR."
            ),
            "1250.00",
            ("1100.00", "20.00", "130.00"),
        ),
        (
            "Getilgt hat sie 800,00 EUR, offen sind 600,00 EUR Kapital und 30,00 EUR Zinsen.",
            "630.00",
            ("600.00", "30.00", None),
        ),
        (
            "Zur Höhe: 480,00 EUR nebst 12,00 EUR Zinsen und 40,00 EUR Nebenkosten.",
            "532.00",
            ("480.00", "12.00", "40.00"),
        ),
        (
            "Restkapital 2.000,00 EUR, Zinsrückstand 80,00 EUR, Kosten 25,00 EUR.",
            "2105.00",
            ("2000.00", "80.00", "25.00"),
        ),
        (
            "Kaufpreis .......... 189,00 EUR\nZinsen ............3,00 EUR\nMahnporto ....6,00 EUR",
            "198.00",
            ("189.00", "3.00", "6.00"),
        ),
    ],
)
def test_parts_without_a_total_are_added_up(
    read: Read, text: str, debt: str, parts: _Parts
) -> None:
    assert _parts(read, text) == _decimals(debt, *parts)


@pytest.mark.parametrize(
    "text",
    [
        "Hauptforderung 500,00 €\nZinsen und Kosten 95,00 €\nGesamt 595,00 €",
        "Hauptforderung 500,00 €\nZinsen 25,00 €\nZahlung -100,00 €\nRest 425,00 €",
        "Die Forderung einschließlich Zinsen und Kosten beträgt 1.034,56 €.",
        "netto 100,00 EUR\nUSt. 19,00 EUR\nRechnungsbetrag 119,00 EUR",
        "Gewerbesteuer 800,00\nSäumniszuschläge 24,00\nPfändungsgebühr 26,00\noffen EUR 850,00",
        "Beiträge von 300,00 € nebst 12,00 € Säumniszuschlägen, insgesamt 312,00 €.",
        (
            "Die Abgabe von 90,00 EUR fehlt. Hinzu treten Säumniszuschläge, die bis heute auf 6,00"
            " EUR aufgelaufen sind, und 4,00 EUR Mahngebühren, zusammen 100,00 EUR."
        ),
        "Rechnung 11 | 40,00 €\nRechnung 12 | 45,00 €\nMahngebühren | 5,00 €\nSumme | 90,00 €",
        "Warmwasser 200,00 €\nabzgl. Abschläge 120,00 €\nMahnkosten 5,00 €\nRest 85,00 €",
        "Vortrag 400,00 EUR\nSollzinsen 20,00 EUR\nEntgelt 5,00 EUR\nSaldo 425,00 EUR",
        "Der Rückstand beträgt 210,00 €. Darin enthalten sind Mahnkosten von 10,00 €.",
    ],
)
def test_parts_that_the_mail_does_not_separate_stay_open(read: Read, text: str) -> None:
    assert _parts(read, text)[1:] == (None, None, None)


@pytest.mark.parametrize(
    ("text", "debt", "parts"),
    [
        (
            "Zuzahlung 60,00 €\nWahlleistung 200,00 €\nMahnkosten 5,00 €\nfällig 265,00 €",
            "265.00",
            ("260.00", None, "5.00"),
        ),
        (
            "Beitrag 300,00\nSäumniszuschläge und Mahngebühren 12,00\ninsgesamt EUR 312,00",
            "312.00",
            ("300.00", None, "12.00"),
        ),
        (
            "Steuer 300,00\nSäumniszuschläge/Zinsen 12,00\nPfändungskosten 8,00\nEUR 320,00",
            "320.00",
            ("300.00", "12.00", "8.00"),
        ),
        (
            "Lohnsteuer 200,00 €\nUmsatzsteuer 100,00 €\nZinsen 6,00 €\nSumme 306,00 €",
            "306.00",
            ("300.00", "6.00", None),
        ),
    ],
)
def test_parts_that_hold_several_things(read: Read, text: str, debt: str, parts: _Parts) -> None:
    assert _parts(read, text) == _decimals(debt, *parts)


def test_the_base_of_running_interest_is_no_part(read: Read) -> None:
    text = (
        "Hauptforderung 300,00 EUR\nZinsen 6,00 EUR\nsumma 306,00 EUR\n"
        "zzgl. 5 Prozentpunkte über Basiszins aus 300,00 EUR ab 01.03.2026."
    )
    assert _parts(read, text) == _decimals("306.00", "300.00", "6.00", None)


@pytest.mark.parametrize(
    ("text", "debt"),
    [
        (
            "Wir haben noch 390,00 € für Fahrstunden und 63,00 € für Prüfungen zu bekommen.",
            "453.00",
        ),
        (
            "Offen sind EUR 100,00 für Dezember, EUR 110,00 für Januar und EUR 40,00 für Februar.",
            "250.00",
        ),
        (
            "Es fehlen 210,00 € aus dem Gutachten und die vereinbarten 60,00 € aus der Beratung.",
            "270.00",
        ),
        (
            (
                "Es bestehen zwei Verbindlichkeiten:\n- Konto: 300,00 €\n- Autokredit: 900,00 €\n"
                "Auf dem Sparbuch liegen noch 15,00 €."
            ),
            "1200.00",
        ),
    ],
)
def test_things_told_in_one_sentence_are_added_up(read: Read, text: str, debt: str) -> None:
    assert _parts(read, text) == _decimals(debt, None, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "Zwei Kunden heißen so, offen sind bei einem 50,00 € und beim anderen 80,00 €.",
        "Offen sind 500,00 €, und wir bieten Ihnen 300,00 € an.",
        "Die Forderung beträgt 500,00 €, nicht 450,00 €.",
    ],
)
def test_sums_set_against_each_other_are_not_added_up(read: Read, text: str) -> None:
    assert _parts(read, text)[0] in {Decimal("500.00"), None}


def test_labels_may_stand_behind_their_sums(read: Read) -> None:
    text = "Offen:\n 140,00 €  Kaufpreis\n 3,00 €  Zinsen\n 27,00 €  Inkassokosten\n 170,00 €"
    assert _parts(read, text) == _decimals("170.00", "140.00", "3.00", "27.00")


def test_goods_are_no_verb(read: Read) -> None:
    text = "Zu zahlen | 105,00 €\nWaren | 90,00 €\nZinsen | 5,00 €\nMahngebühren | 10,00 €"
    assert _parts(read, text) == _decimals("105.00", "90.00", "5.00", "10.00")


@pytest.mark.parametrize(
    ("text", "debt"),
    [
        (
            "Die Forderung beträgt heute 640,00 €. Die Einigungsgebühr von 50,00 € käme hinzu.",
            "640.00",
        ),
        (
            "Gefordert werden 640,00 €; die Gerichtskosten von 80,00 € verlangen wir nicht.",
            "640.00",
        ),
        (
            "Die Forderung beträgt 640,00 €. Wenn wir klagen, sind Kosten von 90,00 € angefallen.",
            "640.00",
        ),
    ],
)
def test_costs_to_come_are_no_part(read: Read, text: str, debt: str) -> None:
    assert _parts(read, text) == _decimals(debt, None, None, None)


def test_postage_of_a_delivery_service_is_no_claim(read: Read) -> None:
    text = "Ihr Brief wurde zugestellt. Porto 4,85 EUR, Einschreiben 2,65 EUR."
    assert _parts(read, text)[0] is None
