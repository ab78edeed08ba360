"""Reads a webhook's body: a mail, an event that is not for us, or nothing readable."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from functions.api.moments import read_moment
from functions.api.webhook.dedup_key import dedup_key
from functions.api.webhook.lenient_fields import LenientFields
from shared.domain.reply import Attachment, Reply

MAX_SENDER_LENGTH = 320
"""64 characters, an @ and 255 more: no address is longer (RFC 3696, erratum 1690)."""
_EVENT_TYPE_PREFIX = "zen:event-type:"


class Unreadable(StrEnum):
    """Why a signed body is no mail."""

    NOT_UTF8 = "not_utf8"
    NOT_JSON = "not_json"
    NOT_AN_OBJECT = "not_an_object"
    TICKET_ID_MISSING = "ticket_id_missing"
    FROM_EMAIL_MISSING = "from_email_missing"
    FROM_EMAIL_TOO_LONG = "from_email_too_long"


@dataclass(frozen=True, kw_only=True)
class ReadMail:
    """`notes` are codes of what had to be dropped, replaced or assumed."""

    reply: Reply
    dedup_key: bytes
    notes: tuple[str, ...]


@dataclass(frozen=True)
class ZendeskEvent:
    """A delivery of an event subscription; `type` is Zendesk's, such as ``…:ticket.created``."""

    type: str


def read_payload(body: bytes, now: datetime) -> ReadMail | ZendeskEvent | Unreadable:
    """Never raises for any bytes. Raw control characters inside strings are accepted."""
    try:
        text = body.decode("utf-8-sig")
        # Numbers stay texts, so that an id arrives as it was written, whatever its size.
        document = json.loads(text, strict=False, parse_int=str, parse_float=str)
    except UnicodeDecodeError:
        return Unreadable.NOT_UTF8
    except (ValueError, RecursionError):
        return Unreadable.NOT_JSON
    if not isinstance(document, dict):
        return Unreadable.NOT_AN_OBJECT
    return _read_document(document, now)


def _read_document(
    document: dict[str, object], now: datetime
) -> ReadMail | ZendeskEvent | Unreadable:
    kind = document.get("type")
    if isinstance(kind, str) and kind.startswith(_EVENT_TYPE_PREFIX):
        return ZendeskEvent(kind)
    fields = LenientFields(document)
    ticket_id = fields.stripped("ticket_id")
    from_email = fields.stripped("from_email", "comment_author_email", "requester_email")
    if ticket_id is None:
        return Unreadable.TICKET_ID_MISSING
    if from_email is None:
        return Unreadable.FROM_EMAIL_MISSING
    if len(from_email) > MAX_SENDER_LENGTH:
        return Unreadable.FROM_EMAIL_TOO_LONG
    reply = _read_reply(fields, ticket_id, from_email, now)
    key = dedup_key(reply, received_at_as_sent=fields.stripped("received_at"))
    return ReadMail(reply=reply, dedup_key=key, notes=tuple(fields.notes))


def _read_reply(fields: LenientFields, ticket_id: str, from_email: str, now: datetime) -> Reply:
    return Reply(
        ticket_id=ticket_id,
        from_email=from_email,
        received_at=_received_at(fields, now),
        comment_id=fields.stripped("comment_id"),
        webhook_id=fields.stripped("webhook_id"),
        subject=fields.text("subject"),
        from_name=fields.text("from_name", "comment_author_name"),
        body_text=fields.text("body_text", "text"),
        body_html=fields.text("body_html"),
        attachments=tuple(_attachment(item) for item in fields.objects("attachments")),
        to_addresses=fields.texts("to_addresses"),
        cc_addresses=fields.texts("cc_addresses"),
        headers=fields.text_map("headers"),
    )


def _received_at(fields: LenientFields, now: datetime) -> datetime:
    text = fields.stripped("received_at")
    moment = read_moment(text) if text else now
    if moment is None:
        fields.note("received_at_unreadable")
    elif moment > now:
        fields.note("received_at_in_future")
    return min(moment or now, now)


def _attachment(item: LenientFields) -> Attachment:
    return Attachment(
        filename=item.text("filename"),
        url=_web_address(item),
        content_type=item.text("content_type"),
        size=_size(item),
    )


def _web_address(item: LenientFields) -> str | None:
    """Only http and https: nobody may be handed a link to a file or a script."""
    url = item.stripped("url")
    if url is not None and not url.lower().startswith(("https://", "http://")):
        item.note("attachment_url_dropped")
        return None
    return url


def _size(item: LenientFields) -> int | None:
    digits = item.stripped("size")
    if digits is None:
        return None
    if digits.isascii() and digits.isdigit() and len(digits) <= len(str(2**62)):
        return int(digits)
    item.note("attachment_size_dropped")
    return None
