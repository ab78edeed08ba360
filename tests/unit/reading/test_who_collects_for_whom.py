"""Bodies behind authorities, agencies that creditors name, letters that gateways bring."""

from __future__ import annotations

import pytest

from tests.unit.reading.conftest import Read

_BODY, _CUSTOMS = "Mühltal BKK", "Hauptzollamt Weidental"
_AGENCY, _WORKS = "Altmark Inkasso GmbH", "Stadtwerke Rieden GmbH"


@pytest.mark.parametrize(
    "text",
    [
        f"wir vollstrecken auf Ersuchen der {_BODY} gegen Deniz Kaya.",
        f"Ihre Anfrage an die {_BODY} liegt uns vor. Wir vollstrecken für die Krankenkasse.",
        f"Auftraggeberin (Gläubigerin): {_BODY}\nSchuldner: Kaya, Deniz",
        f"Gläubigerin des Anspruchs: {_BODY}\nSchuldner: Kaya, Deniz",
        f"Gläubigerin der hier geführten Vollstreckung ist die {_BODY}. Offen sind 12,00 EUR.",
        f"der Vorgang wurde uns von der {_BODY} zur Vollstreckung übergeben.",
        f"über Raten entscheidet die {_BODY}, für die wir gegen Deniz Kaya vollstrecken.",
        f"die Vollstreckungsanordnung der {_BODY} gegen Deniz Kaya liegt uns vor.",
        f"im Vollstreckungsverfahren der {_BODY} gegen Deniz Kaya sind 12,00 EUR offen.",
        f"Deniz Kaya schuldet der {_BODY} Beiträge von 12,00 EUR.",
        f"wir sind von der {_BODY} um Beitreibung von 12,00 EUR gebeten worden.",
        f"die {_BODY} hat uns um Vollstreckung gegen Deniz Kaya ersucht.",
        f"Forderungsgläubiger: {_BODY}\nVollstreckungsschuldner: Deniz Kaya",
    ],
)
def test_a_customs_office_enforces_for_a_health_insurer(read: Read, text: str) -> None:
    found = read(f"Guten Tag,\n\n{text}\n\n{_CUSTOMS}", from_name=_CUSTOMS)
    assert (found.creditor_name, found.representative_name) == (_BODY, _CUSTOMS)


@pytest.mark.parametrize(
    ("sender", "text", "body"),
    [
        (
            "Stadtkasse Rieden",
            (
                "im Wege der Amtshilfe vollstrecken wir eine Forderung des Beitragsservice Rundfunk"
                " Oberland. Diese beträgt 213,50 EUR."
            ),
            "Beitragsservice Rundfunk Oberland",
        ),
        (
            "Stadtkasse Rieden",
            "uns liegt ein Vollstreckungsersuchen der Unfallkasse Oberland über 213,50 EUR vor.",
            "Unfallkasse Oberland",
        ),
        (
            "Kreiskasse Rieden",
            "als Vollstreckungsbehörde für die Gemeinde Altdorf treiben wir 88,00 EUR bei.",
            "Gemeinde Altdorf",
        ),
        (
            "Kreiskasse Rieden",
            "auf Antrag der Gemeinde Altdorf vollstreckt die Kreiskasse wegen 88,00 EUR.",
            "Gemeinde Altdorf",
        ),
        (
            "Agentur für Arbeit Rieden",
            (
                "die Erstattungsforderung des Jobcenters Weidental beträgt 512,00 EUR. Der Einzug"
                " wurde uns vom Jobcenter übertragen."
            ),
            "Jobcenter Weidental",
        ),
        (
            "Finanzamt Rieden",
            "für die Familienkasse Nord wird hier wegen Kindergeldes von 816,00 EUR vollstreckt.",
            "Familienkasse Nord",
        ),
    ],
)
def test_an_office_collects_for_another(read: Read, sender: str, text: str, body: str) -> None:
    found = read(f"Guten Tag,\n\n{text}\n\n{sender}", from_name=sender)
    assert (found.creditor_name, found.representative_name) == (body, sender)


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        (_CUSTOMS, f"Kraftfahrzeugsteuer 12,00 EUR. Bei der {_BODY} fragen Sie bitte selbst an."),
        (
            _CUSTOMS,
            "Einfuhrabgaben 12,00 EUR. Das Finanzamt Rieden fordert selbst, fragen Sie dort.",
        ),
        (
            "Stadtkasse Rieden",
            "Grundsteuer 12,00 EUR wird vollstreckt, Pfändung bei der Weserbank AG.",
        ),
        (
            "Stadtkasse Rieden",
            "Gewerbesteuer nach dem Messbescheid des Finanzamts Rieden, die Vollstreckung läuft.",
        ),
        (
            "Finanzamt Rieden",
            (
                "Umsatzsteuer 12,00 EUR, kein Vollstreckungsaufschub.\n\nIm Auftrag\nKurz\n"
                "Zahlungen an: Finanzkasse Rieden"
            ),
        ),
        (
            "Jobcenter Rieden",
            "12,00 EUR. Es hilft der Inkasso-Service der Agentur für Arbeit Rieden.",
        ),
    ],
)
def test_an_authority_that_only_mentions_others_claims_its_own(
    read: Read, sender: str, text: str
) -> None:
    found = read(f"Guten Tag,\n\n{text}\n\n{sender}", from_name=sender)
    assert (found.creditor_name, found.representative_name) == (sender, None)


