"""What a line is."""

from __future__ import annotations

import pytest

from functions.worker.reading.mail.segments import Label, label_lines

_LETTER = "Wir machen 100,00 EUR geltend."


def _label_of(line: str, body: str, *, internal: bool = False) -> Label:
    labelled = label_lines(body, offset=0, forwarded_inside_the_firm=internal)
    return {body[one.start : one.end]: one.label for one in labelled}[line]


@pytest.mark.parametrize(
    "body",
    [
        f"neu\n\n> {_LETTER}",
        f"neu\n\nAm 12.02.2026 um 10:00 schrieb Kanzlei Rot <a@b.example>:\n\n{_LETTER}",
        f"neu\n\nAm 12.02.2026 um 10:00 schrieb Kanzlei Rot\n<a@b.example>:\n\n{_LETTER}",
        f"neu\n\n-----Ursprüngliche Nachricht-----\n{_LETTER}",
        f"neu\n\nVon: Kanzlei\nGesendet: Montag\nAn: X\nBetreff: Y\n\n{_LETTER}",
        f"neu\n\n*Von:* Kanzlei\n*Datum:* Montag\n*An:* X\n\n{_LETTER}",
        f"neu\n\nFrom: Kanzlei\nSent: Monday\nTo: X\nSubject: Y\n\n{_LETTER}",
        f"neu\n\n---------- Forwarded message ---------\n{_LETTER}",
        f"neu\n\n##- Bitte antworten Sie über dieser Zeile -##\n{_LETTER}",
        f"neu\n\n##- Bitte Ihre Antwort oberhalb dieser Zeile eingeben -##\n{_LETTER}",
        f"neu\n\nIhre Nachricht an uns:\n----------------------\n{_LETTER}",
        f"neu\n\nKopie Ihrer Anfrage:\n\nSehr geehrte Damen und Herren,\n{_LETTER}",
        f"neu\nMit freundlichen Grüßen\nEva Kern\n\nSehr geehrte Damen und Herren,\n{_LETTER}",
    ],
)
def test_an_older_mail_is_quoted(body: str) -> None:
    line = next(line for line in body.split("\n") if _LETTER in line)
    assert (_label_of("neu", body), _label_of(line, body)) == (Label.OWN, Label.QUOTED)


def test_an_answer_between_quoted_lines_is_own_text() -> None:
    body = "> Wie hoch?\n100,00 EUR\n> Und Zinsen?\nkeine"
    assert _label_of("100,00 EUR", body) is Label.OWN


def test_an_answer_below_a_marked_quote_is_own_text() -> None:
    body = "Am 1.2.2026 schrieb Kanzlei Rot:\n> Wie hoch?\n\n100,00 EUR"
    assert _label_of("100,00 EUR", body) is Label.OWN


def test_the_head_of_the_sender_s_own_letter_is_own_text() -> None:
    body = "Datum: 01.04.2026\nBetreff: Forderung\n\nWir fordern 5,00 EUR."
    assert _label_of("Wir fordern 5,00 EUR.", body) is Label.OWN


def test_what_a_colleague_forwards_counts() -> None:
    body = f"zur Akte\n\nVon: Bank\nGesendet: Montag\nAn: Kanzlei\n\n{_LETTER}"
    assert _label_of(_LETTER, body, internal=True) is Label.FORWARDED


def test_the_signature_begins_at_the_closing_words() -> None:
    assert _label_of("Eva Kern", "Text\nMit freundlichen Grüßen\nEva Kern") is Label.SIGNATURE


def test_a_ticket_system_s_first_line_has_the_answer_below_it() -> None:
    body = f"##- Bitte antworten Sie oberhalb dieser Zeile -##\n\n{_LETTER}"
    assert _label_of(_LETTER, body) is Label.OWN


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Der Vorstand hat dem Plan zugestimmt und bittet um baldige Zahlung.", Label.OWN),
        ("Vorstand: Eva Kern (Vorsitz), Jonas Berger, Dr. Ina Holm", Label.FOOTER),
        ("Newsletter abbestellen", Label.FOOTER),
    ],
)
def test_a_sentence_on_the_board_is_no_footer(line: str, label: Label) -> None:
    assert _label_of(line, f"Guten Tag,\n{line}") is label


def test_friendly_greetings_begin_no_other_letter() -> None:
    body = "Text\nMit freundlichen Grüßen\nLiebe Grüße\nEva Kern"
    assert _label_of("Eva Kern", body) is Label.SIGNATURE


def test_what_is_sent_to_an_address_is_no_heading() -> None:
    body = "Ihr Schreiben: wir antworten.\nWir fordern 5,00 EUR."
    assert _label_of("Wir fordern 5,00 EUR.", body) is Label.OWN


def test_register_and_capital_are_footer() -> None:
    line = "HRB 2214470, Stammkapital 50.000 EUR"
    assert _label_of(line, f"Text\n{line}") is Label.FOOTER


@pytest.mark.parametrize(
    ("line", "label"),
    [
        (
            "danke, wir verfolgen den Posten nun nicht weiter (Mindestbestellwert 25 Euro).",
            Label.OWN,
        ),
        ("wegen Frau Holm haben wir beim Registergericht nachgefragt und warten.", Label.OWN),
        ("Mindestbestellwert 25 Euro, Versand frei", Label.FOOTER),
        (
            "Diese E-Mail enthält vertrauliche Daten, bitte informieren Sie uns, wenn sie irrt.",
            Label.FOOTER,
        ),
    ],
)
def test_a_paragraph_that_speaks_to_us_is_no_footer(line: str, label: Label) -> None:
    assert _label_of(line, f"Guten Tag,\n{line}") is label


def test_the_clerk_s_line_is_signature() -> None:
    line = "Ihre Ansprechpartnerin: Sabine Kern"
    assert _label_of(line, f"{line}\nText") is Label.SIGNATURE
