"""Two deliveries are the same mail if they say the same, and not otherwise."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from functions.api.webhook.payload import ReadMail, read_payload

NOW = datetime(2026, 11, 23, tzinfo=UTC)
MAIL = {
    "ticket_id": "1",
    "from_email": "a@x.example",
    "subject": "Re",
    "body_text": "Text",
    "body_html": "<p>Text</p>",
    "comment_id": "7",
    "webhook_id": "8",
    "received_at": "2026-02-04T10:00:00Z",
}


def key(**changes: object) -> bytes:
    return key_at(NOW, **changes)


def key_at(now: datetime, /, **changes: object) -> bytes:
    mail = read_payload(json.dumps(MAIL | changes).encode(), now)
    assert isinstance(mail, ReadMail)
    return mail.dedup_key


def test_the_same_mail_has_the_same_key_whenever_it_comes() -> None:
    assert key() == key_at(NOW + timedelta(days=1))
    assert len(key()) == 32


def test_ids_as_numbers_make_no_difference() -> None:
    assert key(ticket_id=1, comment_id=7) == key()


@pytest.mark.parametrize(
    "changed", ["ticket_id", "from_email", "subject", "body_text", "body_html", "comment_id"]
)
def test_any_other_content_is_another_mail(changed: str) -> None:
    assert key(**{changed: "other"}) != key()


def test_with_a_comment_id_the_lesser_ids_take_no_part() -> None:
    assert key(webhook_id="9", received_at="2026-02-05") == key()


def test_without_a_comment_id_the_webhook_id_tells_apart() -> None:
    """Defect 10: without the one optional id every mail was stored twice."""
    assert key(comment_id="") == key(comment_id=None)
    assert key(comment_id="", webhook_id="9") != key(comment_id="")
    assert key(comment_id="", received_at="2026-02-05") == key(comment_id="")


def test_without_any_id_the_time_as_sent_tells_apart() -> None:
    without = {"comment_id": "", "webhook_id": ""}
    assert key(**without, received_at="gestern") != key(**without, received_at="heute")
    later = NOW + timedelta(hours=1)
    assert key_at(later, **without, received_at="gestern") == key(**without, received_at="gestern")


def test_the_same_number_of_another_kind_is_another_id() -> None:
    assert key(comment_id="8") != key(comment_id="")


def test_a_text_that_moves_to_the_next_field_is_another_mail() -> None:
    assert key(subject="ab", body_text="c") != key(subject="a", body_text="bc")
    assert key(subject='a","b', body_text="c") != key(subject="a", body_text='b","c')
