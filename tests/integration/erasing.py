"""A client with mails, and an erasure whose certificate says what the statements told."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, text

from functions.worker.extracted_data import extracted_data
from shared.domain.extraction import ExtractedReply, Intent
from shared.domain.inquiry import Inquiry
from shared.domain.matching import CandidateExplanation, MatchDecision
from shared.postgres.client_erasure import ClientErasure, ErasedRows
from shared.postgres.client_selection import ClientSelection, ClientWish
from shared.postgres.database import Database
from shared.postgres.finishing import Finishing
from shared.postgres.leasing import ClaimedJob
from tests.factories import (
    a_claim,
    a_decision,
    stored_inquiry,
)

NAME = "Wendland, Petra"
MAIL: dict[str, Any] = {
    "subject": "Petra Wendland, NE-4471-88",
    "from_name": "Petra Wendland",
    "from_email": "petra.wendland@mail.example",
    "body_text": "Petra Wendland schuldet 120,00 EUR.",
    "body_html": "<p>Petra Wendland</p>",
    "headers": {"to": "Petra Wendland"},
    "to_addresses": ("wendland@kanzlei.example",),
    "cc_addresses": ("wendland@mail.example",),
}
EXTRACTED = extracted_data(
    ExtractedReply(
        is_creditor_reply=True,
        intent=Intent.DEBT_STATEMENT,
        extractor="rules@2",
        confidence=0.9,
        client_name="Petra Wendland",
        reference_numbers=("NE-4471-88",),
    )
)
BY_NAME = ClientWish(client_name="Petra Wendland")


def client_inquiry(database: Database, **fields: Any) -> Inquiry:
    return stored_inquiry(database, **{"client_name": NAME, "zendesk_ticket_id": "90001"} | fields)


def explained(inquiry_id: str, matched: str | None = None) -> MatchDecision:
    candidate = CandidateExplanation(
        inquiry_id=inquiry_id,
        supporting=("Der Nachname aus Wendland, Petra steht in der Mail.",),
    )
    return replace(a_decision(matched), candidates=(candidate,))


def complete(
    database: Database, job: ClaimedJob, inquiry: Inquiry, matched: str | None = None
) -> MatchDecision | None:
    claim = a_claim(matched, Decimal("120.00")) if matched else None
    read = EXTRACTED if matched else {"client_name": "Wiebke Arndt"}
    return Finishing(database).complete(
        job, decision=explained(inquiry.id, matched), extracted_data=read, claim=claim
    )


def certify(erased: ErasedRows) -> str:
    """A certificate of the tests' own: what the statements tell."""
    previous = erased.previous_sha256.hex() if erased.previous_sha256 else None
    return json.dumps(
        {
            "jobs": erased.selection.job_ids,
            "ended": erased.ended_jobs,
            "others": erased.mentions_erased,
            "remaining": erased.remaining,
            "previous": previous,
            "at": str(erased.at),
        }
    )


def erase(
    database: Database,
    wish: ClientWish = BY_NAME,
    invocation: str = "call-1",
    require: Callable[[ClientSelection], None] = lambda _selection: None,
) -> dict[str, Any] | None:
    certificate = ClientErasure(database).erase(
        wish,
        reference="2026-17",
        invocation=invocation,
        require_as_planned=require,
        certify=certify,
    )
    return None if certificate is None else json.loads(certificate)


def all_rows(sql: Connection) -> str:
    tables = sql.scalars(
        text("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
    )
    rows = [
        row
        for table in tables.all()
        for row in sql.scalars(text(f"SELECT to_jsonb(t)::text FROM {table} AS t"))
    ]
    # Bytes are shown in hexadecimal.
    return "\n".join(rows).lower().replace(b"wendland".hex(), "wendland")
