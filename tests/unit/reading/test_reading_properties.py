"""What holds for every mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.worker.reading import RulesReader
from functions.worker.reading.mail.mail_text import open_mail
from shared.domain.errors import MailEncrypted
from shared.domain.extraction import ExtractedReply
from shared.domain.reply import Reply

_PIECES = st.sampled_from(
    [
        "Gesamtforderung ",
        "12,50 EUR",
        "1.234,56 €",
        "\n",
        "> ",
        "gegen Herrn Max Kurz",
        "RB-26-0101",
        "Von: a\nAn: b\nBetreff: c\n",
        "keine Forderung",
        " | ",
        "DE89 3704 0044 0532 0130 00",
        "GmbH ",
        "<b>",
        "</td>",
        "<div style=display:none>",
        "Mit freundlichen Grüßen\n",
        "\u0308",
        "\u200b",
    ]
)
_TEXTS = st.text(max_size=300) | st.lists(_PIECES, max_size=25).map("".join)


def _mail(text: str, html: str | None = None, subject: str = "") -> Reply:
    return Reply(
        ticket_id="1",
        from_email="a@bank.example",
        from_name="Bank",
        subject=subject,
        body_text=text,
        body_html=html,
        received_at=datetime(2026, 4, 1, tzinfo=UTC),
    )


def _read(reply: Reply) -> ExtractedReply | None:
    try:
        return RulesReader().read(reply)
    except MailEncrypted:
        return None


@settings(max_examples=150, deadline=None)
@given(text=_TEXTS, html=_TEXTS, subject=_TEXTS)
def test_any_text_yields_a_result_whose_evidence_is_printed(
    text: str, html: str, subject: str
) -> None:
    reply = _mail(text, html, subject)
    found, mail = _read(reply), open_mail(reply)
    sources = {"subject": mail.subject, "body": mail.body, "from_name": reply.from_name or ""}
    for evidence in found.evidence.values() if found else ():
        assert evidence.quote == sources[evidence.source][evidence.start : evidence.end] != ""


@settings(max_examples=60, deadline=None)
@given(quoted=_TEXTS, cents=st.integers(0, 99_999_999))
def test_a_quoted_thread_never_changes_the_amount(quoted: str, cents: int) -> None:
    debt = Decimal(cents) / 100
    printed = f"{debt:.2f}".replace(".", ",")
    own = f"Guten Tag,\n\ndie Gesamtforderung beträgt {printed} EUR.\n\n"
    thread = "\n".join(f"> {line}" for line in quoted.splitlines())
    alone, answered = _read(_mail(own)), _read(_mail(own + thread))
    assert alone is not None
    assert alone.debt_amount == debt
    assert answered is None or answered.debt_amount == debt


@settings(max_examples=40, deadline=None)
@given(text=_TEXTS)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert _read(_mail(text)) == _read(_mail(text))


@pytest.mark.parametrize("sender", ["Bank", "S", "Holger"])
@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1 ",
        "A-",
        "Max Muster ",
        "Am 1 schrieb x\n",
        "> ",
        "> a ",
        "> \n",
        "RB-26-0101 ",
        "<div>",
        "900 statt 600, dann ",
    ],
)
def test_two_hundred_thousand_hostile_signs_are_read_like_any_mail(piece: str, sender: str) -> None:
    """A quadratic step would take minutes."""
    text = piece * (200_000 // len(piece))
    found = _read(replace(_mail(text, text), from_name=sender))
    assert found is None or found.debt_amount is None
