"""A claim: what a creditor says a client owes, per inquiry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class ClaimStatement:
    """One creditor's word on one inquiry's claim. Money has two places, in `currency`."""

    inquiry_id: str
    received_at: datetime
    amount: Decimal
    currency: str
    principal: Decimal | None = None
    interest: Decimal | None = None
    costs: Decimal | None = None
