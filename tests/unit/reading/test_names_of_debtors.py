"""The debtor beside creditors, owners, lawyers and clerks."""

from __future__ import annotations

import pytest

from tests.unit.reading.conftest import Read


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mieter: Petzold, Vermieterin: Ingrid Pagel", "Petzold"),
        ("in der Sache Pagel ./. Petzold fordern wir 12,00 EUR", "Petzold"),
        ("In der Zwangsvollstreckungssache\nHorst Pagel\ngegen\nPetzold, Ngozi", "Petzold, Ngozi"),
        ("Moin, Eva Petzold M-44718: offen 12 EUR", "Eva Petzold"),
        ("Für Petzold, E. gilt: offen sind 12,00 EUR", "Petzold, E."),
        ("Kundin Frau E. Petzold, offen 12,00 EUR", "Petzold"),
        ("der Plan Ihrer Mandantin Petzold ist abgelehnt", "Petzold"),
        ("der Steuerpflichtigen Elif Petzold", "Elif Petzold"),
        ("Mietrückstand Eva Petzold 900,00 EUR", "Eva Petzold"),
        ("die Angabe zu Ayşe Petzold: Beiträge 12,00 EUR", "Ayşe Petzold"),
        ("Tierhalterin: Eva Petzold\nPatient: Bello, Dackel, 31 kg", "Eva Petzold"),
        ("Schuldner: Petzold Eva, Dossier 44-118", "Eva Petzold"),
        ("mein Neffe Deniz Petzold hat 300 Euro bekommen", "Deniz Petzold"),
        ("unsere Mandantin, Frau Ingrid Pagel, fordert von Herrn Petzold 12 EUR", "Petzold"),
        ("Mitgliedschaft Eva Petzold LB 3300871, offen 12,00 EUR", "Eva Petzold"),
        ("Kundin Petzold, Eva MB 4711, offen 12,00 EUR", "Petzold, Eva"),
        ("Ihre Darstellung, Eva Petzold habe gezahlt, trifft nicht zu", "Eva Petzold"),
        (
            "Sehr geehrte Frau Eva Petzold, c/o Albers Rechtsanwälte,\n\noffen 12,00 EUR",
            "Eva Petzold",
        ),
    ],
)
def test_the_debtor_is(read: Read, text: str, name: str) -> None:
    assert read(f"Guten Tag,\n\n{text}").client_name == name


@pytest.mark.parametrize(
    "text",
    [
        "Frau Albers,\n\nes bleibt dabei: 12,00 EUR.",
        "Guten Abend Frau Albers,\n\nwie mit Frau Albers besprochen: 12,00 EUR",
        "wie mit Frau Albers telefonisch besprochen: 12,00 EUR",
        "Offen: 12,00 EUR. Rückfragen bitte an Frau Karin Lohse.",
        "Offen: 12,00 EUR\n\nIhre Petra Lohse\n\nKaufhaus Linde GmbH",
        "Vermieterin: Ingrid Pagel\nOffen: 12,00 EUR",
        "Uns fehlt die Einwilligung Ihres Mandanten zur Datenweitergabe ins Ausland.",
        "Bitte senden Sie die Zustimmung Ihrer Mandantin zum Datenaustausch.",
        "Der Brief Ihres Mandanten vom Frühjahr fehlt.",
        "Die Angaben Ihres Mandanten zu Einkommen fehlen uns.",
    ],
)
def test_nobody_is_named_as_debtor(read: Read, text: str) -> None:
    assert read(f"Ihre Anfrage\n\n{text}").client_name is None


def test_the_law_firm_s_client_in_the_quoted_letter_is_the_debtor(read: Read) -> None:
    text = "Das lehnen wir ab.\n\n> wir vertreten Frau Eva Petzold, Ihre Forderung ist bekannt."
    assert read(text).client_name == "Eva Petzold"
