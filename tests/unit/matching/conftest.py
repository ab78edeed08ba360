"""A way to match one reply against a few inquiries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from functions.worker.matching import lookup_keys, match_reply
from functions.worker.reading import RulesReader
from shared.domain.inquiry import Inquiry
from shared.domain.match_keys import inquiry_keys
from shared.domain.matching import MatchDecision
from shared.domain.reply import Reply

Match = Callable[..., MatchDecision]


def bank_inquiry(inquiry_id: str, **fields: Any) -> Inquiry:
    """An inquiry to one bank, which answers from its own domain."""
    defaults: dict[str, Any] = {
        "client_name": "Kurz, Max",
        "creditor_name": "Bank Weidental eG",
        "creditor_email": "kredit@bank-weidental.example",
        "sent_at": datetime(2026, 2, 1, tzinfo=UTC),
    }
    return Inquiry(id=inquiry_id, **(defaults | fields))


def bank_reply(body_text: str, **fields: Any) -> Reply:
    defaults: dict[str, Any] = {
        "ticket_id": "9001",
        "from_email": "kredit@bank-weidental.example",
        "from_name": "Bank Weidental eG",
        "subject": "Ihr Schreiben",
        "received_at": datetime(2026, 3, 1, tzinfo=UTC),
    }
    return Reply(body_text=body_text, **(defaults | fields))


def find_and_match(reply: Reply, *inquiries: Inquiry) -> MatchDecision:
    """Read, look up, match, as the worker does it."""
    extracted = RulesReader().read(reply)
    keys = lookup_keys(reply=reply, extracted=extracted)
    found = [inquiry for inquiry in inquiries if inquiry_keys(inquiry) & keys]
    return match_reply(reply=reply, extracted=extracted, inquiries=found)


@pytest.fixture
def match() -> Match:
    def match_text(body_text: str, *inquiries: Inquiry, **fields: Any) -> MatchDecision:
        return find_and_match(bank_reply(body_text, **fields), *inquiries)

    return match_text
