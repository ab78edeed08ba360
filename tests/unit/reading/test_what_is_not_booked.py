"""Amounts that a mail prints or tells, and that nobody may book without a person's look."""

from __future__ import annotations

from decimal import Decimal

import pytest

from functions.worker.weigh_claim import LEAST_CONFIDENCE
from tests.unit.reading.conftest import Read


def _booked(read: Read, text: str) -> Decimal | None:
    """The amount that is sure enough to be recorded."""
    found = read(f"Guten Tag,\n\n{text}\n\nKaufhaus Linde")
    evidence = found.evidence.get("debt_amount")
    return found.debt_amount if evidence and evidence.confidence >= LEAST_CONFIDENCE else None


@pytest.mark.parametrize(
    "text",
    [
        "Ist Ihre Sache damit erledigt?",
        "Bestätigen Sie uns, dass der Saldo restlos beglichen wurde.",
        "Wurde das Konto vollständig ausgeglichen? Bei uns ging nichts ein.",
        "Sie behaupten, die Rechnung sei vollständig bezahlt.",
        "Ihr Mandant schreibt, es bestünden keine Ansprüche mehr; er habe keine Schulden.",
        "Angeblich ist die Forderung vollständig getilgt. Das ist uns neu.",
        "Der Einspruch ist erledigt, der Titel bleibt.",
        "Ihre Rückfrage vom 3.4. hat sich erledigt.",
        "In dieser Sache ist die Klage erledigt.",
        "Außer der genannten Rechnung bestehen keine weiteren Forderungen.",
        "Ein weiterer Vorgang ist erledigt.",
        "Das Konto wurde buchhalterisch ausgebucht.",
        "Die Forderung ist abgeschrieben, der Anspruch bleibt bestehen.",
        "Wir haben die Forderung an die Firma Nordlicht verkauft; uns steht nichts mehr offen.",
        "Uns stehen keine Ansprüche mehr zu, diese haben wir an die Firma Nordlicht abgetreten.",
        "Die Monatsmieten wurden bisher vollständig bezahlt.",
        "Die Forderung ist abgeschrieben, wir behalten uns aber die Vollstreckung vor.",
        "Die Rechnung aus Mai ist bezahlt. Die aus Juni ist noch offen.",
        "Saldo:\nDer Zahlungsplan ist erledigt.",
        "Stand: 0,00 EUR. Die Kosten von 12,00 EUR sind noch offen.",
        "Der Rückstand beträgt 250,00 EUR.\n\nDer Mahnbescheid über die Miete ist bezahlt.",
    ],
)
def test_nothing_is_owed_only_where_the_writer_says_so_of_his_claim(read: Read, text: str) -> None:
    assert _booked(read, text) != 0


@pytest.mark.parametrize(
    "text",
    [
        "Die Forderung vom 3.4. ist erledigt.",
        "Zu Ihrem Schreiben in der Sache Nordweg: Das Konto wurde ausgebucht.",
        "Die Angelegenheit ist vom Tisch, die Forderung ist bezahlt.",
        "Ihr Schreiben hat sich durch die Überweisung erledigt.",
        "Die 120,00 EUR haben wir ausgebucht.",
        "Wir haben die Forderung von der Firma Nordlicht erworben. Sie ist vollständig bezahlt.",
    ],
)
def test_a_settled_claim_is_nothing_owed(read: Read, text: str) -> None:
    assert _booked(read, text) == 0


def test_another_file_that_is_closed_leaves_the_claim(read: Read) -> None:
    text = "Die Forderung beträgt 640,00 EUR (ein anderer Vorgang ist erledigt)."
    assert _booked(read, text) == Decimal("640.00")


@pytest.mark.parametrize(
    "text",
    [
        "Die von Ihnen genannte Hauptforderung über 3.450,00 EUR ist uns nicht erklärlich.",
        "Den von Ihnen mitgeteilten Saldo von 3.450,00 EUR können wir nicht bestätigen.",
        "Ihre Angabe zum Forderungsbetrag (3.450,00 EUR) wird von uns noch geprüft.",
        "Laut Ihrem Schreiben beträgt die Forderung 3.450,00 EUR.",
        "Sie beziffern unsere Forderung auf 3.450,00 EUR.",
        "Sie haben eine Schuld von 3.450,00 EUR angegeben.",
        "Sie nennen einen Rückstand von 3.450,00 EUR.",
        "Die Restschuld von 3.450,00 EUR, die Sie angeben, kennen wir nicht.",
    ],
)
def test_our_own_figure_is_not_the_writer_s(read: Read, text: str) -> None:
    assert _booked(read, text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Der von Ihnen genannte Saldo von 3.450,00 EUR ist richtig.",
        "Zu dem von Ihnen genannten Aktenzeichen beträgt die Forderung 3.450,00 EUR.",
        "Entgegen Ihrer Angabe beläuft sich der Saldo auf 3.450,00 EUR.",
        "Die von Ihnen genannte Forderung von 3.000,00 EUR ist falsch, richtig sind 3.450,00 EUR.",
    ],
)
def test_a_figure_the_writer_makes_his_own_is_his(read: Read, text: str) -> None:
    assert _booked(read, text) == Decimal("3450.00")


@pytest.mark.parametrize(
    "text",
    [
        "Der Saldo beträgt 3 450 , 20 EUR.",
        "Der Gesamtbetrag lautet 3.\n450,20 EUR.",
        "Wir fordern insgesamt 3.450,\n20 EUR.",
        "Gesamtsumme EUR 3 450 , 20",
        "Gesamtsumme 3 450 EUR",
        "Gesamtsumme 3.450,2 0 EUR",
        "Gesamtsumme 3.45 0,20 EUR",
        "Gesamtsumme: EUR 3.450 , 20",
        "Der Rückstand beläuft sich auf 3\n450,20 EUR.",
    ],
)
def test_a_torn_number_is_not_booked_by_halves(read: Read, text: str) -> None:
    assert _booked(read, text) in {None, Decimal("3450.20")}


