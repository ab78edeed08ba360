"""Takes a JSON list or a CSV file apart into rows, before anyone looks at their values."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from decimal import Decimal

from functions.api.import_inquiries import ImportRow
from functions.api.wire.inquiries import ListedInquiry
from shared.domain.errors import InquiryRejected

_COLUMNS = tuple(ListedInquiry.model_fields)
_REQUIRED = frozenset(
    name for name, field in ListedInquiry.model_fields.items() if field.is_required()
)


def rows_of_json(body: bytes) -> list[ImportRow]:
    """Raises InquiryRejected unless the body is a JSON list."""
    try:
        document = json.loads(body, parse_float=Decimal)
    except (ValueError, RecursionError):
        raise _rejected("The body is not valid JSON.") from None
    if not isinstance(document, list):
        raise _rejected("The body must be a list of inquiries.")
    return [ImportRow(f"Entry {number}", item) for number, item in enumerate(document, start=1)]


def rows_of_csv(body: bytes) -> list[ImportRow]:
    """The first row names the columns; rows are counted as a spreadsheet counts them.

    The separator is a comma, a semicolon or a tab, whichever the first row has most of.
    Raises InquiryRejected.
    """
    text = _decoded(body)
    header = text.split("\n", 1)[0]
    separator = max(",;\t", key=header.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        raise _rejected("The file is not a valid CSV file; look at its quotation marks.") from None
    if not lines:
        raise _rejected("The file is empty.")
    columns = _columns(lines[0])
    return [
        ImportRow(f"Row {number}", _fields(number, columns, cells))
        for number, cells in enumerate(lines[1:], start=2)
        if any(cell.strip() for cell in cells)
    ]


def _decoded(body: bytes) -> str:
    """As UTF-8, or else as Windows-1252, which German spreadsheets write."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Python leaves five bytes of Windows-1252 undefined; they become the same sign.
        text = body.decode("cp1252", errors="replace")
    if "\ufffd" in text:
        raise _rejected("The file has characters that cannot be read; save it as CSV UTF-8.")
    return text


def _columns(header: list[str]) -> list[str]:
    columns = [name.strip().lower() for name in header]
    problem = None
    if set(columns) - set(_COLUMNS):
        problem = f"a column that is not known. The columns are: {', '.join(_COLUMNS)}"
    elif missing := sorted(_REQUIRED - set(columns)):
        problem = f"no column {missing[0]}"
    elif repeated := [name for name, count in Counter(columns).items() if count > 1]:
        problem = f"the column {repeated[0]} twice"
    if problem:
        message = f"Row 1 has {problem}."
        raise _rejected(message)
    return columns


def _fields(number: int, columns: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) > len(columns):
        message = f"Row {number} has more cells than row 1; put a cell with a separator in quotes."
        raise _rejected(message)
    return {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}


def _rejected(message: str) -> InquiryRejected:
    return InquiryRejected(f"Nothing was stored. {message}")
