"""A trigger's body is written by hand: nothing in it may lose the mail."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.api.webhook.payload import ReadMail, Unreadable, ZendeskEvent, read_payload
from shared.domain.reply import Attachment

NOW = datetime(2026, 11, 23, 8, 15, 35, tzinfo=UTC)
REQUIRED: dict[str, object] = {"ticket_id": "35436", "from_email": "a@inkasso.example"}


def read(**fields: object) -> ReadMail:
    mail = read_payload(json.dumps(REQUIRED | fields).encode(), NOW)
    assert isinstance(mail, ReadMail)
    return mail


def test_the_two_required_fields_are_enough() -> None:
    mail = read()
    assert (mail.reply.ticket_id, mail.reply.from_email) == ("35436", "a@inkasso.example")
    assert (mail.reply.received_at, mail.notes) == (NOW, ())


def test_ids_may_be_numbers() -> None:
    mail = read(ticket_id=35436, comment_id=30064117810589, webhook_id=2**70)
    assert mail.reply.ticket_id == "35436"
    assert (mail.reply.comment_id, mail.reply.webhook_id) == ("30064117810589", str(2**70))
    assert mail.notes == ()


@pytest.mark.parametrize("absent", ["", "  ", None])
def test_empty_is_absent(absent: object) -> None:
    names = ["comment_id", "webhook_id", "subject", "from_name", "body_text", "body_html"]
    lists = ["received_at", "attachments", "to_addresses", "cc_addresses", "headers"]
    mail = read(**dict.fromkeys(names, absent), **dict.fromkeys(lists, absent and ""))
    assert {getattr(mail.reply, name) for name in names} == {None}
    assert mail.notes == ()


@pytest.mark.parametrize("alias", ["comment_author_email", "requester_email"])
def test_the_sender_has_aliases(alias: str) -> None:
    body = json.dumps({"ticket_id": 1, "from_email": "", alias: "b@inkasso.example"})
    mail = read_payload(body.encode(), NOW)
    assert isinstance(mail, ReadMail)
    assert mail.reply.from_email == "b@inkasso.example"


def test_name_and_text_have_aliases() -> None:
    reply = read(comment_author_name="Frau B", text="Guten Tag").reply
    assert (reply.from_name, reply.body_text) == ("Frau B", "Guten Tag")


def test_the_documented_name_wins_over_its_alias() -> None:
    assert read(requester_email="c@firma.example").reply.from_email == "a@inkasso.example"


def test_extra_fields_are_tolerated() -> None:
    assert read(schema="creditor-reply/1", is_public="true", via={"a": [1]}).notes == ()


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("subject", {"a": 1}),
        ("from_name", ["x"]),
        ("body_text", True),
        ("body_html", ["x"]),
        ("comment_id", {"id": 1}),
        ("received_at", ["x"]),
        ("attachments", "rechnung.pdf"),
        ("attachments", {"url": "https://x.example"}),
        ("attachments", ["rechnung.pdf"]),
        ("to_addresses", {"a": "b"}),
        ("cc_addresses", [1.5, {"a": "b"}, None]),
        ("headers", ["From: x"]),
        ("headers", "From: x"),
    ],
)
def test_a_field_of_the_wrong_type_is_dropped_and_noted(field: str, wrong: object) -> None:
    """Defect 38: a wrong type made the whole request a 422, and the mail was lost."""
    assert f"{field}_dropped" in read(**{field: wrong}).notes


def test_attachments_keep_what_is_known_of_them() -> None:
    given_url = "https://kanzlei.zendesk.example/token/abc"
    reply = read(attachments=[{"url": given_url, "size": "184320"}, {"filename": "b.pdf"}]).reply
    assert reply.attachments == (
        Attachment(url=given_url, size=184320),
        Attachment(filename="b.pdf"),
    )


@pytest.mark.parametrize("url", ["file:///etc/passwd", "javascript:alert(1)", "//x.example"])
def test_an_attachment_that_is_no_web_address_loses_its_address(url: str) -> None:
    """Defect 38: attachments were taken unchecked."""
    mail = read(attachments=[{"url": url, "filename": "x"}])
    assert mail.reply.attachments == (Attachment(filename="x"),)
    assert mail.notes == ("attachment_url_dropped",)


@pytest.mark.parametrize("size", ["viel", -1, 1.5, True])
def test_a_size_that_is_no_number_is_dropped(size: object) -> None:
    mail = read(attachments=[{"filename": "x", "size": size}])
    assert mail.reply.attachments == (Attachment(filename="x"),)
    assert len(mail.notes) == 1


def test_addresses_may_be_a_list_or_one_text() -> None:
    reply = read(to_addresses=["a@x.example", ""], cc_addresses="b@x.example, c@x.example").reply
    assert reply.to_addresses == ("a@x.example",)
    assert reply.cc_addresses == ("b@x.example", "c@x.example")


def test_headers_are_texts_by_name() -> None:
    reply = read(headers={"Auto-Submitted": "no", "Received": ["a", "b"], "X": ""}).reply
    assert reply.headers == {"Auto-Submitted": "no", "Received": "a, b"}


def test_raw_control_characters_inside_texts_are_read() -> None:
    body = b'{"ticket_id": "1", "from_email": "a@x.example", "subject": "a\tb\r\nc"}'
    mail = read_payload(body, NOW)
    assert isinstance(mail, ReadMail)
    assert mail.reply.subject == "a\tb\r\nc"


@pytest.mark.parametrize("unstorable", ["\x00", chr(0xD83D), chr(0xDC00)])
def test_what_postgresql_cannot_store_is_replaced_and_noted(unstorable: str) -> None:
    mail = read(subject=f"a{unstorable}b", headers={f"X{unstorable}": f"y{unstorable}"})
    assert mail.reply.subject == "a\ufffdb"
    assert mail.reply.headers == {"X\ufffd": "y\ufffd"}
    assert mail.notes == ("characters_replaced",)


def test_emoji_and_decomposed_umlauts_stay_as_they_are() -> None:
    mail = read(subject="Gla\u0308ubiger \U0001f4ce")
    assert (mail.reply.subject, mail.notes) == ("Gla\u0308ubiger \U0001f4ce", ())


@pytest.mark.parametrize(
    ("given_time", "received_at", "notes"),
    [
        ("04.02.2026 10:00", datetime(2026, 2, 4, 9, tzinfo=UTC), ()),
        ("2026-02-04T10:00:00Z", datetime(2026, 2, 4, 10, tzinfo=UTC), ()),
        ("gestern", NOW, ("received_at_unreadable",)),
        ("2099-01-01T00:00:00Z", NOW, ("received_at_in_future",)),
        (1795421728, NOW, ("received_at_unreadable",)),
    ],
)
def test_a_time_is_read_or_replaced_by_now(
    given_time: object, received_at: datetime, notes: tuple[str, ...]
) -> None:
    """Defect 28: 2099 was accepted and pinned the mail to the top of the list."""
    mail = read(received_at=given_time)
    assert (mail.reply.received_at, mail.notes) == (received_at, notes)


def test_long_texts_are_kept_whole() -> None:
    """Defect 38: a subject over 500 characters was a database error, and the mail was lost."""
    reply = read(subject="s" * 5_000, ticket_id="9" * 200, body_text="b" * 500_000).reply
    assert (len(reply.subject or ""), len(reply.body_text or "")) == (5_000, 500_000)


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        (b"", Unreadable.NOT_JSON),
        (b'{"subject": "Re: "Max""}', Unreadable.NOT_JSON),
        (b'{"ticket_id": }', Unreadable.NOT_JSON),
        (b"[" * 100_000, Unreadable.NOT_JSON),
        (b'{"x": "\xe4"}', Unreadable.NOT_UTF8),
        ('{"ticket_id": "1"}'.encode("utf-16"), Unreadable.NOT_UTF8),
        (b"[]", Unreadable.NOT_AN_OBJECT),
        (b"null", Unreadable.NOT_AN_OBJECT),
        (b'"text"', Unreadable.NOT_AN_OBJECT),
        (b"{}", Unreadable.TICKET_ID_MISSING),
        (b'{"ticket_id": "", "from_email": "a@x.example"}', Unreadable.TICKET_ID_MISSING),
        (b'{"ticket_id": null, "from_email": "a@x.example"}', Unreadable.TICKET_ID_MISSING),
        (b'{"ticket_id": ["1"], "from_email": "a@x.example"}', Unreadable.TICKET_ID_MISSING),
        (b'{"ticket_id": "1"}', Unreadable.FROM_EMAIL_MISSING),
        (b'{"ticket_id": "1", "from_email": " "}', Unreadable.FROM_EMAIL_MISSING),
        (
            json.dumps({"ticket_id": "1", "from_email": "a" * 321}).encode(),
            Unreadable.FROM_EMAIL_TOO_LONG,
        ),
    ],
)
def test_what_is_no_mail_says_why(body: bytes, cause: Unreadable) -> None:
    assert read_payload(body, NOW) is cause


def test_a_sender_of_320_characters_need_not_look_like_an_address() -> None:
    assert read(from_email="ä" * 320).reply.from_email == "ä" * 320


def test_a_byte_order_mark_is_no_obstacle() -> None:
    assert isinstance(read_payload(b"\xef\xbb\xbf" + json.dumps(REQUIRED).encode(), NOW), ReadMail)


def test_an_event_of_a_subscription_is_recognised() -> None:
    body = json.dumps({"type": "zen:event-type:ticket.created", **REQUIRED}).encode()
    assert read_payload(body, NOW) == ZendeskEvent("zen:event-type:ticket.created")


@given(st.binary(max_size=200))
def test_no_bytes_raise(body: bytes) -> None:
    assert isinstance(read_payload(body, NOW), ReadMail | ZendeskEvent | Unreadable)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
_OPTIONAL = [
    "comment_id",
    "webhook_id",
    "subject",
    "from_name",
    "body_text",
    "body_html",
    "received_at",
    "attachments",
    "to_addresses",
    "cc_addresses",
    "headers",
]


@given(st.dictionaries(st.sampled_from(_OPTIONAL), _JSON))
def test_no_optional_field_whatever_its_value_loses_the_mail(fields: dict[str, object]) -> None:
    assert read(**fields).reply.ticket_id == "35436"
