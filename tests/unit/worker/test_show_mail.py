from __future__ import annotations

import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from functions.worker.__main__ import ANY_COLOUR, CUT, PLAIN, main, shown_fields, shown_text
from functions.worker.mail_file import reply_from_file
from functions.worker.reading import RulesReader
from shared.domain.extraction import Evidence, ExtractedReply, Intent
from tests.factories import a_reply

BODY = "Schuldner: Max Kurz\nAktenzeichen: K 771 204\nGesamtforderung: 90,00 EUR\n"
WEBHOOK = {
    "ticket_id": 7,
    "subject": "Ihr Schreiben",
    "from_email": "post@funkhaus-nord.example",
    "from_name": "Funkhaus Nord GmbH",
    "body_text": BODY,
    "received_at": "2026-03-01T10:00:00Z",
}
INQUIRY = {
    "id": "inq-x",
    "client_name": "Kurz, Max",
    "creditor_name": "Funkhaus Nord GmbH",
    "creditor_email": "post@funkhaus-nord.example",
    "reference_numbers": ["K 771 204"],
    "sent_at": "2026-02-01T10:00:00Z",
}
EMAIL = (
    "From: Funkhaus Nord GmbH <post@funkhaus-nord.example>\r\n"
    "To: Kanzlei <post@kanzlei.example>\r\n"
    "Subject: =?utf-8?q?R=C3=BCckstand?=\r\n"
    "Date: Sun, 01 Mar 2026 10:00:00 +0000\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n\r\n" + BODY
).encode()


def _show(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["worker", *map(str, arguments)])
    return main()


def test_a_mail_is_shown_with_its_fields_and_the_decision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    mail, inquiries = tmp_path / "mail.json", tmp_path / "inquiries.jsonl"
    mail.write_text(json.dumps(WEBHOOK))
    inquiries.write_text(json.dumps(INQUIRY))
    assert _show(monkeypatch, mail, "--inquiries", inquiries) == 0
    shown = capsys.readouterr().out
    assert BODY.strip() in shown
    assert re.search(r"debt_amount +90\.00 .*90,00 EUR", shown)
    assert "auto_matched (reference_matches" in shown
    assert "Das Zeichen K 771 204 des Gläubigers steht in der Mail." in shown


def test_the_words_a_value_was_read_from_are_marked_in_its_colour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    mail = tmp_path / "mail.json"
    mail.write_text(json.dumps(WEBHOOK))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    _show(monkeypatch, mail)
    shown = capsys.readouterr().out
    marked = re.search(r"(\x1b\[[0-9;]+m)Max Kurz\x1b\[0m", shown)
    assert marked is not None
    assert f"{marked[1]}client_name" in shown


def test_an_email_is_read_as_it_was_saved(tmp_path: Path) -> None:
    path = tmp_path / "mail.eml"
    path.write_bytes(EMAIL)
    reply = reply_from_file(path)
    assert (reply.subject, reply.from_name) == ("Rückstand", "Funkhaus Nord GmbH")
    assert (reply.to_addresses, reply.received_at.year) == (("post@kanzlei.example",), 2026)
    assert (reply.body_text or "").replace("\r\n", "\n") == BODY


def test_an_encrypted_mail_is_said_to_be_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    mail = tmp_path / "mail.txt"
    mail.write_text("-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----")
    assert _show(monkeypatch, mail) == 1
    assert "encrypted" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["{", "[]", "{}"])
def test_a_file_that_is_no_webhook_body_is_said_to_be_none(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = tmp_path / "mail.json"
    mail.write_text(content)
    assert _show(monkeypatch, mail) == 2


def test_a_missing_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _show(monkeypatch, tmp_path / "absent.json") == 2
    assert "absent.json" in capsys.readouterr().err


@pytest.mark.parametrize(
    "date", ["", "Date: yesterday\n", "Date: Mon, 2 Mar 2026 10:00:00 +0100\n"]
)
def test_a_saved_mail_with_any_date_has_a_time_with_a_zone(tmp_path: Path, date: str) -> None:
    path = tmp_path / "mail.eml"
    path.write_text(f"From: konto@linde.example\n{date}Subject: x\n\nForderung 5,00 EUR\n")
    assert reply_from_file(path).received_at.tzinfo is not None


def test_a_webhook_s_time_without_a_zone_is_utc(tmp_path: Path) -> None:
    path = tmp_path / "mail.json"
    body = {"from_email": "a@b.example", "received_at": "2026-03-02T10:00:00"}
    path.write_text(json.dumps(body))
    assert reply_from_file(path).received_at == datetime(2026, 3, 2, 10, tzinfo=UTC)


def test_a_terminal_gets_colours_and_a_pipe_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    mail = tmp_path / "mail.json"
    mail.write_text(json.dumps(WEBHOOK))
    _show(monkeypatch, mail)
    assert "\x1b[" not in capsys.readouterr().out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    _show(monkeypatch, mail)
    assert "\x1b[" in capsys.readouterr().out


def test_a_sum_that_may_be_the_claim_is_pointed_at() -> None:
    place = Evidence(confidence=0.2, quote="812,40 EUR", source="body", start=0, end=10)
    unread = ExtractedReply(
        is_creditor_reply=True,
        intent=Intent.DEBT_STATEMENT,
        extractor="rules@1",
        confidence=0.5,
        evidence={"debt_amount": place},
    )
    shown = ANY_COLOUR.sub("", shown_fields(unread))
    assert re.search(r"debt_amount +\(may be this one\) +0\.20 +„812,40 EUR“", shown)


def test_what_is_false_is_shown_as_such() -> None:
    """No gap in what was read: "(may be this one)" stood there."""
    extracted = ExtractedReply(
        is_creditor_reply=False, intent=Intent.SPAM, extractor="rules@1", confidence=0.9
    )
    shown = ANY_COLOUR.sub("", shown_fields(extracted))
    assert re.search(r"is_creditor_reply +False", shown)


def test_where_reading_stops_is_shown() -> None:
    reply = a_reply(body_text="wir prüfen das noch. " * 1_000)
    assert shown_text(reply, RulesReader().read(reply)).rstrip().endswith(f"{CUT}{PLAIN}")
    short = a_reply(body_text="wir prüfen das noch.")
    assert CUT not in shown_text(short, RulesReader().read(short))
