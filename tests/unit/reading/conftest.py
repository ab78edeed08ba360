"""A way to read one mail of which only the mentioned part matters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from functions.worker.reading import RulesReader
from shared.domain.extraction import ExtractedReply
from shared.domain.reply import Reply

Read = Callable[..., ExtractedReply]
Mail = Callable[..., Reply]


@pytest.fixture
def a_mail() -> Mail:
    def build(body_text: str | None = None, **fields: Any) -> Reply:
        defaults: dict[str, Any] = {
            "ticket_id": "1",
            "from_email": "konto@kaufhaus-linde.example",
            "from_name": "Kaufhaus Linde GmbH",
            "received_at": datetime(2026, 4, 1, tzinfo=UTC),
        }
        return Reply(**(defaults | {"body_text": body_text} | fields))

    return build


@pytest.fixture
def read(a_mail: Mail) -> Read:
    def read_mail(body_text: str | None = None, **fields: Any) -> ExtractedReply:
        return RulesReader().read(a_mail(body_text, **fields))

    return read_mail
