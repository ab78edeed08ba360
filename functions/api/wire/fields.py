"""Kinds of values that several answers have."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, PlainSerializer

Moment = Annotated[datetime, AfterValidator(lambda moment: moment.astimezone(UTC))]
"""A point in time, shown as ISO 8601 in UTC."""

Money = Annotated[Decimal, PlainSerializer(lambda amount: f"{amount:.2f}", return_type=str)]
"""An amount, shown as a decimal text with two places, never as a float."""
