"""Reads what people write into a table: amounts, dates, lists. Messages complete "The field …"."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

from functions.api.moments import read_moment

_PLAIN_AMOUNT = re.compile(r"\d{1,12}(\.\d{1,2})?")
_GERMAN_AMOUNT = re.compile(r"(\d{1,3}(\.\d{3}){1,3}|\d{1,12}),\d{1,2}")
_CURRENCY = re.compile(r"\s*(EUR|€)$")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


def read_amount(value: object) -> Decimal | None:
    """A thousands point without a comma (8.000) is refused: it can mean two amounts."""
    if value is None:
        return None
    text = _CURRENCY.sub("", str(value).strip())
    if _GERMAN_AMOUNT.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    if not (text.isascii() and _PLAIN_AMOUNT.fullmatch(text)):
        message = "must be an amount in EUR, such as 8000.00 or 8.000,00"
        raise ValueError(message)
    return Decimal(text).quantize(Decimal("0.01"))


def read_date(value: object) -> datetime:
    """In UTC; raises ValueError, also for a number."""
    moment = read_moment(value) if isinstance(value, str) else None
    if moment is None:
        message = "must be a date, such as 2026-02-10, 2026-02-10T09:00:00Z or 10.02.2026"
        raise ValueError(message)
    return moment


def split_references(value: object) -> object:
    """Also a list is cleaned: empty and repeated numbers are left out."""
    parts = re.split(r"[;|]", value) if isinstance(value, str) else value
    if not isinstance(parts, list):
        return value
    texts = [str(part).strip() if isinstance(part, str | int) else part for part in parts]
    return tuple(text for index, text in enumerate(texts) if text and text not in texts[:index])


def one_line(text: str) -> str:
    """The text itself, or ValueError."""
    if _CONTROL.search(text):
        message = "must not contain line breaks or control characters"
        raise ValueError(message)
    return text


def one_path_segment(text: str) -> str:
    """The text itself, or ValueError."""
    if "/" in text:
        message = "must not contain a slash, because it is part of an address"
        raise ValueError(message)
    return text
