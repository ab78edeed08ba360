"""Claims behind participles, in shares and columns, lent money, and what is left of a sum."""

from __future__ import annotations

from decimal import Decimal

import pytest

from functions.worker.reading.money.amounts import find_amounts
from tests.unit.reading.conftest import Read


@pytest.mark.parametrize(
    ("text", "debt"),
    [
        (
            "Von der inzwischen auf 3.750,10 EUR angewachsenen Forderung lassen wir nicht.",
            "3750.10",
        ),
        ("Bei 1.370,20 EUR Restschuld wären das zehn Jahre.", "1370.20"),
        ("Die Forderung von 8.400 EUR wurde am 1.3. auf 7.900,00 EUR berichtigt.", "7900.00"),
        ("900 Euro kamen zurück. Auf die restlichen 2300 Euro warten wir noch.", "2300.00"),
        ("Aus dem Dispositionskredit sind heute 5.204,17 EUR offen.", "5204.17"),
        (
            "Gegen 900,00 EUR würden wir den Rest unserer Forderung von 4.310,20 EUR erlassen.",
            "4310.20",
        ),
        ("Die mit 812,00 EUR titulierten Ansprüche bestehen fort.", "812.00"),
        ("Das ist angesichts eines Rückstands von 2.310,40 EUR wenig.", "2310.40"),
        ("Er schuldet nicht 2.413,70 Euro, richtig ist 2.143,70 Euro.", "2143.70"),
        ("Er schuldet 1.850 €, nicht wie von Ihnen aufgeführt 1.500 €.", "1850.00"),
        ("Nach Abzug der Gutschrift verbleibt ein Betrag zu Ihren Lasten von 61,80 EUR.", "61.80"),
        ("Nach Verwertung des Pkw zu 4.200,00 EUR fehlen uns noch 7.310,50 EUR.", "7310.50"),
        ("Er hat mir zwar 200 Euro gebracht, aber 1.300 Euro stehen weiter aus.", "1300.00"),
        ("Er ist säumig. 1.300,00 EUR sind nachzuentrichten.", "1300.00"),
        ("Es bestehen Ansprüche von zuletzt 1.377,20 EUR.", "1377.20"),
        ("Our client insists on full payment of EUR 880.00.", "880.00"),
    ],
)
def test_the_claim_in_a_sentence(read: Read, text: str, debt: str) -> None:
    assert read(text).debt_amount == Decimal(debt)


@pytest.mark.parametrize(
    ("text", "debt"),
    [
        ("Wir schlagen ein: 150 EUR statt 529,80 EUR, zahlbar bis 15.04.2026.", "529.80"),
        ("Statt 2.214,00 EUR begnügt sich unsere Mandantin mit 1.300,00 EUR.", "2214.00"),
        ("Mit 400,00 EUR auf 1.377,20 EUR sind wir einverstanden.", "1377.20"),
        ("Eine Quote von 4 % auf 3.140,00 EUR ist uns zu wenig.", "3140.00"),
        ("Wir lehnen ab. 7.000,00 EUR sind offen, 350,00 EUR sind ein Witz.", "7000.00"),
        ("Unter 1.100,00 EUR geht nichts, offen sind 2.180,00 EUR.", "2180.00"),
        (
            "Bei Forderungen von 880,00 EUR kommt eine Zahlung von 90,00 EUR nicht in Frage.",
            "880.00",
        ),
    ],
)
def test_the_claim_beside_an_offer(read: Read, text: str, debt: str) -> None:
    assert read(text).debt_amount == Decimal(debt)


@pytest.mark.parametrize(
    ("text", "debt"),
    [
        ("Ich hab ihr 2200 Euro geborgt. 500 hab ich zurück. Es fehlen also noch 1700.", "1700.00"),
        ("Geliehen hab ich ihm dreitausend, bleiben zweitausendachthundert.", "2800.00"),
        ("Er hat sich 900 Euro von mir geliehen und bis heute nichts zurückgegeben.", "900.00"),
        ("Von den fünfzehnhundert Euro fehlen mir noch zwölfhundert Euro.", "1200.00"),
    ],
)
def test_lent_money_of_which_something_came_back(read: Read, text: str, debt: str) -> None:
    assert read(text).debt_amount == Decimal(debt)


def test_the_open_column_without_a_total_is_added_up(read: Read) -> None:
    text = (
        "Abgabe | festgesetzt | noch offen\nUSt 2023 | 8.400,00 | 6.118,00\n"
        "ESt 2025 | 800,00 | 800,00\nGewSt 2024 | 443,00 | 443,00"
    )
    assert read(text).debt_amount == Decimal("7361.00")


