"""An inquiry: the letter the firm had sent to one creditor for one client."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class LetterType(StrEnum):
    """Which of the firm's letters it was."""

    FIRST = "first"
    """Asks what is owed."""
    SECOND = "second"
    """Offers a settlement."""


@dataclass(frozen=True, kw_only=True)
class Inquiry:
    """`id` is the portal's own string. `debt_amount` is what the firm assumed, in EUR."""

    id: str
    client_name: str
    creditor_name: str
    creditor_email: str | None = None
    reference_numbers: tuple[str, ...] = ()
    sent_at: datetime
    zendesk_ticket_id: str | None = None
    letter_type: LetterType = LetterType.FIRST
    debt_amount: Decimal | None = None
