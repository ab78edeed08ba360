"""Mails that hold more than is looked at: nothing of them is lost, a person reads the rest."""

from __future__ import annotations

import pytest

from functions.worker.reading.mail.mail_text import MOST_CHARACTERS, MOST_LINES, open_mail
from functions.worker.reading.money.money_in_mail import MOST_SUMS
from tests.unit.reading.conftest import Mail, Read

CLAIM = "Die Forderung gegen Herrn Max Kurz beträgt 812,40 EUR.\n"
PROSE = "wir haben Ihren Brief erhalten und den Vorgang heute geprüft. "
LONG = PROSE * (1 + MOST_CHARACTERS // len(PROSE))


def test_a_mail_of_three_pages_is_read_in_full(read: Read) -> None:
    found = read(CLAIM + LONG[: MOST_CHARACTERS - len(CLAIM)])
    assert found.read_in_full
    assert found.debt_amount is not None


@pytest.mark.parametrize(
    "body",
    [
        CLAIM + LONG,
        CLAIM + "ja\n" * MOST_LINES,
        f"{CLAIM}\n> {LONG}\n> und Sie?\nNein.",
        f"{CLAIM}\nAm 1.3.2026 schrieb Kanzlei Holm:\n{LONG}",
        CLAIM + "Konto\n".join(f"{number},00 EUR " for number in range(MOST_SUMS)),
        CLAIM + "".join(f"Amt{'x' * number} Linde GmbH\n" for number in range(31)),
        CLAIM + " " * 30_000,
    ],
    ids=["characters", "lines", "quotes", "older mails", "sums", "firms", "blanks"],
)
def test_what_goes_on_beyond_that_is_read_in_part(read: Read, body: str) -> None:
    assert not read(body).read_in_full


def test_what_comes_just_up_to_that_is_read_in_full(read: Read) -> None:
    sums = "Konto\n".join(f"{number},00 EUR " for number in range(MOST_SUMS - 1))
    assert read(CLAIM + sums).read_in_full
    assert read(CLAIM + "".join(f"Amt{n} Linde GmbH\n" for n in range(29))).read_in_full


def test_quoted_sums_are_known_however_many_they_are(read: Read) -> None:
    """What we offered stands at the end of a plan for many creditors."""
    plan = "".join(f"> Gläubiger {number}: {number},00 EUR\n" for number in range(1, 40))
    found = read(
        "Wir nehmen Ihr Angebot von 240,00 EUR an.\n\n> Unser Vorschlag:\n"
        f"{plan}> Ihre Quote: 240,00 EUR"
    )
    assert found.read_in_full
    assert found.settlement_amount == 240


@pytest.mark.parametrize(
    ("plain", "page"),
    [
        ("Anbei unsere Antwort.", "<p>Anbei.</p>" + "<br>" * 4_000 + f"<p>{CLAIM}</p>"),
        (" " * 30_000 + CLAIM, "<p>Anbei unsere Antwort, bitte lesen Sie sie.</p>"),
    ],
)
def test_neither_part_of_a_mail_is_cut_unseen(read: Read, plain: str, page: str) -> None:
    assert not read(plain, body_html=page).read_in_full


def test_empty_lines_take_no_room(read: Read) -> None:
    found = read("\n" * 10_000 + CLAIM)
    assert found.read_in_full
    assert found.debt_amount is not None


def test_no_number_is_cut_in_two(a_mail: Mail) -> None:
    room = MOST_CHARACTERS - len("Summe 1.2")
    mail = open_mail(a_mail("x" * (room - 1) + "\nSumme 1.234,56 EUR"))
    assert mail.body.endswith("\nSumme")


def test_a_page_of_very_many_elements_is_read_in_part(read: Read) -> None:
    rows = "".join(f"<tr><td>Posten {row}</td><td>offen</td></tr>" for row in range(5_000))
    found = read(None, body_html=f"<p>{CLAIM}</p><table>{rows}</table>")
    assert not found.read_in_full
    assert found.debt_amount is not None


def test_a_page_too_deep_for_the_parser_is_read_in_part(a_mail: Mail) -> None:
    mail = open_mail(a_mail(None, body_html=f"<p>{CLAIM}</p>" + "<div>" * 5_000 + "Nachtrag"))
    assert not mail.is_whole


@pytest.mark.parametrize("piece", ["<p><b id={n}>a</p></x>", "<font size={n}>a<p>"])
def test_what_is_left_open_is_bounded(a_mail: Mail, piece: str) -> None:
    """The parser took half a minute for it."""
    page = f"<p>{CLAIM}</p>" + "".join(piece.format(n=number) for number in range(10_000))
    mail = open_mail(a_mail(None, body_html=page))
    assert "812,40" in mail.body
    assert not mail.is_whole


def test_an_endless_name_of_a_sender_is_cut(read: Read) -> None:
    assert read(CLAIM, from_name="Linde GmbH " * 20_000).creditor_name is not None
