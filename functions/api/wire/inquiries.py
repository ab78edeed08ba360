"""Inquiries as the portal and clerks write them, and as they are shown."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from functions.api.wire.fields import Moment, Money
from functions.api.wire.written_values import (
    one_line,
    one_path_segment,
    read_amount,
    read_date,
    split_references,
)
from shared.domain.inquiry import Inquiry, LetterType
from shared.postgres.inquiries import InquiryPage, StoredInquiries

MOST_REFERENCES = 50

Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=500),
    AfterValidator(one_line),
]
InquiryId = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(one_line),
    AfterValidator(one_path_segment),
]


class InquiryBody(BaseModel):
    """An inquiry as it is put; the id is the portal's own. "" counts as absent everywhere."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    id: InquiryId | None = None
    client_name: Line
    creditor_name: Line
    creditor_email: Line | None = None
    reference_numbers: Annotated[
        tuple[Line, ...],
        BeforeValidator(split_references),
        Field(max_length=MOST_REFERENCES, description="A list, or one text with ; or | between."),
    ] = ()
    sent_at: Annotated[
        Moment,
        BeforeValidator(read_date, json_schema_input_type=str),
        Field(description="ISO 8601, or German day-first: 10.02.2026."),
    ]
    zendesk_ticket_id: Line | None = None
    letter_type: LetterType = LetterType.FIRST
    debt_amount: Annotated[
        Money | None,
        BeforeValidator(read_amount, json_schema_input_type=str | float | None),
        Field(description="In EUR, such as 8000.00 or 8.000,00."),
    ] = None

    @model_validator(mode="before")
    @classmethod
    def _empty_is_absent(cls, given: object) -> object:
        if not isinstance(given, dict):
            return given
        return {name: value for name, value in given.items() if value not in (None, "")}

    def to_inquiry(self, inquiry_id: str) -> Inquiry:
        return Inquiry(**vars(self) | {"id": inquiry_id})


class ListedInquiry(InquiryBody):
    """An inquiry in a bulk import, which brings its id along."""

    id: InquiryId

    def to_listed_inquiry(self) -> Inquiry:
        return Inquiry(**vars(self))


class InquiryAnswer(BaseModel):
    """An inquiry as it is stored."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    client_name: str
    creditor_name: str
    creditor_email: str | None
    reference_numbers: list[str]
    sent_at: Moment
    zendesk_ticket_id: str | None
    letter_type: LetterType
    debt_amount: Money | None


class InquiryListAnswer(BaseModel):
    """In the order of the ids; `next_cursor` is null on the last page."""

    total: int
    inquiries: list[InquiryAnswer]
    next_cursor: str | None

    @classmethod
    def from_page(cls, page: InquiryPage, next_cursor: str | None) -> Self:
        inquiries = [InquiryAnswer.model_validate(inquiry) for inquiry in page.inquiries]
        return cls(total=page.total, inquiries=inquiries, next_cursor=next_cursor)


class ImportAnswer(BaseModel):
    """What became of the rows; a second import of the same rows leaves all unchanged."""

    model_config = ConfigDict(from_attributes=True)

    created: int
    updated: int
    unchanged: int
    erased: Annotated[
        int, Field(description="Of erased clients: not stored; the portal should drop them.")
    ]

    @classmethod
    def from_stored(cls, stored: StoredInquiries) -> Self:
        return cls.model_validate(stored)
