"""Tables with a price and a sum in each line, and no line for their total."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sums import Sum

_ZERO = Decimal("0.00")
_CLAIMS = frozenset({Role.TOTAL, Role.BALANCE})


def column_of_products(sums: Sequence[Sum]) -> tuple[Sum, ...]:
    """The last of two columns, if every sum in it is so many times the price beside it."""
    columns = sorted({one.column for one in sums if one.column is not None})
    if len(columns) != 2 or any(one.column is None and one.role in _CLAIMS for one in sums):  # noqa: PLR2004
        return ()
    prices, totals = ([one for one in sums if one.column == column] for column in columns)
    if len(prices) != len(totals) or len(totals) < 2:  # noqa: PLR2004
        return ()
    pairs = [(price.owed, total.owed) for price, total in zip(prices, totals, strict=True)]
    if any(price <= _ZERO or total % price for price, total in pairs):
        return ()
    are_products = any(total > price for price, total in pairs)
    return tuple(totals) if are_products else ()
