"""Which firm writes, and for whom."""

from __future__ import annotations

import pytest

from tests.unit.reading.conftest import Read


@pytest.mark.parametrize(
    ("sender", "address", "text", "firm"),
    [
        ("Kern, Eva", "e@nordwerk.example", "Offen.\nE. Kern, Nordwerk AG", "Nordwerk AG"),
        ("Eva Kern (Nordwerk)", "e@nordwerk.example", "Offen: 12 EUR", "Nordwerk"),
        ("Kundenservice", "k@nordwerk.example", "Nordwerk AG · HRB 4411", "Nordwerk AG"),
        ("Nordwerk Mahnwesen", "m@nordwerk.example", "Offen.\nNordwerk AG", "Nordwerk AG"),
        (
            "Nordwerk Team",
            "m@nordwerk.example",
            "We are Nordwerk Energy DAC",
            "Nordwerk Energy DAC",
        ),
        ("Nordwerk Ronja", "m@nordwerk.example", "da ist nix offen", "Nordwerk"),
        ("Stadtwerke Auental, Einzug", "e@sw-auental.example", "Offen", "Stadtwerke Auental"),
        ("Nordwerk AG Recovery", "r@nordwerk.example", "Offen", "Nordwerk AG"),
        ("no-reply@post.example", "no@nordwerk.example", "Nordwerk AG\nOffen", "Nordwerk AG"),
    ],
)
def test_a_clerk_or_a_department_writes_for_its_firm(
    read: Read, sender: str, address: str, text: str, firm: str
) -> None:
    assert read(text, from_name=sender, from_email=address).creditor_name == firm


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        ("OGV Kern", "In der Vollstreckungssache\nGrünhof Möbel OHG, Gläubigerin,\ngegen Kranz"),
        ("Finanzamt Auental", "Gläubigerin: Grünhof Möbel OHG"),
        ("Kern & Fabian", "Wir vertreten die rechtlichen Interessen der Grünhof Möbel OHG."),
        ("Alba Inkasso GmbH", "wir machen Rechte der Grünhof Möbel OHG geltend"),
    ],
)
def test_who_acts_for_another_is_the_representative(read: Read, sender: str, text: str) -> None:
    found = read(text, from_name=sender, from_email="post@buero.example")
    assert (found.creditor_name, found.representative_name) == ("Grünhof Möbel OHG", sender)


@pytest.mark.parametrize(
    "text",
    [
        "Wir haben die Forderung der Grünhof Möbel OHG angekauft und sind deren Inhaberin.",
        "Die Forderung der Grünhof Möbel OHG wurde an uns abgetreten.",
    ],
)
def test_who_bought_a_claim_is_the_creditor(read: Read, text: str) -> None:
    found = read(text, from_name="Alba Collect GmbH")
    assert (found.creditor_name, found.representative_name) == ("Alba Collect GmbH", None)


def test_who_only_delivers_is_not_the_creditor(read: Read) -> None:
    text = "Diese Nachricht wird Ihnen im Auftrag der Stadtkasse Auental zugestellt. Offen: 5 EUR"
    assert read(text, from_name="Briefdienst").creditor_name == "Stadtkasse Auental"
