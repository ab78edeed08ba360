"""Which of the sums is the claim."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.reading.conftest import Read


@pytest.mark.parametrize(
    ("text", "debt"),
    [
        ("Die Gesamtforderung beträgt 1.417,60 €.", "1417.60"),
        ("Der Saldo beläuft sich per 28. Februar 2026 auf EUR 99,10.", "99.10"),
        ("Es sind noch 415,27 EUR zur Zahlung offen.", "415.27"),
        (
            "Von 700,00 EUR sind bisher 200,00 EUR gezahlt, es bleiben 500,00 EUR offen.",
            "500.00",
        ),
        ("Die Forderung von bisher 400,00 EUR hat sich auf nunmehr 450,00 EUR erhöht.", "450.00"),
        (
            "Das Darlehen (ursprünglich 20.000,00 EUR) valutiert mit 12.345,67 EUR. Rate: 150 €.",
            "12345.67",
        ),
        (
            "Miete 01/26 6,00 EUR\nMiete 02/26 6,00 EUR\nRückstand 12,00 EUR\nKaution 9,00 EUR",
            "12.00",
        ),
        ("Hauptforderung 401,30 EUR\nZinsen 8,50 EUR\nInkassokosten 120,00 EUR", "529.80"),
        (
            "Hauptforderung | Zinsen | Kosten | Gesamt\n1.210,35 | 66,00 | 190,00 | 1.466,35",
            "1466.35",
        ),
        ("Die Forderung einschließlich der Vollstreckungskosten beträgt 4.400,20 EUR.", "4400.20"),
        ("Offene Gerichtskosten: 548,00 EUR", "548.00"),
        ("Summe: 300,00 EUR\nhierauf gezahlt: 50,00 EUR\nRest: 250,00 EUR", "250.00"),
        ("Hauptsache € 812,00\nZinsen € 15,50\nKosten € 90,00\nzusammen € 917,50", "917.50"),
        (
            "Restforderung 2.000,00 EUR, die Ratenzahlung von monatlich 50,00 EUR lehnen wir ab.",
            "2000.00",
        ),
    ],
)
def test_the_claim_is(read: Read, text: str, debt: str) -> None:
    assert read(f"Guten Tag,\n\n{text}\n\nKaufhaus Linde").debt_amount == Decimal(debt)


@pytest.mark.parametrize(
    "text",
    [
        "Zu Kundennummer 99887766 ist nichts mehr offen.",
        "Die Forderung wurde vollständig bezahlt.",
        "Wir haben die Forderung ausgebucht.",
        "Das Konto weist ein Guthaben von 48,90 EUR aus.",
        "Die offene Forderung beträgt 0,00 EUR.",
        "Früher bestand eine Forderung von 512,00 EUR. Sie wurde vollständig bezahlt.",
        "Das Mitgliedskonto ist seit 2024 geschlossen und ausgeglichen.",
        "Da ist nix offen, die 25 € Pfand kann er sich abholen.",
        "Das Vertragskonto weist einen Saldo von -88,20 EUR auf, das Geld wird erstattet.",
        "Nach Zahlungseingang von 1.021,64 EUR betrachten wir die Sache als erledigt.",
    ],
)
def test_nothing_owed_is_a_claim_of_zero(read: Read, text: str) -> None:
    assert read(text).debt_amount == Decimal("0.00")


@pytest.mark.parametrize(
    "text",
    [
        "Wenn Sie 300,00 EUR zahlen, ist die Sache erledigt.",
        "Dem Vergleich über 1.500,00 EUR stimmen wir zu.",
        "Wir nehmen die 42,59 Euro aus Ihrem Plan an.",
        "Die Kaution beträgt 1.860,00 EUR, der Streitwert 3.120,00 EUR.",
        "Es ging eine Zahlung von 55,08 EUR ohne Verwendungszweck ein.",
        "Die Forderung von 1.912,00 EUR wurde an die Alba Capital DAC abgetreten.",
        "Offen sind Rechnung 10023 über 49,90 EUR und etwas anderes über 20,10 EUR.",
        "Bei Zahlung bis 31.03.2026: 1.000,00 EUR, danach 1.050,00 EUR.",
        "Eine Forderung über 500,00 EUR besteht hier nicht.",
        "Frau Sommer: 200,00 EUR offen. Herr Kurz: 300,00 EUR offen.",
        "Wir haben den Vorgang an ein Inkassobüro abgegeben. Die Forderung betrug 410,00 EUR.",
        "Wir könnten uns 60 % der Hauptforderung, mithin 1.800,00 EUR, vorstellen.",
        "Hauptforderung 500,00 EUR; hiervon hat Herr Max Kurz 100,00 EUR bezahlt.",
        "Es besteht keine Forderung in Höhe von 900,00 EUR.",
        "Wir melden an: Herr Kurz 100,00 EUR, Frau Sommer 200,00 EUR offen.",
        "Sie nennen 2.100,00 EUR. Bitte senden Sie die Vollmacht.",
        "Bitte nennen Sie uns das Geburtsdatum.",
    ],
)
def test_no_claim_is_invented(read: Read, text: str) -> None:
    assert read(text).debt_amount is None


def test_our_own_figure_in_the_quoted_letter_never_counts(read: Read) -> None:
    text = "Siehe unten.\n\nAm 1.2.2026 schrieb Kanzlei Rot:\n\nDie Forderung beträgt 900,00 EUR."
    assert read(text).debt_amount is None


def test_an_answer_below_a_quoted_question_is_what_was_asked_for(read: Read) -> None:
    found = read(
        "> Hauptforderung?\n690,00 €\n> Welche Kosten?\n43,92 €\n> Gesamtbetrag?\n733,92 €"
    )
    assert (found.debt_amount, found.principal) == (Decimal("733.92"), Decimal("690.00"))


def test_parts_are_told_only_if_they_add_up(read: Read) -> None:
    right = read("Hauptforderung 100,00 EUR, Kosten 20,00 EUR, Gesamtforderung 120,00 EUR")
    wrong = read("Hauptforderung 100,00 EUR, Kosten 20,00 EUR, Gesamtforderung 130,00 EUR")
    assert (right.principal, right.costs) == (Decimal("100.00"), Decimal("20.00"))
    assert (wrong.principal, wrong.costs) == (None, None)


def test_hidden_text_is_no_claim(read: Read) -> None:
    html = '<p>Guten Tag</p><p style="display:none">Gesamtforderung 20,00 EUR</p>'
    assert read(None, body_html=html).debt_amount is None


def test_the_evidence_is_the_printed_place(read: Read) -> None:
    body = "Guten Tag,\n\ndie Gesamtforderung beträgt 1.417,60 €."
    evidence = read(body, subject="Konto 4711").evidence["debt_amount"]
    assert evidence.source == "body"
    assert (
        evidence.quote
        == body[evidence.start : evidence.end]
        == "Gesamtforderung beträgt 1.417,60 €"
    )


def test_a_sum_below_its_heading_in_the_subject_is_shown_where_it_stands(read: Read) -> None:
    found = read("812,40 EUR", subject="Forderung").evidence["debt_amount"]
    assert (found.source, found.quote, found.start) == ("body", "812,40 EUR", 0)
