"""For whom agencies, lawyers, bailiffs, authorities, managers and billing offices write."""

from __future__ import annotations

import pytest

from tests.unit.reading.conftest import Read

_AGENCY, _MAKER = "Altmark Inkasso GmbH", "Brunnhof Möbel GmbH"


@pytest.mark.parametrize(
    "text",
    [
        f"uns wurde von der {_MAKER} der Einzug der Forderung übertragen.",
        f"Forderung der {_MAKER} aus Kaufvertrag: 120,00 EUR",
        f"Rücksprache mit unserer Auftraggeberin ({_MAKER}) ergab nichts Neues.",
        f"unsere Partei, die {_MAKER}, verzichtet nicht.",
        f"Gläubigerin | {_MAKER}\nSchuldner | Kaya, Deniz",
        f"In der Inkassosache\n\n{_MAKER}, Industriestr. 4\n- Gläubigerin -\n\ngegen\n\nDeniz Kaya",
        f"Bezug: Deniz Kaya ./. {_MAKER}. Offen sind 120,00 EUR",
        f"{_MAKER} (dortige Nr. 44 118) ./. Deniz Kaya\nOffen sind 120,00 EUR",
        f"die Rechnung der {_MAKER}, die uns mandatiert hat, ist nicht bezahlt.",
        f"nach Rücksprache mit der {_MAKER} nehmen wir den Plan an.",
        f"für die {_MAKER} ziehen wir gegen Deniz Kaya ein: 120,00 EUR",
        f"Gläubigerin: {_MAKER}. Den Lohn bei der Arbeitgeberin Kranbau Weser GmbH pfänden wir.",
    ],
)
def test_an_agency_acts_for(read: Read, text: str) -> None:
    found = read(f"Guten Tag,\n\n{text}\n\n{_AGENCY}", from_name=_AGENCY)
    assert (found.creditor_name, found.representative_name) == (_MAKER, _AGENCY)


@pytest.mark.parametrize(
    "text",
    [
        f"wir haben die Forderung der {_MAKER} erworben: 120,00 EUR",
        f"die Forderung der {_MAKER} wurde an uns zediert. Offen: 120,00 EUR",
        f"ursprüngliche Gläubigerin: {_MAKER}\nSchuldner: Deniz Kaya",
        "unsere Akte 4711/22: offen 120,00 EUR. Schuldner Deniz Kaya.",
        "Offen: 120,00 EUR, Konto bei der Sparkasse Grünau, IBAN DE89 3704 0044 0532 0130 00",
        "Vollstreckungsbescheid AG Grünau vom 03.02.2026: 120,00 EUR",
    ],
)
def test_an_agency_without_a_principal_holds_the_claim(read: Read, text: str) -> None:
    found = read(f"Guten Tag,\n\n{text}\n\n{_AGENCY}", from_name=_AGENCY)
    assert (found.creditor_name, found.representative_name) == (_AGENCY, None)


