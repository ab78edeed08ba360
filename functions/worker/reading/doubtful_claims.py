"""What makes a claim so doubtful that a person should look: the mail contradicts or hides it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from functions.worker.reading.sums import Sum


def leaves_a_doubt(text: str, debt: Decimal, sums: Sequence[Sum]) -> bool:
    """Whether the mail leaves open how much is owed, though one sum is the likeliest."""
    return any(one.amount.is_torn for one in sums)
