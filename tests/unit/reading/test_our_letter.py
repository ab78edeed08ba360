"""Our own letter in the answer to it, without any mark, and letters that only look like it."""

from __future__ import annotations

import pytest

from functions.worker.reading.mail.segments import Label, Line, label_lines
from tests.unit.reading.conftest import Read

_MANDATE = """Kanzlei Holm & Berg Rechtsanwälte PartG mbB
An Kaufhaus Linde GmbH

Sehr geehrte Damen und Herren,

wir zeigen an, dass uns Frau Ida Kern mit der Wahrnehmung ihrer Interessen beauftragt hat. Nach
unseren Unterlagen besteht eine Forderung von 800,00 EUR. Wir bieten einen Vergleich in Höhe von
240,00 EUR an.

Mit freundlichen Grüßen
Eva Holm
Rechtsanwältin"""
_PROXY = """Sehr geehrte Damen und Herren,

namens und in Vollmacht unseres Mandanten Jan Kern bieten wir Ihnen zur Erledigung Ihrer
Forderung von 800,00 EUR einen Betrag von 240,00 EUR an."""
_PROCEDURE = """vertreten wir die Interessen unseres Mandanten Jan Kern im außergerichtlichen
Schuldenbereinigungsverfahren. Wir bitten um Mitteilung Ihrer Forderung, bisher bekannt sind
800,00 EUR, und darum, von Vollstreckungsmaßnahmen abzusehen."""
_COUNSELLING = """Schuldnerberatung im Quartier
An das Kaufhaus Linde

Guten Tag,
Herr Jan Kern hat uns mit der Regulierung seiner Schulden beauftragt. Bitte senden Sie uns eine
Forderungsaufstellung; laut den Papieren fordern Sie 800,00 EUR. Allen Gläubigern können 30 %
angeboten werden, das wären 240,00 EUR für Sie."""
_LETTERS = [_MANDATE, _PROXY, _PROCEDURE, _COUNSELLING]


@pytest.mark.parametrize("letter", _LETTERS)
@pytest.mark.parametrize(
    "before",
    [
        "",
        "anbei zurück.\n\n",
        "Guten Tag,\ndie Akte fehlt.\n\nFreundliche Grüße\nNils Rau\nKaufhaus Linde GmbH\n\n",
    ],
)
def test_nothing_in_our_own_letter_is_the_creditor_s_word(
    read: Read, before: str, letter: str
) -> None:
    found = read(before + letter)
    assert (found.debt_amount, found.settlement_decision, found.settlement_amount) == (None,) * 3
    assert found.creditor_name == "Kaufhaus Linde GmbH"


@pytest.mark.parametrize("letter", _LETTERS)
def test_the_answer_above_and_its_signature_are_own_text(letter: str) -> None:
    body = f"Das lehnen wir ab.\n\nFreundliche Grüße\nNils Rau\n\n{letter}"
    labels = {body[one.start : one.end]: one.label for one in _labelled(body)}
    assert labels["Das lehnen wir ab."] is Label.OWN
    assert labels["Nils Rau"] is Label.SIGNATURE
    assert all(labels[line] is Label.QUOTED for line in letter.split("\n") if line)


@pytest.mark.parametrize("letter", _LETTERS)
def test_the_answer_below_it_counts(read: Read, letter: str) -> None:
    answer = "Sehr geehrte Frau Holm,\n\nden Vergleich lehnen wir ab. Offen sind 812,00 EUR."
    found = read(f"{letter}\n\n{answer}")
    assert (str(found.debt_amount), found.settlement_decision) == ("812.00", "rejected")


@pytest.mark.parametrize(
    "text",
    [
        "wir zeigen an, dass uns die Rabe Bau AG mandatiert hat. Ihr Mandant schuldet 800,00 EUR.",
        """in vorbezeichneter Sache vertreten wir die Interessen unserer Mandantin, der Lux Strom
GmbH. Im außergerichtlichen Schuldenbereinigungsverfahren Ihres Mandanten beziffern wir die
Forderung auf 800,00 EUR und bieten einen Vergleich über 600,00 EUR an.""",
        """namens und in Vollmacht unserer Mandantschaft Rabe Bau AG bieten wir an, den Rest zu
erlassen, wenn 600,00 EUR gezahlt werden. Nach unseren Unterlagen besteht eine Forderung von
800,00 EUR.""",
        """zu Ihrem Schuldenbereinigungsplan für Herrn Kern nach § 305 InsO: Unsere Forderung
beträgt 800,00 EUR. Bitte teilen Sie uns die Anschrift mit. Wir bieten 20 Raten an.""",
        """Frau Kern hat uns beauftragt, ihre Mietforderung gegen Herrn Rau einzuziehen. Nach
unseren Unterlagen sind 800,00 EUR offen;
wir schlagen 50,00 EUR im Monat vor, Ihr Mandant zahlt.""",
        """wir vertreten die Volksbank am See. Auf die Forderungsaufstellung nehmen wir Bezug, der
Saldo beträgt 800,00 EUR. Bitte teilen Sie uns mit, ob eine Quote geboten wird.""",
        """im Auftrag der Lux Strom GmbH ziehen wir 800,00 EUR ein. Ihr Angebot nehmen wir an. Als
Gläubigerin möchte sie an der außergerichtlichen Einigung mit Frau Kern teilnehmen.""",
    ],
)
@pytest.mark.parametrize("greeting", ["Sehr geehrte Frau Holm,\n\n", ""])
def test_a_creditor_s_counsel_is_not_taken_for_us(greeting: str, text: str) -> None:
    body = greeting + text
    assert {one.label for one in _labelled(body)} == {Label.OWN}


def test_marked_lines_are_no_part_of_what_stands_above_them() -> None:
    quote = "\n".join(f"> {line}" for line in _PROXY.split("\n"))
    body = f"Guten Tag,\n800,00 EUR sind richtig.\n\nIhre Anfrage vom 1. März:\n{quote}"
    labels = {body[one.start : one.end]: one.label for one in _labelled(body)}
    assert labels["800,00 EUR sind richtig."] is Label.OWN


@pytest.mark.parametrize(
    "text",
    [
        "Schuldner: Jan Kern. Namens unseres Mandanten Jan Kern machen wir 800,00 EUR geltend.",
        "Ihr Mandant Jan Kern schuldet 800,00 EUR. Gläubiger: Jan Kern",
    ],
)
def test_nobody_is_his_own_creditor(read: Read, text: str) -> None:
    found = read(text, from_name="Jan Kern", from_email="jan.kern.fiktiv@gmx.de")
    assert found.creditor_name is None or found.creditor_name != found.client_name


def _labelled(body: str) -> list[Line]:
    return list(label_lines(body, offset=0, forwarded_inside_the_firm=False))
