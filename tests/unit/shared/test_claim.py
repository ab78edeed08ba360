from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from shared.domain.claim import ClaimOnRecord, ClaimStatement, objection
from shared.domain.job import Reason
from tests.factories import MARCH


def _objection(old: str, new: str, *, days_later: int = 1, **record: str) -> Reason | None:
    current = ClaimOnRecord(
        received_at=MARCH,
        amount=Decimal(old),
        currency=record.get("currency", "EUR"),
        set_by=record.get("set_by"),
    )
    statement = ClaimStatement(
        inquiry_id="x",
        received_at=MARCH + timedelta(days=days_later),
        amount=Decimal(new),
        currency="EUR",
    )
    return objection(statement, current)


def test_a_first_claim_meets_no_objection() -> None:
    statement = ClaimStatement(
        inquiry_id="x", received_at=MARCH, amount=Decimal("9999.00"), currency="EUR"
    )
    assert objection(statement, None) is None


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("100.00", "100.00", None),
        ("100.00", "104.50", None),
        ("100.00", "200.00", None),
        ("100.00", "0.00", None),
        ("0.00", "0.00", None),
        ("100.00", "99.99", Reason.CLAIM_DECREASED),
        ("100.00", "200.01", Reason.CLAIM_JUMPED),
        ("0.00", "10.00", Reason.CLAIM_JUMPED),
    ],
)
def test_a_claim_may_grow_a_little_or_end(old: str, new: str, reason: Reason | None) -> None:
    assert _objection(old, new) is reason


def test_an_older_letter_changes_nothing() -> None:
    assert _objection("100.00", "120.00", days_later=-1) is Reason.OLDER_LETTER


def test_a_letter_of_the_same_day_counts() -> None:
    assert _objection("100.00", "120.00", days_later=0) is None


def test_a_persons_value_stands() -> None:
    assert _objection("100.00", "120.00", set_by="clerk") is Reason.CLAIM_SET_BY_PERSON


def test_another_currency_is_no_higher_or_lower_amount() -> None:
    assert _objection("100.00", "120.00", currency="CHF") is Reason.CLAIM_CURRENCY_CHANGED
