"""Debtor, creditor, and who acts for him."""

from __future__ import annotations

import pytest

from tests.unit.reading.conftest import Read


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Unsere Forderung gegen Herrn Deniz Kaya besteht.", "Deniz Kaya"),
        ("Schuldner: Pawlow, Igor", "Pawlow, Igor"),
        ("Mieter Karl Schmidt, Wohnung 12, Rückstand", "Karl Schmidt"),
        ("die Forderung gegen Hans-Peter von der Heide", "Hans-Peter von der Heide"),
        ("Versicherte: Nguyen Thi Lan", "Nguyen Thi Lan"),
        ("Das Konto von Anna Meyer ist offen.", "Anna Meyer"),
        ("Ihr Mandant Oleksandr Petrenko schuldet uns Geld.", "Oleksandr Petrenko"),
        ("Die Forderung gegen Herrn Möller\n> in Sachen Jürgen Möller", "Jürgen Möller"),
    ],
)
def test_the_debtor_is(read: Read, text: str, name: str) -> None:
    assert read(text).client_name == name


@pytest.mark.parametrize(
    "text",
    [
        "Sehr geehrte Frau Katharina Rosenthal,\n\ndie Forderung ist offen.",
        "Die Forderung ist offen.\n\nMit freundlichen Grüßen\nSabine Müller",
        "Ihre Ansprechpartnerin: Sabine Müller\n\nDie Forderung ist offen.",
        "Die Forderung ist offen.\n\nSabine Müller\nKaufhaus Linde GmbH",
    ],
)
def test_lawyer_and_clerk_are_no_debtors(read: Read, text: str) -> None:
    assert read(text).client_name is None


def test_a_display_name_is_completed_by_the_name_in_the_mail(read: Read) -> None:
    found = read("Es ist etwas offen.\n\nTelora Mobilfunk GmbH", from_name="Telora Mobilfunk")
    assert found.creditor_name == "Telora Mobilfunk GmbH"


def test_a_clerk_as_sender_writes_for_the_firm_below_the_mail(read: Read) -> None:
    text = "Die Rechnung ist offen.\n\nViele Grüße\nEva Kern\nTelora Mobilfunk GmbH"
    assert read(text, from_name="Eva Kern").creditor_name == "Telora Mobilfunk GmbH"


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        ("Nordost Inkasso GmbH", "Auftraggeber: Glashaus Süd GmbH"),
        ("RAe Lehmann & Kollegen", "namens der Glashaus Süd GmbH beziffern wir die Forderung"),
        ("RAe Lehmann & Kollegen", "In Sachen Glashaus Süd GmbH ./. Kaya"),
        ("Nordost Inkasso GmbH", "Die Glashaus Süd GmbH hat uns mit der Beitreibung beauftragt."),
    ],
)
def test_who_acts_for_another_is_the_representative(read: Read, sender: str, text: str) -> None:
    found = read(text, from_name=sender)
    assert (found.creditor_name, found.representative_name) == ("Glashaus Süd GmbH", sender)


def test_after_an_assignment_the_new_holder_is_the_creditor(read: Read) -> None:
    found = read("Die Forderung wurde an die Alba Capital DAC abgetreten.")
    assert found.creditor_name == "Alba Capital DAC"
