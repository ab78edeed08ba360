"""Numbers of the case, and accounts."""

from __future__ import annotations

import pytest

from functions.worker.reading.ibans import find_ibans
from tests.unit.reading.conftest import Read


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Unser Zeichen: OW-2231/25", ("OW-2231/25",)),
        ("Steuernummer 088/221/30415", ("088/221/30415",)),
        (
            "Buchungszeichen 5.1288.001174.3, Ihr Zeichen: RB-26-0114",
            ("5.1288.001174.3", "RB-26-0114"),
        ),
        ("Konto 55 319 402 per 28.02.2026", ("55 319 402",)),
        ("zu Unrecht. KG 442 FK 10093.", ("KG 442 FK 10093",)),
        ("DR II 1190/25", ("DR II 1190/25",)),
        ("Umzugsrechnung R 7719 über 10,00 EUR", ("R 7719",)),
        ("Mein Zeichen: 77/26 Bo, Saldo", ("77/26 Bo",)),
        ("Mein Zeichen: Q/771/26-ba, Saldo", ("Q/771/26-ba",)),
        ("Unser Zeichen 2026/0417-fo", ("2026/0417-fo",)),
        ("Az. 144/26 O-kr", ("144/26 O-kr",)),
        ("Unser Zeichen 881/Ko-26", ("881/Ko-26",)),
        ("Az.: 4 C 118/25 AG Grünau", ("4 C 118/25",)),
        ("Kundennummer KD-88120\nSteuer-Nr. 118/5540/0912", ("KD-88120",)),
    ],
)
def test_a_number_of_the_case_is_kept_as_printed(
    read: Read, text: str, numbers: tuple[str, ...]
) -> None:
    assert read(f"Guten Tag,\n{text}").reference_numbers == numbers


@pytest.mark.parametrize(
    "text",
    [
        "HRB 2214470",
        "USt-IdNr. DE999888777",
        "Tel. 0341 555018-0, Fax 0341 555018-9",
        "DE89 3704 0044 0532 0130 00",
        "Gläubiger-ID DE98ZZZ09999999999",
        "vom 03.05.2025 bis 2026-01-31 und 12/2025",
        "04999 Lindenau",
        "Forderung 1.234,56 EUR",
        "Umsatzsteuer III/2024 und Q1/2026, Raten 10-12/2025, Heizkosten 2023/2024",
        "Bürozeiten Mo-Do 8.30-17.00 Uhr",
        "Gebühr nach Nr. 3309 VV RVG, § 288 Abs. 5 BGB",
        "Gesendet von Modell: FX-44201",
        "Rechtsdienstleistung, Reg.-Nr. 3712/4470",
        "Inkassoerlaubnis Nr. 3712/4470",
        "Registrierungs-Nr. 3712-E1-204",
        "Registriernummer: 3712/4470-17",
        "Reg.-Zeichen 3712 E 12/09",
        "Reg.-Nr. beim OLG Grünau: 3712/4470",
        "Vereinsregister VR 2207",
        "BaFin-Reg. 10112233",
        "bitte den Vordruck S 1-128 senden",
    ],
)
def test_this_is_no_number_of_the_case(read: Read, text: str) -> None:
    assert read(f"Guten Tag,\n{text}\nunsere Forderung").reference_numbers == ()


def test_an_account_needs_right_check_digits() -> None:
    right, wrong = "DE89 3704 0044 0532 0130 00", "DE88 3704 0044 0532 0130 00"
    assert [one.number for one in find_ibans(f"{right} {wrong}")] == ["DE89370400440532013000"]


def test_the_account_in_the_quoted_letter_is_not_the_creditor_s(read: Read) -> None:
    assert read("Anbei.\n> Anderkonto DE89 3704 0044 0532 0130 00").iban is None


@pytest.mark.parametrize(
    "footer",
    [
        "Stammkapital 100.000,00 €, HRB 6612 · Bankverbindung DE89 3704 0044 0532 0130 00",
        "HRB 1 | IBAN DE89370400440532013000 | USt-IdNr. DE999888777",
    ],
)
def test_an_account_may_stand_in_the_footer(read: Read, footer: str) -> None:
    assert read(f"Guten Tag,\noffen: 5 EUR\n\n{footer}").iban == "DE89370400440532013000"


def test_of_two_accounts_none_is_chosen(read: Read) -> None:
    found = read("DE89 3704 0044 0532 0130 00 oder DE02 1203 0000 0000 2020 51")
    assert found.iban is None


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Kundennummer AO/1000/20: 5,00 EUR offen.", ("AO/1000/20",)),
        ("Gebühr nach Nr. 1000 VV RVG: 5,00 EUR.", ()),
        ("Kein Erlass nach § 227 AO: 5,00 EUR offen.", ()),
    ],
)
def test_letters_in_front_of_a_number_are_no_law(
    read: Read, text: str, numbers: tuple[str, ...]
) -> None:
    assert read(text).reference_numbers == numbers