@pytest.mark.parametrize(
    "text",
    [
        f"die Forderung liegt zum Einzug bei unserem Inkassopartner {_AGENCY}.",
        f"an die {_AGENCY} abgegeben ist der Vorgang, nicht verkauft: Wir bleiben Gläubigerin.",
        f"der Einzug ist der {_AGENCY} übertragen.",
        f"12,00 EUR. Inkassodienstleister: {_AGENCY}, Az. A-17.",
        f"in dieser Sache werden wir durch die {_AGENCY} vertreten.",
        f"die {_AGENCY} zieht die Forderung für uns ein.",
        f"unser Inkassobüro, die {_AGENCY}, betreibt die Sache.",
        f"wir lassen die Forderung durch die {_AGENCY} einziehen.",
        f"bitte stimmen Sie Raten mit der von uns beauftragten {_AGENCY} ab.",
        f"wir mussten kündigen und die {_AGENCY} einschalten.",
        f"für uns tätig ist die {_AGENCY}, Rieden.",
        f"mit der Wahrnehmung unserer Interessen ist die {_AGENCY} betraut.",
    ],
)
def test_a_creditor_names_his_agency(read: Read, text: str) -> None:
    found = read(f"Guten Tag,\n\n{text}\n\n{_WORKS}", from_name=_WORKS)
    assert (found.creditor_name, found.representative_name) == (_WORKS, _AGENCY)


@pytest.mark.parametrize(
    "text",
    [
        f"die {_AGENCY} ist nicht mehr beauftragt, wenden Sie sich an uns.",
        f"zahlt er nicht, geben wir die Sache an die {_AGENCY} ab.",
        f"sollte er nicht zahlen, wird die {_AGENCY} beauftragt.",
        f"12,00 EUR, die Kosten der {_AGENCY} sind enthalten.",
        f"vor Einschaltung der {_AGENCY} haben wir dreimal gemahnt.",
        f"den Auftrag an die {_AGENCY} haben wir storniert.",
        f"den Einzug hat die {_AGENCY}, Vorschläge bitte nur noch dorthin.",
        "die Kanzlei Thorn & Beck hat sich für Ihren Mandanten gemeldet.",
    ],
)
def test_an_agency_that_is_only_mentioned_acts_for_nobody(read: Read, text: str) -> None:
    found = read(f"Guten Tag,\n\n{text}\n\n{_WORKS}", from_name=_WORKS)
    assert found.representative_name is None


