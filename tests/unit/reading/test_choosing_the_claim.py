"""Which sum is owed when the mail tells a story: payments, changes, lists, several dates."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.reading.conftest import Read


def _debt(read: Read, text: str) -> Decimal | None:
    return read(f"Guten Tag,\n\n{text}\n\nKaufhaus Linde").debt_amount


@pytest.mark.parametrize(
    ("text", "debt"),
    [
        ("Nach Abzug der Zahlung (120,00 EUR) reduziert sich die Schuld auf 880,00 EUR.", "880.00"),
        ("Die Schuld hat sich von 2.000,00 EUR auf 1.700,00 EUR ermäßigt.", "1700.00"),
        ("Die Forderung beträgt nicht 1.500,00 EUR, sondern 1.350,00 EUR.", "1350.00"),
        ("Der Max hat von den 800 Euro erst 150 Euro gegeben, 650 Euro fehlen noch.", "650.00"),
        ("Am 1.12. betrug der Saldo 310,50 EUR. Heute beläuft er sich auf 321,75 EUR.", "321.75"),
        ("01.12.2025 4.500,00 EUR\n15.03.2026 4.612,00 EUR", "4612.00"),
        ("Die Restschuld des Darlehens (urspr. 15.000,00 EUR) liegt bei 9.876,54 EUR.", "9876.54"),
        ("Forderung: 671,05 EUR. Das Guthaben von 44,20 EUR ist darin verrechnet.", "671.05"),
        ("Aus dem Urteil vom 3.3. über 2.000,00 EUR stehen heute 2.644,12 EUR offen.", "2644.12"),
    ],
)
def test_a_former_sum_gives_way_to_today_s(read: Read, text: str, debt: str) -> None:
    assert _debt(read, text) == Decimal(debt)


@pytest.mark.parametrize(
    ("text", "debt"),
    [
        ("netto 100,00 EUR\nUSt. 19,00 EUR\nRechnungsbetrag 119,00 EUR", "119.00"),
        ("Kapital 500,00 €\n+ Zinsen 12,30 €\n= per 05.03.2026 512,30 €", "512.30"),
        ("Kosten 40,00 EUR, Rückstand 300,00 EUR; zusammengerechnet 340,00 EUR", "340.00"),
        ("Zu zahlen 190,00 €\nHose 150,00 €\nJacke 60,00 €\nRetoure -20,00 €", "190.00"),
        ("Mieten 2.000,00 EUR, die Kaution 700,00 EUR rechnen wir auf: 1.300,00 EUR", "1300.00"),
        ("Saldo 90,00 €\nAblösewert 100,00 €\nabzgl. Erlös 30,00 €\nGutachten 20,00 €", "90.00"),
    ],
)
def test_the_result_of_a_reckoning_is_the_claim(read: Read, text: str, debt: str) -> None:
    assert _debt(read, text) == Decimal(debt)


@pytest.mark.parametrize(
    ("text", "debt"),
    [
        ("Offen: Rechnung 10023 über 49,90 EUR und Rechnung 10077 über 20,10 EUR.", "70.00"),
        ("Rückstände:\nMiete Mai: 640,00 €\nMiete Juni: 640,00 €\nNebenkosten: 20,00 €", "1300.00"),
        (
            """Es bestehen Ansprüche:\na) Bescheid A 60,00 EUR\nb) Bescheid B 40,00 EUR

            Der Bescheid vom 2.1.2025 (20,00 EUR) ist getilgt.""",
            "100.00",
        ),
        ("Gefordert werden 500,00 EUR Hauptforderung und 70,20 EUR Inkassokosten.", "570.20"),
    ],
)
def test_a_list_without_a_total_is_added_up(read: Read, text: str, debt: str) -> None:
    assert _debt(read, text) == Decimal(debt)


def test_the_same_sum_told_twice_is_one_claim(read: Read) -> None:
    text = "Offen sind 640,00 EUR aus der Miete. Bitte die Miete von 640,00 EUR überweisen."
    assert _debt(read, text) == Decimal("640.00")


@pytest.mark.parametrize(
    ("text", "debt"),
    [
        ("Sparkasse Musterstadt\nSaldo: -2.151,66 EUR", "2151.66"),
        ("Stadtwerke Musterstadt\nSaldo: -51,66 EUR, das Guthaben zahlen wir aus", "0.00"),
    ],
)
def test_a_minus_is_a_debt_only_at_a_bank(read: Read, text: str, debt: str) -> None:
    assert _debt(read, text) == Decimal(debt)


@pytest.mark.parametrize(
    ("text", "debt"),
    [
        ("Die Hauptforderung ist bezahlt. Offen sind noch Kosten von 45,90 EUR.", "45.90"),
        ("Die Forderung über 612,00 EUR ist tituliert. Kosten sind ausgebucht.", "612.00"),
        ("Die Inkassokosten von 190,00 EUR lassen wir fallen. Offen: 76,35 EUR.", "76.35"),
        ("Mit der Kundin sind damit noch\n\n1.276,35 EUR\n\nzu zahlen.", "1276.35"),
    ],
)
def test_what_is_settled_or_waived_leaves_the_rest(read: Read, text: str, debt: str) -> None:
    assert _debt(read, text) == Decimal(debt)


def test_a_claim_assigned_to_the_writer_is_his(read: Read) -> None:
    text = "Die Forderung wurde uns von der Altbank abgetreten. Sie beträgt 5.012,00 EUR."
    assert _debt(read, text) == Decimal("5012.00")


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("Die offene Forderung beträgt Fr. 2'430.60.", "CHF"),
        ("Aushaftend sind derzeit EUR 8.120,33 samt Zinsen.", "EUR"),
        ("Betrag in EUR\nHauptforderung  100,00\nKosten  5,00\nGesamt  105,00", "EUR"),
    ],
)
def test_the_currency_is(read: Read, text: str, currency: str) -> None:
    assert read(text).currency == currency


def test_an_english_statement_is_read_with_its_parts(read: Read) -> None:
    text = "Principal EUR 800.00\nAccrued interest EUR 95.50\nFees EUR 20.00\nTotal EUR 915.50"
    found = read(text)
    assert (found.debt_amount, found.principal) == (Decimal("915.50"), Decimal("800.00"))
    assert (found.interest, found.costs) == (Decimal("95.50"), Decimal("20.00"))


def test_a_subtotal_of_costs_counts_once(read: Read) -> None:
    text = "Hauptforderung 100,00 €\nPorto-Kosten 2,00 €\nMahnkosten 3,00 €\nKosten 5,00 €"
    found = read(f"{text}\nGesamt 105,00 €")
    assert (found.principal, found.costs) == (Decimal("100.00"), Decimal("5.00"))


@pytest.mark.parametrize(
    ("text", "debt"),
    [
        ("Statt der genannten 620,00 EUR sind es 590,00 EUR; 30,00 EUR waren gezahlt.", "590.00"),
        ("Der von Ihnen angegebene Betrag von 500,00 EUR trifft zu.", "500.00"),
        ("Die im Plan angesetzten 500,00 EUR sind falsch, richtig sind 545,00 EUR.", "545.00"),
        (
            "Die Forderung hat sich durch die Zahlung (90,00 EUR) auf 910,00 EUR verringert.",
            "910.00",
        ),
        ("Machbar wären 50 EUR monatlich, bis die 900,00 EUR getilgt sind.", "900.00"),
        (
            "Geboten wurden uns 31,20 EUR. Die 389,00 EUR wollen wir komplett.",
            "389.00",
        ),
        ("Zwei Raten zu je 25,00 EUR, 400,00 EUR Rest, macht 450,00 EUR.", "450.00"),
        ("Mit 5 % unserer Forderung von 2.310,00 EUR, also 115,50 EUR, geht das nicht.", "2310.00"),
        ("Offen: Beitrag 120,00 EUR, plus 3 Mahnungen zu je 5,00 EUR. Macht 135,00 EUR.", "135.00"),
        ("Offen sind die zwei Rechnungen vom Mai, 79,50 € und 58,50 €.", "138.00"),
        (
            (
                "Rechnung 101 ..... 212,00 €\nRechnung 102 ..... 198,00 €\nZahlung ..... -50,00 €\n"
                "Weitere Posten sind offen nicht verbucht."
            ),
            "360.00",
        ),
        (
            (
                "Nr. | Rechnungsbetrag | gezahlt | offen\nA1 | 200,00 | 50,00 | 150,00\n"
                "A2 | 300,00 | 0,00 | 300,00\nSumme | 500,00 | 50,00 | 450,00"
            ),
            "450.00",
        ),
        (
            (
                "Datum | Text | Betrag | Saldo\n1.1.2026 | Vortrag | 400,00 | 400,00\n"
                "5.1.2026 | Zahlung | -200,00 | 200,00\n1.2.2026 | Miete | 300,00 | 500,00"
            ),
            "500.00",
        ),
        (
            (
                "Den alten Vertrag (70,00 EUR) haben wir abgegeben an die Alba. Einer ist noch bei"
                " uns; da fehlen 251,20 EUR."
            ),
            "251.20",
        ),
        ("Betrag der Forderung\n\n1.234,00 EUR\n\nBitte überweisen.", "1234.00"),
    ],
)
def test_the_rest_of_a_story_is_the_claim(read: Read, text: str, debt: str) -> None:
    assert _debt(read, text) == Decimal(debt)


@pytest.mark.parametrize(
    "text",
    [
        "Kern, Eva | Nr. 47 | 120,00 EUR\nKurz, Peter | Nr. 48 | 340,00 EUR\nSumme | 460,00 EUR",
        "Eva Kern, Nr. 47: es bleibt bei 120,00 EUR.\nPeter Kurz, Nr. 48: offen sind 340,00 EUR.",
        "Wir stimmen zu. Gehen 799,44 EUR bis Mai ein, streichen wir die restlichen 900,00 EUR.",
        "Die Gutschrift über 55,00 EUR wird Ihrer Mandantin in den nächsten Tagen ausgezahlt.",
        "Mit der Sache beim Anwalt (3.700,00 EUR) haben wir nichts zu tun.",
    ],
)
def test_sums_of_others_or_without_a_claim_are_none(read: Read, text: str) -> None:
    assert _debt(read, text) in {None, Decimal("0.00")}


@pytest.mark.parametrize(
    "text",
    [
        "Aus Kulanz verzichten wir auf unsere Forderung in Höhe von 45,00 EUR.",
        "Die Geldbuße von 120,00 EUR ist nicht mehr zu zahlen.",
        "Der Bescheid (750,00 EUR) ist gegenstandslos, er wird nicht länger geltend gemacht.",
        "Wegen der 300 Euro: sie schenkt ihm das Geld, er muss nichts mehr zurückzahlen.",
    ],
)
def test_a_claim_that_was_given_up_is_zero(read: Read, text: str) -> None:
    assert _debt(read, text) == Decimal("0.00")


@pytest.mark.parametrize(
    "text",
    [
        "Einem Verzicht zugunsten Ihres Mandanten können wir nicht nähertreten.",
        "Mein Vertrag als Verwalter ist erloschen, Unterlagen habe ich keine mehr.",
    ],
)
def test_a_refusal_or_an_ended_contract_is_no_zero_claim(read: Read, text: str) -> None:
    assert _debt(read, text) is None


@pytest.mark.parametrize(
    ("text", "debt"),
    [
        ("Raten von 40,00 EUR genügen, bis der Betrag von 720,00 EUR abbezahlt ist.", "720.00"),
        ("Gestattet sind, 720,00 EUR in sechs gleichen Raten von 120,00 EUR zu zahlen.", "720.00"),
        ("Er schuldet 700,00 EUR; 18 Raten zu je 40,00 EUR wären zusammen 720,00 EUR.", "700.00"),
        ("Das Konto weist per 2.3. samt Zuschlägen und Porto 310,00 EUR aus.", "310.00"),
        ("Wir fordern die zu Unrecht gezahlten Leistungen von 310,00 EUR zurück.", "310.00"),
        ("Den Rückstand von Frau Dr. Eva Kern (310,00 EUR) melden wir an.", "310.00"),
        ("Die Altbank hat uns ihre Forderung verkauft und abgetreten: 310,00 EUR.", "310.00"),
        ("Wir haben verkauft, bleiben aber Ansprechpartner. Rückstand: 310,00 EUR.", "310.00"),
        ("Unbezahlt ist die Erstattungsforderung von 310,00 EUR.", "310.00"),
        ("Das Beitragskonto schließt mit 36,40 EUR im Haben.", "0.00"),
        ("Beigetrieben werden:\n- Forderung 300,00\n- Mahngebühr 5,00\n(in EUR)", "305.00"),
    ],
)
def test_the_claim_behind_verbs_instalments_and_assignments(
    read: Read, text: str, debt: str
) -> None:
    assert _debt(read, text) == Decimal(debt)


def test_the_open_column_of_a_table_is_divided(read: Read) -> None:
    text = (
        "Position | Soll EUR | getilgt EUR | offen EUR\nHauptforderung | 800,00 | 0,00 | 800,00\n"
        "Zinsen | 40,00 | 10,00 | 30,00\nVergütung (§ 13e RDG) | 90,00 | 20,00 | 70,00\n"
        "Summe | 930,00 | 30,00 | 900,00"
    )
    found = read(text)
    assert (found.debt_amount, found.principal) == (Decimal("900.00"), Decimal("800.00"))
    assert (found.interest, found.costs) == (Decimal("30.00"), Decimal("70.00"))
