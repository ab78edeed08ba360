"""The labelled mails of this folder as domain objects."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from shared.domain.inquiry import Inquiry, LetterType
from shared.domain.reply import Attachment, Reply

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class LabelledReply:
    """A reply and its labels; `expected` as described in the README."""

    id: str
    reply: Reply
    expected: dict[str, Any]
    inquiry_id: str | None
    accepted_statuses: tuple[str, ...]
    difficulty: str


def labelled_replies(collection: str = "replies") -> tuple[LabelledReply, ...]:
    """`collection` is a file of this folder, without its ending (README.md)."""
    return tuple(_labelled(record) for record in _records(f"{collection}.jsonl"))


def labelled_bodies() -> tuple[tuple[Reply, dict[str, Any]], ...]:
    """Short bodies in an envelope that says nothing, with the labels of their money (README.md)."""
    return tuple((_enveloped(record["body"]), record) for record in _records("bodies.jsonl"))


def sample_inquiries() -> tuple[Inquiry, ...]:
    return tuple(_inquiry(record) for record in _records("inquiries.jsonl"))


def poisonous_reply() -> Reply:
    record = json.loads((_FOLDER / "poison.json").read_text(encoding="utf-8"))
    return reply_from_webhook(record["webhook"])


def reply_from_webhook(body: dict[str, Any]) -> Reply:
    fields = dict(body)
    fields["received_at"] = datetime.fromisoformat(body["received_at"])
    fields["attachments"] = tuple(Attachment(**one) for one in body.get("attachments", ()))
    for name in ("to_addresses", "cc_addresses"):
        fields[name] = tuple(body.get(name) or ())
    fields["headers"] = body.get("headers") or {}
    return Reply(**fields)


def _enveloped(body: str) -> Reply:
    return Reply(
        ticket_id="1",
        from_email="post@absender.example",
        from_name="",
        subject="Ihr Schreiben",
        body_text=body,
        received_at=datetime(2026, 4, 20, tzinfo=UTC),
    )


def _records(name: str) -> list[dict[str, Any]]:
    lines = (_FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def _labelled(record: dict[str, Any]) -> LabelledReply:
    return LabelledReply(
        id=record["id"],
        reply=reply_from_webhook(record["webhook"]),
        expected=record["expected"],
        inquiry_id=record["matched_inquiry_id"],
        accepted_statuses=(record["match_status"], *record.get("match_status_accept", ())),
        difficulty=record["difficulty"],
    )


def _inquiry(record: dict[str, Any]) -> Inquiry:
    amount = record["debt_amount"]
    return Inquiry(
        id=record["id"],
        client_name=record["client_name"],
        creditor_name=record["creditor_name"],
        creditor_email=record["creditor_email"],
        reference_numbers=tuple(record["reference_numbers"]),
        sent_at=datetime.fromisoformat(record["sent_at"]),
        zendesk_ticket_id=record["zendesk_ticket_id"],
        letter_type=LetterType(record["letter_type"]),
        debt_amount=Decimal(amount) if amount else None,
    )
