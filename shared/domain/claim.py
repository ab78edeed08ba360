"""A claim: what a creditor says a client owes, per inquiry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from shared.domain.job import Reason

BIG_JUMP = 2
"""A claim that grows to more than this many times itself is looked at by a person."""


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


@dataclass(frozen=True, kw_only=True)
class ClaimOnRecord:
    """The revision that counts at the moment; `set_by` names the person who set it, if one did."""

    received_at: datetime
    amount: Decimal
    currency: str
    set_by: str | None = None


def objection(statement: ClaimStatement, current: ClaimOnRecord | None) -> Reason | None:
    """Why a person has to decide whether `statement` replaces what is on record; None if nobody.

    A claim of zero is never too low: it is only read where the mail says that nothing is owed.
    """
    if current is None:
        return None
    if statement.received_at < current.received_at:
        return Reason.OLDER_LETTER
    if current.set_by is not None:
        return Reason.CLAIM_SET_BY_PERSON
    if statement.currency != current.currency:
        return Reason.CLAIM_CURRENCY_CHANGED
    if 0 < statement.amount < current.amount:
        return Reason.CLAIM_DECREASED
    return Reason.CLAIM_JUMPED if statement.amount > BIG_JUMP * current.amount else None
