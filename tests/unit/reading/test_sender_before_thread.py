"""Who owes, who holds the claim and which numbers count, where a mail names several of each."""

from __future__ import annotations

import pytest

from tests.unit.reading.conftest import Read

_THREAD = (
    "\n\nAm Mo., 23. Feb. 2026 um 10:04 Uhr schrieb Kanzlei Weber <post@kanzlei-weber.example>:\n"
    "> wir vertreten Herrn Deniz Petzold in der Schuldenbereinigung.\n"
)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Deniz Pätzold hat nicht gezahlt, 48,00 EUR.", "Deniz Pätzold"),
        ("Herrn Petzold fehlen noch 48,00 EUR; es grüßt\nPeter Sommer, Syndikus", "Deniz Petzold"),
        ("unser Herr Sommer hat geprüft: 48,00 EUR.", "Deniz Petzold"),
        ("laut meiner Kollegin Eva Sommer sind 48,00 EUR offen.", "Deniz Petzold"),
    ],
)
def test_the_sender_s_own_words_come_before_the_thread(read: Read, said: str, name: str) -> None:
    assert read(f"Guten Tag,\n\n{said}{_THREAD}").client_name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("namens des Herrn Karl Petzold zum Ausgleich 48,00 EUR", "Karl Petzold"),
        ("namens des Herrn Deniz Lorenz zur Erledigung 48,00 EUR", "Deniz Lorenz"),
        ("Petzold, Eva\nKundenkonto BM-44718\nOffen: 48,00 EUR", "Petzold, Eva"),
        ("Hallo, Herr Petzold schuldet mir 48,00 EUR", "Petzold"),
    ],
)
def test_the_name_ends_where_it_ends(read: Read, text: str, name: str) -> None:
    assert read(f"Guten Tag,\n\n{text}").client_name == name


def test_who_is_greeted_is_no_debtor(read: Read) -> None:
    assert read("Guten Tag, Frau Petzold,\n\noffen sind 48,00 EUR.").client_name is None


@pytest.mark.parametrize(
    "text",
    [
        "die Brunnhof Finance S.A., Wien, hat die Forderung der Ahorn Versand GmbH angekauft.",
        "die Brunnhof Finance S.A. hat den Kaufpreis erworben und uns mit dem Einzug beauftragt.",
        "12,00 EUR decken keine Kosten. Unsere Auftraggeberin Brunnhof Finance S.A. lehnt ab.",
    ],
)
def test_the_buyer_holds_the_claim_and_the_agency_acts(read: Read, text: str) -> None:
    found = read(f"Guten Tag,\n\n{text}\n\nAltmark Inkasso GmbH", from_name="Altmark Inkasso GmbH")
    assert found.creditor_name == "Brunnhof Finance S.A."
    assert found.representative_name == "Altmark Inkasso GmbH"


def test_who_took_over_the_collection_does_not_hold_the_claim(read: Read) -> None:
    text = "die Altmark Inkasso GmbH hat den Einzug der Forderung übernommen."
    assert read(f"Guten Tag,\n\n{text}", from_name="Brunnhof Möbel GmbH").creditor_name == (
        "Brunnhof Möbel GmbH"
    )


def test_an_ordering_authority_holds_the_claim(read: Read) -> None:
    text = "Vollstreckungsschuldner: Deniz Petzold\nAnordnungsbehörde: Berufsgenossenschaft Weser"
    found = read(f"Guten Tag,\n\n{text}\n48,00 EUR", from_name="Hauptzollamt Weserau")
    assert found.creditor_name == "Berufsgenossenschaft Weser"
    assert found.representative_name == "Hauptzollamt Weserau"


def test_an_office_has_the_names_of_its_partners(read: Read) -> None:
    text = "die Brunnhof Möbel GmbH hat uns die Forderung zur Beitreibung übergeben: 48,00 EUR."
    name = "Dr. Pagel, Sommer & Kollegen"
    found = read(text, from_name=name, from_email="post@pagel-sommer.example")
    assert found.representative_name == name


def test_register_and_own_tax_numbers_are_no_references(read: Read) -> None:
    text = (
        "Versichertennummer: V 77 441 208\nSäumniszuschläge 4,50 EUR\n\nKrankenkasse Weser,"
        " Steuer-Nr. 44/0220/4410 · UID CHE-000.118.220"
    )
    assert read(f"Guten Tag,\n\n{text}").reference_numbers == ("V 77 441 208",)
