"""Mails that hold more than is looked at: nothing of them is lost, a person reads the rest."""

from __future__ import annotations

import pytest

from functions.worker.reading.mail.mail_text import MOST_CHARACTERS, MOST_LINES, open_mail
from functions.worker.reading.money.amounts import MOST_AMOUNTS
from functions.worker.reading.parties.firms import MOST_FIRMS
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
        CLAIM + LONG + "\n> und Sie?\nNein.",
        CLAIM + "Konto\n".join(f"{number},00 EUR " for number in range(MOST_AMOUNTS)),
        CLAIM + "".join(f"Amt{'x' * number} Linde GmbH\n" for number in range(MOST_FIRMS)),
    ],
    ids=["characters", "lines", "answers between quotes", "sums", "firms"],
)
def test_what_goes_on_beyond_that_is_read_in_part(read: Read, body: str) -> None:
    assert not read(body).read_in_full


@pytest.mark.parametrize(
    "head", ["Am 1.3.2026 schrieb Kanzlei Holm:\n", "-----Ursprüngliche Nachricht-----\n"]
)
def test_the_older_mails_below_may_be_as_long_as_they_like(read: Read, head: str) -> None:
    found = read(f"{CLAIM}\n{head}{LONG}")
    assert found.read_in_full
    assert found.debt_amount is not None


def test_a_mail_that_a_colleague_passed_on_may_not(read: Read) -> None:
    found = read(
        f"zur Akte\n\n-----Weitergeleitete Nachricht-----\nVon: k@linde.example\n{LONG}",
        from_email="a@kanzlei.example",
        to_addresses=("b@kanzlei.example",),
    )
    assert not found.read_in_full


def test_our_own_letter_above_the_answer_may_not(read: Read) -> None:
    """The answer may stand behind it."""
    letter = (
        "Sehr geehrte Damen und Herren,\n\nwir zeigen an, dass uns Frau Ida Kern beauftragt hat. "
        "Nach unseren Unterlagen besteht eine Forderung von 800,00 EUR. Wir bieten einen Vergleich "
        "in Höhe von 240,00 EUR an.\n\n"
    )
    pages = "Unsere Mandantin hat kein Einkommen.\n" * 250
    assert not read(f"{letter}{pages}\nMit freundlichen Grüßen\nEva Holm\n\n{CLAIM}").read_in_full


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