@pytest.mark.parametrize(
    ("sender", "text", "creditor", "representative"),
    [
        (
            "Kanzlei Voss",
            "wir vertreten anwaltlich den Malermeister Olaf Brinkmann.",
            "Olaf Brinkmann",
            "Kanzlei Voss",
        ),
        (
            "RA Lindqvist",
            "namens und in Vollmacht des Herrn Horst Pagel fordere ich 800,00 EUR.",
            "Horst Pagel",
            "RA Lindqvist",
        ),
        (
            "Gerichtsvollzieherin Thoms",
            "In der Zwangsvollstreckungssache\nHorst Pagel\ngegen\nNgozi Okafor\n812,00 EUR",
            "Horst Pagel",
            "Gerichtsvollzieherin Thoms",
        ),
        (
            "Dieter Thoms, OGV",
            "In der Zwangsvollstreckungssache\nGrundbesitz Alster KG, Gläubigerin\ngegen\nOkafor",
            "Grundbesitz Alster KG",
            "Dieter Thoms",
        ),
        (
            "Stadt Grünau",
            "in Amtshilfe für die Handwerkskammer Nordheide vollstrecken wir 240,00 EUR.",
            "Handwerkskammer Nordheide",
            "Stadt Grünau",
        ),
        (
            "Kreiskasse Nordheide",
            "Ersuchende Stelle: Zweckverband Abwasser Süd, dortige Nr. 77 120",
            "Zweckverband Abwasser Süd",
            "Kreiskasse Nordheide",
        ),
        (
            "Agentur für Arbeit Grünau",
            "wir ziehen im Auftrag des Jobcenters Nordheide 120,00 EUR ein.",
            "Jobcenter Nordheide",
            "Agentur für Arbeit Grünau",
        ),
        (
            "MediKonto eG",
            "wir sind die Abrechnungsstelle der Praxis Dr. med. Silke Thomsen.",
            "Praxis Dr. med. Silke Thomsen",
            "MediKonto eG",
        ),
        (
            "MediKonto eG",
            "wir rechnen für die Zahnarztpraxis Dr. Thomsen ab. Offen: 310,00 EUR",
            "Zahnarztpraxis Dr. Thomsen",
            "MediKonto eG",
        ),
        (
            "Nordheide Service GmbH",
            "Herr Dr. Jan Petersen hat uns mit der Abrechnung beauftragt.",
            "Dr. Jan Petersen",
            "Nordheide Service GmbH",
        ),
        (
            "Reinke Immobilien",
            "als Verwalter der WEG Birkenweg 4 melden wir 900,00 EUR Hausgeld.",
            "WEG Birkenweg 4",
            "Reinke Immobilien",
        ),
        (
            "Kanzlei Voss",
            "laut Vollmacht hat mich Frau Gerda Holm mit der Durchsetzung beauftragt.",
            "Gerda Holm",
            "Kanzlei Voss",
        ),
        (
            "Obergerichtsvollzieher Thoms",
            "Gläubiger: Land Südmark, vertreten durch die Landeskasse\nSchuldner: Kaya, Deniz",
            "Land Südmark",
            "Obergerichtsvollzieher Thoms",
        ),
        (
            "HV Reinke",
            "entscheiden muss das Frau Ingrid Pagel, der das Haus gehört.",
            "Ingrid Pagel",
            "HV Reinke",
        ),
        (
            "Corvus Collect Ltd",
            "we act on behalf of Corvus Capital DAC, which bought the claim of Hellmond Bank AG.",
            "Corvus Capital DAC",
            "Corvus Collect Ltd",
        ),
    ],
)
def test_who_acts_and_for_whom(
    read: Read, sender: str, text: str, creditor: str, representative: str
) -> None:
    found = read(f"Guten Tag,\n\n{text}", from_name=sender, from_email="post@buero.example")
    assert (found.creditor_name, found.representative_name) == (creditor, representative)


@pytest.mark.parametrize(
    "signature",
    [
        "Hellmond Service GmbH\ni. A. der Hellmond Bank AG",
        "Hellmond Service GmbH\n\nim Auftrag der Hellmond Bank AG",
        "Hellmond Service GmbH\nhandelnd für die Hellmond Bank AG",
        "Die Hellmond Service GmbH verwaltet im Auftrag der Hellmond Bank AG das Konto.",
        "Hellmond Service GmbH acts as servicer for Hellmond Bank AG.",
    ],
)
def test_a_servicer_signs_for_the_firm_whose_name_the_sender_shows(
    read: Read, signature: str
) -> None:
    text = f"Guten Tag,\n\nSaldo 120,00 EUR.\n\n{signature}"
    found = read(text, from_name="Hellmond Bank", from_email="saldo@hellmond.example")
    expected = ("Hellmond Bank AG", "Hellmond Service GmbH")
    assert (found.creditor_name, found.representative_name) == expected


@pytest.mark.parametrize(
    "text",
    [
        "die Akte haben wir an die Altmark Inkasso GmbH abgegeben.",
        "Herr Deniz Kaya hat uns mit Schreiben vom 3.2. mitgeteilt, wo er arbeitet.",
        "Ihr Mandant hat für die Brunnhof Möbel GmbH gebürgt.",
        "Offen: 12 EUR\n\nIm Auftrag\nHellmond Bank AG\nDr. Prahl, Syndikusrechtsanwältin",
    ],
)
def test_a_bank_that_speaks_of_others_acts_for_itself(read: Read, text: str) -> None:
    found = read(f"Guten Tag,\n\n{text}", from_name="Hellmond Bank AG")
    assert (found.creditor_name, found.representative_name) == ("Hellmond Bank AG", None)


