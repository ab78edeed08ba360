"""Use case: store the inquiries of a list or a CSV file, all of them or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from functions.api.wire.inquiries import ListedInquiry
from functions.api.wire.plain_problems import plain_words
from shared.domain.errors import InquiryRejected
from shared.domain.inquiry import Inquiry
from shared.postgres.inquiries import Inquiries, StoredInquiries

MOST_ROWS = 5000
MOST_PROBLEMS_TOLD = 20


@dataclass(frozen=True)
class ImportRow:
    """One inquiry as it was written; `name` is what people call the place, such as ``Row 2``."""

    name: str
    fields: object


def import_inquiries(*, rows: Sequence[ImportRow], inquiries: Inquiries) -> StoredInquiries:
    """Idempotent: the same rows again leave everything unchanged.

    Raises InquiryRejected, which names every wrong row and column (at most 20 of them) without
    repeating what stands there; then nothing of the batch is stored, so that a corrected file
    can simply be sent again. Raises DatabaseUnavailable.
    """
    if len(rows) > MOST_ROWS:
        message = f"There are more than {MOST_ROWS} rows; send them in several parts."
        raise InquiryRejected(message)
    read = [_read(row) for row in rows]
    problems = [problem for each in read if isinstance(each, list) for problem in each]
    accepted = [
        (row.name, each) for row, each in zip(rows, read, strict=True) if isinstance(each, Inquiry)
    ]
    problems += _repeated_ids(accepted)
    if problems:
        raise InquiryRejected(_told(problems))
    return inquiries.put_many(inquiry for _, inquiry in accepted)


def _read(row: ImportRow) -> Inquiry | list[str]:
    try:
        return ListedInquiry.model_validate(row.fields).to_listed_inquiry()
    except ValidationError as error:
        details = error.errors(include_input=False, include_url=False)
    return [f"{row.name}, {_column(each['loc'])} {plain_words(each)}." for each in details]


def _column(location: Sequence[int | str]) -> str:
    known = location and location[0] in ListedInquiry.model_fields
    return f"column {location[0]}" if known else "a column"


def _repeated_ids(accepted: Iterable[tuple[str, Inquiry]]) -> list[str]:
    first: dict[str, str] = {}
    return [
        f"{name}, column id is the same as in {first[inquiry.id]}."
        for name, inquiry in accepted
        if first.setdefault(inquiry.id, name) != name
    ]


def _told(problems: Sequence[str]) -> str:
    rest = len(problems) - MOST_PROBLEMS_TOLD
    more = [f"There are {rest} more problems."] if rest > 0 else []
    return " ".join(["Nothing was stored.", *problems[:MOST_PROBLEMS_TOLD], *more])
