"""A way to read one mail of which only the mentioned part matters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from functions.worker.reading import RulesReader
from functions.worker.reading.money.sum_model import LikelySums, SumKind
from functions.worker.reading.money.sums import Sum
from shared.domain.extraction import ExtractedReply
from shared.domain.reply import Reply

Read = Callable[..., ExtractedReply]
Mail = Callable[..., Reply]


def as_likely(sums: tuple[Sum, ...], *kinds: tuple[SumKind, float]) -> LikelySums:
    """The sums in their order, each with the probability of one kind."""
    starts = [one.amount.start for one in sums]
    shares: list[dict[str, float]] = [{kind: share} for kind, share in kinds]
    return LikelySums(sums, dict(zip(starts, shares, strict=True)))


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