def test_sums_in_front_of_their_labels_are_a_list(read: Read) -> None:
    text = "Sie hat zu erstatten:\n\n€ 611,40  Umsätze\n€  38,17  Zinsen\n€ 212,20  Einzugskosten"
    found = read(text)
    assert found.debt_amount == Decimal("861.77")
    assert (found.principal, found.interest) == (Decimal("611.40"), Decimal("38.17"))
    assert found.costs == Decimal("212.20")


@pytest.mark.parametrize(
    ("text", "debt"),
    [
        ("* Monatsbeitrag: 64,30 EUR\n* Beitragsrückstand: 385,80 EUR (sechs Monate)", "385.80"),
        ("Der Dispo steht heute mit 1.204,17 € im Minus.", "1204.17"),
        (
            (
                "Hauptschuld 1.830,00 EUR\nKosten 70,50 EUR\nZu zahlen 1.900,50 EUR\n\n"
                "Auf die ursprüngliche Forderung von 2.000,00 EUR wurden 99,50 EUR gepfändet."
            ),
            "1900.50",
        ),
        ("Rückstand\n\n1.830,00 EUR ab Mai\n\nSchlussrate\n\n30,00 EUR", "1830.00"),
    ],
)
def test_the_claim_beside_fees_payments_and_instalments(read: Read, text: str, debt: str) -> None:
    assert read(text).debt_amount == Decimal(debt)


def test_a_payment_in_front_of_its_label_is_taken_off(read: Read) -> None:
    found = read(
        "Abrechnung der Wohnung:\n  2.480,50 EUR  Mieten\n"
        "  ./. 900,00 EUR  Kaution, verrechnet\n  1.580,50 EUR  Restforderung\n"
    )
    assert found.debt_amount == Decimal("1580.50")


@pytest.mark.parametrize(
    ("body", "sender", "debt"),
    [
        (
            "Der Saldo lautet auf -1.204,30 EUR.\n\nMit freundlichen Grüßen\n",
            "Sparkasse Auental",
            "1204.30",
        ),
        ("Wir haben das Konto geprüft: Saldo -980,00 EUR.", "Volksbank Auental", "980.00"),
        ("Der Saldo Ihres Mandanten lautet auf -18,20 EUR.", "Stadtwerke Auental", "0.00"),
    ],
)
def test_a_negative_balance_is_owed_to_a_bank_named_anywhere(
    read: Read, body: str, sender: str, debt: str
) -> None:
    assert read(f"{body}\n{sender}", from_name=sender).debt_amount == Decimal(debt)


@pytest.mark.parametrize(
    "text",
    [
        "Wir nehmen das Angebot an. Bitte überweisen Sie die 180,00 EUR bis zum 15.05.",
        "Gegen Zahlung von 1.300,00 EUR verzichtet sie auf den Restbetrag von 914,00 EUR.",
        "Der Tarif kostet jetzt 19,99 EUR statt 29,99 EUR monatlich.",
    ],
)
def test_what_was_agreed_or_forgone_is_no_claim(read: Read, text: str) -> None:
    assert read(text).debt_amount is None


@pytest.mark.parametrize(
    "text",
    [
        "Der Rückstand von 420,00 EUR wurde im März verrechnet. Beiträge stehen nicht mehr aus.",
        "Auf die noch offenen 44,00 EUR verzichten wir aus Kulanz.",
        "Der Bürge hat 1.300,00 EUR gezahlt. Ansprüche gegen Ihren Mandanten bestehen nicht mehr.",
        "Der Posten von 80 Euro ist bei uns als uneinbringlich ausgebucht.",
    ],
)
def test_what_stands_no_longer_open_is_zero(read: Read, text: str) -> None:
    assert read(text).debt_amount == Decimal("0.00")


def test_a_claim_bought_from_another_is_the_writer_s(read: Read) -> None:
    text = (
        "Die Altbank hat ihre Ansprüche an die Adler DAC verkauft, wir sind mit der Verwaltung"
        " beauftragt. Für die Adler DAC melden wir 6.240,00 EUR an."
    )
    assert read(text).debt_amount == Decimal("6240.00")


@pytest.mark.parametrize("text", ["es bleiben hundertprozentige Zweifel", "es fehlen Unterlagen"])
def test_words_that_are_no_numbers_are_no_sums(text: str) -> None:
    assert find_amounts(text) == ()