@pytest.mark.parametrize(
    "text",
    [
        "Die Forderung betrug am 10.02. 450,20 EUR und ist unverändert offen.",
        "Offener Saldo aus der Rechnung vom 01.02.2025, 450,20 EUR.",
        "Offene Posten:\n1. 450,20 EUR Miete",
        "Saldo zu Rechnung 4711 EUR 450,20",
    ],
)
def test_a_number_before_a_sum_does_not_tear_it(read: Read, text: str) -> None:
    assert _booked(read, text) == Decimal("450.20")


@pytest.mark.parametrize(
    ("text", "debt"),
    [
        ("Saldo per 28.02.2026: 731,40 EUR, per 15.03.2026: 745,10 EUR.", "745.10"),
        ("Rückstand Stand 28.02.2026: 731,40 EUR; Stand 15.03.2026: 702,00 EUR.", "702.00"),
        ("Forderung am 28.02.2026: 731,40 EUR; am 15.03.2026: 745,10 EUR.", "745.10"),
        ("Saldo per 28.02.2026: 731,40 EUR. Eingänge: am 15.03.2026: 50,00 EUR.", "731.40"),
        ("Forderung zum 15.03.2026: 745,10 EUR (zum 28.02.2026: 731,40 EUR).", "745.10"),
    ],
)
def test_of_several_days_the_latest_counts(read: Read, text: str, debt: str) -> None:
    assert _booked(read, text) == Decimal(debt)


@pytest.mark.parametrize(
    "text",
    [
        "Zahlen Sie 900,00 EUR bis 31.05., dann ist die Restforderung von 1.600,00 EUR erlassen.",
        "Sobald 900,00 EUR eingehen, verzichten wir auf die übrige Forderung von 1.600,00 EUR.",
        "Rückstand vor Abzug Ihrer Zahlung: 1.600,00 EUR.",
        "Der Arbeitgeber Ihres Mandanten schuldet uns 1.600,00 EUR; er persönlich nichts.",
        "Von der Gesamtforderung 1.600,00 EUR entfallen auf Ihre Mandantin nur 800,00 EUR.",
        "Restschuld 1.600,00 EUR. Ablösebetrag am 30.04.: 1.540,00 EUR",
        "Es besteht kein Zahlungsrückstand. Der Restkredit von 1.600,00 EUR läuft planmäßig.",
        "Ihre 7.100 EUR sind falsch, unsere Forderung liegt 1.600,00 EUR höher.",
        "Es stehen 1.600,00 EUR offen. Davon wurden bereits 300,00 EUR bezahlt.",
        "Insgesamt 1.600,00 EUR, hierauf hat er 100 EUR gezahlt.",
        "Die Zahlung ist im Saldo von 1.600,00 EUR noch nicht berücksichtigt.",
        "Hauptforderung 1.600,00 EUR nebst 4 % Zinsen daraus sowie 45,00 EUR Mahnkosten",
        "Die Gesamtforderung beläuft sich auf 1.500,00 bis 1.600,00 EUR.",
        "Der Gesamtrückstand liegt zwischen 1.500,00 und 1.600,00 EUR.",
        "Hauptforderung: 1.500,00 EUR\nZinsen: 61,00 EUR\nKosten: 9,00 EUR\nSumme: 1.600,00 EUR",
    ],
)
def test_a_claim_with_a_condition_or_a_contradiction_is_not_booked(read: Read, text: str) -> None:
    assert _booked(read, text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Offen sind noch 1.600,00 EUR. Davon können 300,00 EUR in Raten gezahlt werden.",
        "Offen sind 1.600,00 EUR zuzüglich täglich 0,31 EUR Zinsen.",
        "Die Forderung beträgt 1.600,00 EUR zzgl. 0,31 EUR Zinsen pro Tag ab 1.4.2026.",
        "Es bleiben 1.500,00 EUR zzgl. 70,00 EUR Zinsen und 30,00 EUR Kosten, also 1.600,00 EUR.",
        "Der Saldo beträgt 1.600,00 EUR nebst 5 % Zinsen seit dem 1.4.2026.",
        "Auf die Mahnkosten verzichten wir. Die Forderung beträgt 1.600,00 EUR.",
        "Hauptforderung: 1.500,00 EUR\nZinsen: 70,00 EUR\nKosten: 30,00 EUR\nSumme: 1.600,00 EUR",
    ],
)
def test_what_comes_on_top_or_goes_into_it_leaves_the_claim(read: Read, text: str) -> None:
    assert _booked(read, text) == Decimal("1600.00")


def test_what_interest_and_costs_leave_of_the_whole_is_the_principal(read: Read) -> None:
    found = read("Forderung: 1.600,00 EUR (darin Zinsen 70,00 EUR und Kosten 30,00 EUR enthalten)")
    assert (found.principal, found.interest, found.costs) == (
        Decimal("1500.00"),
        Decimal("70.00"),
        Decimal("30.00"),
    )


def test_a_rate_of_interest_gives_its_name_to_no_sum(read: Read) -> None:
    found = read("Hauptforderung 1.600,00 EUR nebst 4 % Zinsen daraus und 45,00 EUR Auslagen")
    assert (found.interest, found.costs) == (None, Decimal("45.00"))
