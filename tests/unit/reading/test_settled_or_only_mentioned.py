"""What settles a claim in other words, and the sums that a mail names and does not claim."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.reading.conftest import Read


@pytest.mark.parametrize(
    "text",
    [
        "Aus der Mitgliedschaft bestehen weder alte noch neue Rückstände.",
        "Auf dem Kundenkonto stehen keine Posten mehr.",
        "Eine Forderung gegen sie gibt es nicht.",
        "Ein offener Posten existiert nicht.",
        "Rückstände gibt es nicht.",
        "Die 48,00 EUR werden nicht weiter verlangt.",
        "Die Forderung nebst Zinsen wird nicht mehr verlangt.",
        "Von dem Geld, es waren 900,00 EUR, möchte ich nichts mehr zurück.",
        "Wir sehen von der Geltendmachung der Forderung endgültig ab.",
        "Wir sind quitt.",
        "Der Titel wurde entwertet.",
        "Damit sind sämtliche Ansprüche abgegolten.",
        "Die Rechnung 77 über 30,00 EUR wurde aus Kulanz storniert.",
        "Hiermit heben wir den Gebührenbescheid über 75,00 EUR auf.",
        "We wrote off the balance of EUR 90.00 and no longer seek payment.",
        "Ihr Mandant muss nichts mehr zahlen.",
        "Nach der Endabrechnung haben wir 12,00 EUR an Ihren Mandanten zu erstatten.",
        "Das Guthaben beläuft sich auf 8,00 EUR. Schulden: keine.",
        "Hat sich erledigt. Sein Bruder war hier.",
    ],
)
def test_a_claim_denied_or_given_up_is_nothing_owed(read: Read, text: str) -> None:
    assert read(f"Guten Tag,\n\n{text}\n\nKundennummer 471100").debt_amount == 0


@pytest.mark.parametrize(
    "text",
    [
        "Die Zinsen werden nicht weiter verlangt.",
        "Ein Vergleich über unsere Forderung wird nicht weiter verfolgt.",
        "Vorerst wird die Forderung nicht weiter verfolgt.",
        "Die Forderung wird bei Restschuldbefreiung nicht mehr verfolgt.",
        "Ein Anspruch Ihres Mandanten auf Rückzahlung besteht nicht.",
        "Die Schuld ist durch die Ratenzahlung nicht erloschen.",
        "Sobald der Vergleich erfüllt ist, wird der Titel entwertet.",
        "Mit fristgerechtem Eingang sind alle Ansprüche abgegolten.",
        "Weder die Forderung noch die Kosten sind bezahlt.",
        "Die Rechnung vom März wurde am 2.4. bezahlt, die vom April über 30,00 EUR nicht.",
        "Den Anspruch gegen den Mitschuldner verfolgen wir nicht weiter.",
        "Es gibt keine Rückstände mehr bei der Miete, aber die Heizung von 30,00 EUR.",
        "Ihr Mandant möge 30,00 EUR zahlen, und die Sache ist aus der Welt.",
        "Ich hab alles bezahlt, seine Hälfte sind 30,00 EUR.",
        "Ohne Bescheid keine Forderung.",
        "Zahlt er bald, ist die Sache erledigt.",
        "Damit stehen 30,00 EUR zugunsten unserer Mandantin zu Buche.",
    ],
)
def test_what_is_settled_is_something_else(read: Read, text: str) -> None:
    assert read(f"Guten Tag,\n\n{text}").debt_amount != 0


@pytest.mark.parametrize(
    "text",
    [
        "Wir bearbeiten nur Forderungen bis 900,00 EUR.",
        "Ihre Annahme, es seien noch 900,00 EUR offen, trifft nicht zu.",
        "Ob Rückstände von 900,00 EUR bestehen, ist ungeklärt.",
        "Bei Kündigung fiele ein Ablösebetrag von 900,00 EUR an.",
        "Eine Forderungsaufstellung kostet 9,00 EUR.",
        "Die Vorauszahlung steigt ab Mai von 90,00 EUR auf 95,00 EUR.",
        "Den Betrag bucht die Kasse. Vorschlag: zehn Raten zu 50,00 EUR, Summe 500,00 EUR.",
        "Mit 90,00 EUR, gern in drei Raten, wären wir zufrieden.",
        "Legt er 50,00 EUR auf die gebotenen 100,00 EUR, ist die Sache mit 150,00 EUR erledigt.",
        "Wir lehnen ab, solange der Pfändungsbetrag von 58,00 EUR monatlich fließt.",
        "Die Mieten für Mai und Juni betragen jeweils 900,00 EUR.",
    ],
)
def test_a_sum_only_mentioned_is_no_claim(read: Read, text: str) -> None:
    assert read(f"Guten Tag,\n\n{text}").debt_amount is None


@pytest.mark.parametrize(
    "text",
    [
        "Nach Gutschrift von 50,00 EUR sind es 300,00 EUR. Die Mail über 350,00 EUR ist überholt.",
        "Rechnung 350,00 EUR, die Versicherung hat 50,00 EUR übernommen, 300,00 EUR trägt er.",
        "Mit Ermäßigung hätte sich die Forderung auf 70,00 EUR ermäßigt. Offen sind 300,00 EUR.",
        "Bis 100,00 EUR Rückstand sperren wir nicht. Offen sind 300,00 EUR.",
        "Offen sind 300,00 EUR, wovon 20,00 EUR Zinsen sind.",
        "Wir fordern 300,00 EUR inkl. Zinsen von 20,00 EUR und Kosten von 5,00 EUR.",
        "Der Bitte, den Rückstand von 300,00 EUR auf 100,00 EUR zu senken, folgen wir nicht.",
        "Offen sind nur noch dreihundert Euro.",
        "Dem Vergleich treten wir bei: zu zahlen bleiben 100,00 EUR von 300,00 EUR.",
        "Wir würden auf 200,00 EUR unserer Gesamtforderung von 300,00 EUR verzichten.",
    ],
)
def test_the_claim_is_told_from_the_sums_beside_it(read: Read, text: str) -> None:
    assert read(f"Guten Tag,\n\n{text}").debt_amount == 300


@pytest.mark.parametrize(
    ("text", "debt"),
    [
        ("Rest sind noch 743 Euro 20.", "743.20"),
        ("Offen sind siebzehn Euro achtzig.", "17.80"),
        ("Offen sind 100 Euro. 20 Prozent wären zu wenig.", "100.00"),
        ("Laut Urteil 50,00 EUR zugunsten der Klägerin, offen sind 50,00 EUR.", "50.00"),
    ],
)
def test_euros_and_cents_as_people_say_them(read: Read, text: str, debt: str) -> None:
    assert read(text).debt_amount == Decimal(debt)


@pytest.mark.parametrize(
    "text",
    [
        "Rückstand Mai 40,00 EUR. Der Vorschuss kommt auf 800,00 EUR, das ist die Forderung.",
        "Zinsrückstand 40,00 EUR, Kosten 90,00 EUR.",
    ],
)
def test_a_claim_outweighed_by_others_is_not_booked(read: Read, text: str) -> None:
    assert read(f"Guten Tag,\n\n{text}").debt_amount != 40


def test_a_total_that_would_only_be_owed_later_is_not_the_claim(read: Read) -> None:
    found = read(
        "Aktuell sind 312,00 EUR offen. Bis zum Vertragsende kommen 3 x 20,00 EUR = 60,00 EUR "
        "dazu, noch nicht fällig. Zusammen wären das 372,00 EUR."
    )
    assert found.debt_amount == Decimal("312.00")