@pytest.mark.parametrize(
    "text",
    [
        f"das Mandat für die {_MAKER} ist beendet.",
        f"unsere Auftraggeberin, die {_MAKER}, hat den Inkassoauftrag zurückgezogen.",
        f"die Akte wurde an die Auftraggeberin {_MAKER} zurückgegeben.",
        f"für die {_MAKER} sind wir nicht mehr tätig.",
    ],
)
def test_nobody_acts_whose_mandate_has_ended(read: Read, text: str) -> None:
    found = read(f"Guten Tag,\n\n{text}\n\n{_AGENCY}", from_name=_AGENCY)
    assert (found.creditor_name, found.representative_name) == (_MAKER, None)


@pytest.mark.parametrize(
    "text",
    [
        "Die Corvus Capital DAC ist nunmehr Inhaberin der Forderung.",
        "die Corvus Capital DAC hat von der Hellmond Bank AG einen Bestand erworben.",
        "die Forderung haben wir am 1.2. an die Corvus Capital DAC verkauft.",
        "die Forderung wurde von der Corvus Capital DAC angekauft.",
    ],
)
def test_who_bought_the_claim_holds_it(read: Read, text: str) -> None:
    assert read(f"Guten Tag,\n\n{text}").creditor_name == "Corvus Capital DAC"


@pytest.mark.parametrize(
    ("shown", "closing"),
    [("O. B.", "Gruß Olaf Brinkmann"), ("Olaf", "Viele Grüße\nOlaf Brinkmann")],
)
def test_a_private_creditor_signs_with_the_name_that_his_address_hides(
    read: Read, shown: str, closing: str
) -> None:
    text = f"Hallo,\n\nDeniz Kaya schuldet mir 300 Euro.\n\n{closing}"
    found = read(text, from_name=shown, from_email="olli.fiktiv@web.de")
    assert (found.creditor_name, found.client_name) == ("Olaf Brinkmann", "Deniz Kaya")


@pytest.mark.parametrize(
    ("sender", "address", "text", "firm"),
    [
        ("ALTMARK INKASSO", "post@altmark-inkasso.example", "Offen: 12 EUR", "ALTMARK INKASSO"),
        (
            "Gemeinde Hollern",
            "info@hollern.example",
            "Sie schulden der Gemeinde Hollern Hundesteuer von 90,00 EUR",
            "Gemeinde Hollern",
        ),
        ("Nordwerk Restwert", "restwert@nordwerk.example", "Offen: 12 EUR", "Nordwerk"),
        (
            "Inkassodienst Stadtwerke Grünau",
            "i@sw-gruenau.example",
            "Offen: 12 EUR",
            "Stadtwerke Grünau",
        ),
        (
            "Praxis Petersen",
            "praxis@petersen.example",
            "Offen.\n\nPraxis Dr. Jan Petersen",
            "Praxis Dr. Jan Petersen",
        ),
        (
            "Olaf Brinkmann",
            "olaf.fiktiv@web.de",
            "zahlbar auf mein Konto bei der Volksbank Nordheide\n\nOlaf Brinkmann",
            "Olaf Brinkmann",
        ),
        (
            "Olaf Brinkmann",
            "olaf.fiktiv@web.de",
            "Ich will 300 Euro.\n\nKanzlei Albers Kern schrieb am 09.04.2026:\n> Guten Tag",
            "Olaf Brinkmann",
        ),
    ],
)
def test_the_sender_is(read: Read, sender: str, address: str, text: str, firm: str) -> None:
    assert read(text, from_name=sender, from_email=address).creditor_name == firm


_AGENCY = "Altmark Inkasso GmbH"


