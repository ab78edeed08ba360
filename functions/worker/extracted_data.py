"""What was read, as it is stored and shown: money as decimal strings, never floats."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from shared.domain.extraction import ExtractedReply


def extracted_data(extracted: ExtractedReply) -> dict[str, Any]:
    """The JSON object of the job's `extracted_data`, every field present."""
    return {name: _plain(value) for name, value in asdict(extracted).items()}


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, tuple):
        return list(value)
    return value
