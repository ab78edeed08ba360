"""A reply: the e-mail as Zendesk delivered it; its bodies can be erased, never edited."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """What the webhook says of a file. All of it is the sender's word."""

    filename: str | None = None
    url: str | None = None
    content_type: str | None = None
    size: int | None = None


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One e-mail. Texts are as delivered, unbounded but for the size of the whole request."""

    ticket_id: str
    from_email: str
    received_at: datetime
    comment_id: str | None = None
    webhook_id: str | None = None
    subject: str | None = None
    from_name: str | None = None
    body_text: str | None = None
    body_html: str | None = None
    attachments: tuple[Attachment, ...] = ()
    to_addresses: tuple[str, ...] = ()
    cc_addresses: tuple[str, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)
