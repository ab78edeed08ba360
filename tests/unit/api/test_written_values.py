"""Amounts and lists as clerks write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from functions.api.wire.written_values import read_amount, split_references


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("8000.00", "8000.00"),
        ("8000", "8000.00"),
        (8000, "8000.00"),
        (8000.5, "8000.50"),
        ("8.000,00", "8000.00"),
        ("1.234.567,8", "1234567.80"),
        ("8000,5 EUR", "8000.50"),
        ("12,30 €", "12.30"),
        ("0", "0.00"),
        ("0,00", "0.00"),
    ],
)
def test_plain_and_german_amounts_are_read(written: object, amount: str) -> None:
    assert read_amount(written) == Decimal(amount)


@pytest.mark.parametrize(
    "written",
    ["8.000", "8,000.00", "-1", "1e3", "NaN", "Infinity", "1.234", "viel", True, [], "٨", 1e20],
)
def test_ambiguous_and_impossible_amounts_are_refused(written: object) -> None:
    with pytest.raises(ValueError, match="must be an amount"):
        read_amount(written)


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("RB-26-0101; 6004 118 220", ("RB-26-0101", "6004 118 220")),
        ("RB-26-0101|FT-1|", ("RB-26-0101", "FT-1")),
        (["A", " A ", "", 17], ("A", "17")),
    ],
)
def test_reference_numbers_are_split_and_cleaned(written: object, numbers: tuple[str, ...]) -> None:
    assert split_references(written) == numbers
