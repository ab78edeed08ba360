"""The webhook: what an administrator may write into the trigger, and what Zendesk is told."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from functions.api.receive_webhook import DeliveryStatus, ReceivedDelivery
from functions.api.wire.fields import Moment
from shared.postgres.quarantine import QuarantinedDelivery, QuarantineKind, QuarantinePage

_MESSAGES = {
    DeliveryStatus.ACCEPTED: "The mail is stored and will be processed.",
    DeliveryStatus.DUPLICATE: "The mail is already here; the first job stands.",
    DeliveryStatus.IGNORED: "This is no mail; nothing is done.",
    DeliveryStatus.QUARANTINED: "The delivery cannot be read; it is kept for a person to look at.",
}
Identifier = str | int


class WebhookAttachment(BaseModel):
    """All of it is the sender's word."""

    url: str | None = None
    filename: str | None = None
    content_type: str | None = None
    size: int | None = None


class WebhookBody(BaseModel):
    """The documented form of the body; what is read is more lenient (unknown fields, types)."""

    model_config = ConfigDict(extra="allow")

    ticket_id: Identifier
    from_email: Annotated[
        str,
        Field(
            max_length=320,
            description="Also understood: comment_author_email, requester_email.",
        ),
    ]
    comment_id: Annotated[
        Identifier | None, Field(description="Tells two mails with the same text apart.")
    ] = None
    webhook_id: Identifier | None = None
    subject: str | None = None
    from_name: Annotated[str | None, Field(description="Also understood: comment_author_name.")] = (
        None
    )
    body_text: Annotated[str | None, Field(description="Also understood: text.")] = None
    body_html: str | None = None
    received_at: Annotated[
        str | None, Field(description="ISO 8601, or German day-first: 04.02.2026 10:00.")
    ] = None
    attachments: list[WebhookAttachment] = []
    to_addresses: list[str] = []
    cc_addresses: list[str] = []
    headers: dict[str, str] = {}


class WebhookAnswer(BaseModel):
    """`email_id` is the job's id, of the first job for a duplicate; null if there is no job."""

    status: DeliveryStatus
    message: str
    email_id: int | None

    @classmethod
    def from_delivery(cls, delivery: ReceivedDelivery) -> WebhookAnswer:
        return cls(
            status=delivery.status,
            message=_MESSAGES[delivery.status],
            email_id=delivery.job_id,
        )


class QuarantineListItem(BaseModel):
    """A kept delivery, without its content; `ticket_id` is a guess that helps to find it."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    kind: QuarantineKind
    cause: str
    ticket_id: str | None
    size_bytes: int
    deliveries: Annotated[int, Field(description="How often exactly these bytes came.")]
    first_received_at: Moment
    last_received_at: Moment
    correlation_id: str
    body_erased_at: Annotated[
        Moment | None, Field(description="When the kept bytes were erased, if they were.")
    ]

    @classmethod
    def from_kept(cls, kept: QuarantinedDelivery) -> QuarantineListItem:
        return cls.model_validate(kept)


class QuarantineAnswer(BaseModel):
    """Newest first; `next_cursor` is null on the last page."""

    total: int
    deliveries: list[QuarantineListItem]
    next_cursor: str | None

    @classmethod
    def from_page(cls, page: QuarantinePage, next_cursor: str | None) -> QuarantineAnswer:
        return cls(
            total=page.total,
            deliveries=[QuarantineListItem.from_kept(kept) for kept in page.deliveries],
            next_cursor=next_cursor,
        )
