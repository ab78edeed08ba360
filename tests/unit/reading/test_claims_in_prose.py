"""Claims told in whole sentences: by turns of phrase, by what was paid, by what is set right."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.reading.conftest import Read


@pytest.mark.parametrize(
    ("text", "debt"),
    [
        ("Hallo, so wenig ist das nicht: Es sind 340 Euro, seit zwei Jahren.", "340.00"),
        ("Ein paar hundert Euro? Es sind achthundertzwanzig Euro, und das seit Mai.", "820.00"),
        ("Bitte setzen Sie für uns in Ihrer Liste 4.320,00 EUR ein.", "4320.00"),
        ("Bitte 815,00 EUR in Ihr Verzeichnis aufnehmen.", "815.00"),
        ("Führen Sie uns bitte mit 612,40 EUR.", "612.40"),
        ("Bei uns ist der Fall mit 980,00 EUR aktenkundig.", "980.00"),
        ("Bei 210 Euro sind wir jetzt angekommen, es waren mal 480 Euro.", "210.00"),
        ("Angefangen hat es mit 900 Euro, jetzt sind wir bei 350.", "350.00"),
        ("Ihre Aufstellung nennt 455,00 EUR. Diesen Wert können wir bestätigen.", "455.00"),
        ("Die restlichen 1.140,00 EUR klagen wir notfalls ein.", "1140.00"),
        ("Auf die 4.200 Euro verzichten wir nicht.", "4200.00"),
        ("Gegeben habe ich ihr nur 2.600 Euro, und genau die will ich wieder.", "2600.00"),
        ("An der Höhe (mitgeteilt waren 615,80 EUR) hat sich nichts geändert.", "615.80"),
        ("Eine Rate von 25 EUR würde bei 2.045,00 EUR sieben Jahre dauern.", "2045.00"),
        ("Wir sind Gläubiger von 14.250,00 EUR aus einem Pachtvertrag.", "14250.00"),
        ("Auf dem Deckel stehen 164 Euro.", "164.00"),
        ("Dafür stellen wir ein Ausfallhonorar von 156,00 EUR in Rechnung.", "156.00"),
        ("Der Beitrag über 142,00 EUR ist überfällig.", "142.00"),
    ],
)
def test_a_turn_of_phrase_makes_the_claim(read: Read, text: str, debt: str) -> None:
    assert read(text).debt_amount == Decimal(debt)


@pytest.mark.parametrize(
    "text",
    [
        "Ihre Aufstellung nennt 455,00 EUR. Diesen Wert können wir nicht bestätigen.",
        "Unter diesem Namen führen wir Kunden mit Salden zwischen 80,00 und 1.400,00 EUR.",
        "Am 27.02. gingen hier 500,00 EUR ein. Eine Aufstellung folgt.",
        "Wir nannten den Saldo einer anderen Kundin (1.877,20 EUR). Die Aufstellung folgt.",
        "Es geht nur um ein paar hundert Euro.",
        "Wir prüfen noch, ob die Überzahlung von 4.120,00 EUR überhaupt zu erstatten ist.",
        "Nach Ihrem Vorschlag sollen wir 72 Monate lang 4,15 EUR erhalten, insgesamt 298,80 EUR.",
    ],
)
def test_such_a_sum_is_no_claim(read: Read, text: str) -> None:
    assert read(text).debt_amount is None


@pytest.mark.parametrize(
    ("text", "debt"),
    [
        (
            "Unsere Ansprüche belaufen sich nicht auf 2.500 EUR, sondern auf 2.655,30 EUR.",
            "2655.30",
        ),
        ("Er haftet mit 9.720,15 EUR, nicht mit 12.000,00 EUR.", "9720.15"),
        ("Die Forderung lautet jetzt 486,20 EUR statt 556,20 EUR.", "486.20"),
        ("Aus den eingeklagten 2.600,00 EUR werden dadurch 2.250,00 EUR.", "2250.00"),
        ("Er meint, er schulde uns nur noch 80 Euro. Offen sind aber 320 Euro.", "320.00"),
        (
            "per 28.02.2026 EUR 1.234,56\nper 31.01.2026 EUR 1.304,56",
            "1234.56",
        ),
    ],
)
def test_the_figure_that_is_right_wins(read: Read, text: str, debt: str) -> None:
    assert read(text).debt_amount == Decimal(debt)


@pytest.mark.parametrize(
    ("text", "debt"),
    [
        (
            "Ihr Mandant hat bei uns Soll 3.480,20 / Haben 2.911,75 / Differenz 568,45 (Euro).",
            "568.45",
        ),
        (
            "Von 1.500,00 EUR wurden 350,00 EUR einbehalten. Wir erwarten noch 1.150,00 EUR.",
            "1150.00",
        ),
        ("Es waren mal 1.500 Euro, 700 hat er bezahlt. Den Rest hätte ich gern.", "800.00"),
        (
            "Auf dem Deckel waren 312 Euro. Die Mutter hat 100 hingelegt, den Rest schuldet er.",
            "212.00",
        ),
        ("Ich gab ihr fünftausend Euro. Viertausend sind es also noch.", "4000.00"),
        (
            "Die Rechnung war 7.480,00 EUR. Abschläge: 2.000,00 EUR und 2.500,00 EUR. Mehr nicht.",
            "2980.00",
        ),
        (
            "Von 1.950 EUR zahlte er 1.200 EUR, folglich fehlen 750 EUR zuzüglich 28 EUR Zinsen.",
            "778.00",
        ),
        (
            "Festgesetzt sind 1.876,00 EUR; Verspätungszuschlag 100,00 EUR. Beides ist fällig.",
            "1976.00",
        ),
        (
            "Die Miete ist 690,00 EUR. Das Schloss kostete 114,00 EUR. Wir hätten gern beides.",
            "804.00",
        ),
        ("Auf dem Konto stehen drei offene Rechnungen: 90, 130 und 45 Euro.", "265.00"),
    ],
)
def test_what_is_left_or_comes_on_top(read: Read, text: str, debt: str) -> None:
    assert read(text).debt_amount == Decimal(debt)


@pytest.mark.parametrize(
    "text",
    [
        "Offene Forderungen gegen Ihre Mandantin: keine.",
        "Die früher gemahnten 212,00 EUR sind damit hinfällig.",
        "Damit sind die 1.200 Euro zurück.",
        "Die Vollstreckung wegen 618,00 EUR wurde eingestellt.",
        "Wir sehen von der Geltendmachung der Restforderung (310,45 EUR) ab.",
        "Eine offene Rechnung über 74,95 EUR, wie Sie schreiben, gibt es hier nicht.",
    ],
)
def test_nothing_is_owed(read: Read, text: str) -> None:
    assert read(text).debt_amount == Decimal("0.00")


@pytest.mark.parametrize(
    "text",
    [
        "Offen sind 1.100,00 EUR; Ihre Offerte über 350,00 EUR ist damit vom Tisch.",
        "Wir fordern 1.100,00 EUR. Weitere Forderungen gibt es nicht.",
        "Offen sind 1.100,00 EUR. Die Vollstreckung wegen 1.100,00 EUR wurde vorerst eingestellt.",
    ],
)
def test_the_claim_stays_beside_something_given_up(read: Read, text: str) -> None:
    assert read(text).debt_amount == Decimal("1100.00")


def test_all_numbers_are_written_with_blanks_where_one_surely_is(read: Read) -> None:
    said = read("Kapital 1 430,00 €\nZinsen 88,15 €\nWir ersuchen um Ausgleich von 1 518,15 €.")
    assert (said.debt_amount, said.principal) == (Decimal("1518.15"), Decimal("1430.00"))


def test_a_position_and_its_sum_are_no_number_with_blanks(read: Read) -> None:
    said = read("Position 1 430,00 EUR\nPosition 2 100,00 EUR\nSumme: 530,00 EUR")
    assert said.debt_amount == Decimal("530.00")