@pytest.mark.parametrize(
    ("shown", "text", "signed"),
    [
        (
            "Brunnhof Möbel (Inkassobüro)",
            "wir bearbeiten die Rückstände der Brunnhof Möbel GmbH.",
            "Möbeleinzug Weidental GmbH\nTanja Rupp",
        ),
        (
            "Brunnhof Möbel",
            "wir schreiben für die Brunnhof Möbel GmbH, die uns mit dem Einzug beauftragt hat.",
            "Klarfeld Service GmbH",
        ),
        (
            "Brunnhof Möbel via Zahlungsservice",
            "wir betreuen die offenen Posten der Brunnhof Möbel GmbH.",
            "Eva Kern\nDebitas Forderungsmanagement GmbH",
        ),
        (
            "Brunnhof Möbel (Kanzlei Thorn)",
            "wir vertreten die Brunnhof Möbel GmbH.",
            "Kanzlei Thorn & Beck\nRechtsanwälte",
        ),
        (
            "Vertragsabwicklung Brunnhof",
            "die Brunnhof Möbel GmbH hat uns die Abwicklung der Verträge übertragen.",
            "Vinora Abwicklungsgesellschaft mbH",
        ),
    ],
)
def test_another_firm_signs_below_the_principal_s_name(
    read: Read, shown: str, text: str, signed: str
) -> None:
    mail = f"Guten Tag,\n\n{text} Offen sind 12,00 EUR.\n\nMit freundlichen Grüßen\n{signed}"
    found = read(mail, from_name=shown, from_email="konto@brunnhof.example")
    assert found.creditor_name == "Brunnhof Möbel GmbH"
    assert found.representative_name in signed.split("\n")


@pytest.mark.parametrize(
    "text",
    [
        "zum Kreditkonto 880 417 33 der Weserbank AG (Kaya, Deniz) teilen wir mit: 12,00 EUR",
        "Darlehensvertrag Nr. 88-12 der Weserbank AG, Schuldner Deniz Kaya: 12,00 EUR",
        "Forderung aus Kreditvertrag 0815 der Weserbank AG gegen Deniz Kaya: 12,00 EUR",
        "zur Police KFZ 44.12 der Weserbank AG, Deniz Kaya: 12,00 EUR",
        "Auftraggeber (Gläubiger): Weserbank AG\nSchuldner: Deniz Kaya",
        "Forderungsinhaberin (Auftraggeberin): Weserbank AG\nSchuldner: Deniz Kaya",
    ],
)
def test_a_contract_s_number_is_no_part_of_the_creditor_s_name(read: Read, text: str) -> None:
    assert read(f"Guten Tag,\n\n{text}", from_name=_AGENCY).creditor_name == "Weserbank AG"


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        ("E-Post Gateway", f"Sie haben Post von: {_BODY}\nTyp: Mahnung\n\n12,00 EUR"),
        ("E-Post Gateway", f"Neue Nachricht von der {_BODY}\n\n12,00 EUR\n\nE-Post Gateway"),
        ("E-Post Gateway", f"Absender: {_BODY}\nEmpfänger: Kanzlei\n\n12,00 EUR"),
        ("E-Post Gateway", f"Guten Tag,\n\n12,00 EUR Beiträge sind offen.\n\n{_BODY}"),
        ("Briefbote Zustelldienst", f"Im Auftrag der {_BODY} stellen wir zu:\n\n12,00 EUR"),
        ("Briefbote Zustelldienst", f"Die {_BODY} hat Ihnen ein Dokument gesendet.\n\n12,00 EUR"),
        (f"{_BODY} über Briefbote", f"12,00 EUR\n\n{_BODY}\n\nBriefbote Zustelldienst GmbH"),
        (f"Briefbote für {_BODY}", "12,00 EUR Beiträge sind offen."),
        ("Serviceportal", f"Eine Nachricht der {_BODY} liegt für Sie bereit.\n\n12,00 EUR"),
    ],
)
def test_who_delivers_the_letter_is_neither_creditor_nor_agent(
    read: Read, sender: str, text: str
) -> None:
    found = read(text, from_name=sender, from_email="noreply@kundenbrief.example")
    assert (found.creditor_name, found.representative_name) == (_BODY, None)


def test_an_agency_that_takes_no_answers_still_acts(read: Read) -> None:
    text = f"Schreiben der {_WORKS} vom 02.02.2026\nAuftraggeberin: {_WORKS}\n\n{_AGENCY}"
    found = read(text, from_name=_AGENCY, from_email="noreply@altmark-inkasso.example")
    assert (found.creditor_name, found.representative_name) == (_WORKS, _AGENCY)
