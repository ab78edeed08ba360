"""A reply from a file: a webhook's body as JSON, an e-mail as a mail program saves it, or text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr, parsedate_to_datetime
from pathlib import Path
from typing import Any

from shared.domain.reply import Attachment, Reply

UNKNOWN = "unknown@example.com"


def reply_from_file(path: Path) -> Reply:
    """By the file's ending: ``.json``, ``.eml``, or anything else as plain text in UTF-8.

    Raises OSError, or ValueError if a ``.json`` file holds no webhook body.
    """
    content = path.read_bytes()
    if path.suffix == ".json":
        return _from_webhook(json.loads(content))
    if path.suffix == ".eml":
        return _from_email(message_from_bytes(content, policy=policy.default))
    return Reply(
        ticket_id="0",
        from_email=UNKNOWN,
        received_at=datetime.now(UTC),
        body_text=content.decode("utf-8", errors="replace"),
    )


def _from_webhook(document: Any) -> Reply:  # noqa: ANN401  # Whatever the file holds.
    body = document.get("webhook", document) if isinstance(document, Mapping) else None
    if not isinstance(body, Mapping) or "from_email" not in body:
        message = "The file holds no webhook body: from_email is missing."
        raise ValueError(message)
    received = body.get("received_at")
    return Reply(
        ticket_id=str(body.get("ticket_id") or "0"),
        from_email=str(body["from_email"]),
        received_at=_in_utc(datetime.fromisoformat(received)) if received else datetime.now(UTC),
        subject=body.get("subject"),
        from_name=body.get("from_name"),
        body_text=body.get("body_text"),
        body_html=body.get("body_html"),
        attachments=tuple(
            Attachment(filename=each.get("filename"), content_type=each.get("content_type"))
            for each in body.get("attachments") or ()
        ),
        to_addresses=tuple(body.get("to_addresses") or ()),
        cc_addresses=tuple(body.get("cc_addresses") or ()),
        headers=dict(body.get("headers") or {}),
    )


def _from_email(message: EmailMessage) -> Reply:
    name, address = parseaddr(message.get("From", ""))
    return Reply(
        ticket_id="0",
        from_email=address or UNKNOWN,
        from_name=name or None,
        received_at=_date_of(message.get("Date")),
        subject=message.get("Subject"),
        body_text=_part(message, "plain"),
        body_html=_part(message, "html"),
        attachments=tuple(
            Attachment(filename=part.get_filename(), content_type=part.get_content_type())
            for part in message.iter_attachments()
        ),
        to_addresses=tuple(address for _, address in getaddresses(message.get_all("To", []))),
        cc_addresses=tuple(address for _, address in getaddresses(message.get_all("Cc", []))),
        headers={key: str(value) for key, value in message.items()},
    )


def _date_of(header: str | None) -> datetime:
    """The time of sending, or now if the header is missing or says nothing readable."""
    try:
        return _in_utc(parsedate_to_datetime(header or ""))
    except ValueError:
        return datetime.now(UTC)


def _in_utc(moment: datetime) -> datetime:
    """A time without a zone is taken as UTC, as the webhook takes it."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _part(message: EmailMessage, kind: str) -> str | None:
    part = message.get_body((kind,))
    return part.get_content() if part is not None else None