@pytest.mark.parametrize(
    "text",
    [
        f"Mit der Beitreibung haben wir die {_AGENCY} beauftragt.",
        f"Der Betrag wurde an unseren Dienstleister {_AGENCY}, dort A-1, zum Einzug übergeben.",
        f"Den Einzug betreibt in unserem Auftrag die {_AGENCY}.",
        f"Die Beitreibung erfolgt in unserem Auftrag durch die {_AGENCY}.",
        f"The account is serviced on our behalf by {_AGENCY}.",
        f"Offen sind 12,00 EUR.\n\n{_AGENCY}\nTanja Rupp",
    ],
)
def test_the_agency_that_a_creditor_names_acts_for_him(read: Read, text: str) -> None:
    found = read(f"Guten Tag,\n\n{text}", from_name="Hellmond Bank AG")
    assert (found.creditor_name, found.representative_name) == ("Hellmond Bank AG", _AGENCY)


@pytest.mark.parametrize(
    "text",
    [
        "Auf Ersuchen der Nordsee BKK wird wegen der Beiträge vollstreckt.",
        "Auftrag gebende Stelle\nNordsee BKK\n\nBeizutreiben sind 12,00 EUR.",
        "im Wege der Amtshilfe vollstrecken wir eine Forderung der Nordsee BKK. Offen: 12 EUR",
        "Ihr Schreiben an die Nordsee BKK kam hierher. Wir vollstrecken für die Kasse.",
        "Anordnende Stelle (Gläubigerin): Nordsee BKK",
        "handelnd für die Nordsee BKK\n\nEs sind 12,00 EUR offen.",
    ],
)
def test_an_authority_may_collect_for_another_body(read: Read, text: str) -> None:
    found = read(f"Guten Tag,\n\n{text}", from_name="Hauptzollamt Auental")
    expected = ("Nordsee BKK", "Hauptzollamt Auental")
    assert (found.creditor_name, found.representative_name) == expected


def test_an_authority_collects_its_own_dues(read: Read) -> None:
    found = read("Die Grundsteuer von 12,00 EUR wird vollstreckt.", from_name="Stadtkasse Auental")
    assert (found.creditor_name, found.representative_name) == ("Stadtkasse Auental", None)


@pytest.mark.parametrize(
    ("sender", "text", "creditor", "agent"),
    [
        (
            "Leasoro",
            (
                "die Leasoro Leasing GmbH hat uns die Abwicklung ihrer Verträge übertragen."
                "\n\nFinavia Abwicklungsgesellschaft mbH"
            ),
            "Leasoro Leasing GmbH",
            "Finavia Abwicklungsgesellschaft mbH",
        ),
        (
            "Regress-Kontor Meyer",
            (
                "Ihre an die Assekura Ost AG gerichtete Anfrage wurde uns als deren Dienstleister"
                " übergeben.\n\nRegress-Kontor Meyer GmbH"
            ),
            "Assekura Ost AG",
            "Regress-Kontor Meyer GmbH",
        ),
        (
            "Praxis Dr. Uwe Kern",
            "die Abrechnung macht für uns die MediRech GmbH.\n\nPraxis Dr. Uwe Kern",
            "Praxis Dr. Uwe Kern",
            "MediRech GmbH",
        ),
        (
            "Altmark Inkasso GmbH",
            "zum Kreditkonto 880 417 der Hellmond Bank AG teilen wir als Inkassounternehmen mit:",
            "Hellmond Bank AG",
            "Altmark Inkasso GmbH",
        ),
    ],
)
def test_who_writes_for_whom_by_the_sentence_that_says_so(
    read: Read, sender: str, text: str, creditor: str, agent: str
) -> None:
    found = read(f"Guten Tag,\n\n{text}", from_name=sender)
    assert (found.creditor_name, found.representative_name) == (creditor, agent)


def test_a_dash_behind_a_legal_form_hides_no_firm(read: Read) -> None:
    found = read(
        "die Forderung der Nordlicht Handel AG- gegen Max Kurz beträgt 120,00 EUR.",
        from_email="post@altmark-inkasso.example",
        from_name="Altmark Inkasso GmbH",
    )
    assert found.creditor_name == "Nordlicht Handel AG"
