"""The firm's inquiries: put one, import many, read."""

from __future__ import annotations

from email.message import Message
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Path, Request

from functions.api.import_inquiries import ImportRow, import_inquiries
from functions.api.parts import TheParts
from functions.api.routes.pages import DEFAULT_LIMIT, Cursor, Limit
from functions.api.wire.cursor import decode_cursor, encode_cursor
from functions.api.wire.errors import error_answers
from functions.api.wire.inquiries import (
    ImportAnswer,
    InquiryAnswer,
    InquiryBody,
    InquiryId,
    InquiryListAnswer,
)
from functions.api.wire.inquiry_files import rows_of_csv, rows_of_json
from functions.api.wire.openapi_bodies import inquiry_file
from shared.domain.errors import InquiryErased, InquiryRejected

router = APIRouter(prefix="/api/v1/inquiries", tags=["inquiries"])
_NO_DATABASE = "The database does not answer."
_ERASED = "The inquiry's client has been erased."
_OTHER_ID = "The id in the body is not the one in the address."
TheInquiryId = Annotated[InquiryId, Path(description="The portal's own id.")]


async def _rows(request: Request) -> list[ImportRow]:
    header = Message()
    header["content-type"] = request.headers.get("content-type", "application/json")
    body = await request.body()
    match header.get_content_type():
        case "text/csv":
            return rows_of_csv(body)
        case "application/json":
            return rows_of_json(body)
        case _:
            raise HTTPException(415)


@router.put(
    "/{inquiry_id}",
    summary="Store one inquiry",
    responses=error_answers(e410=_ERASED, e422="A value is wrong.", e503=_NO_DATABASE),
)
def put_inquiry(parts: TheParts, inquiry_id: TheInquiryId, body: InquiryBody) -> InquiryAnswer:
    """Creates it or replaces what was there; the same again changes nothing."""
    if body.id not in (None, inquiry_id):
        raise InquiryRejected(_OTHER_ID)
    inquiry = body.to_inquiry(inquiry_id)
    if parts.inquiries.put_many([inquiry]).erased:
        raise InquiryErased
    return InquiryAnswer.model_validate(inquiry)


@router.post(
    "",
    summary="Import inquiries from a list or a CSV file",
    responses=error_answers(
        e415="Neither application/json nor text/csv.",
        e422="A row is wrong; all wrong rows are named, and nothing was stored.",
        e503=_NO_DATABASE,
    ),
    openapi_extra=inquiry_file(),
)
def import_many(parts: TheParts, rows: Annotated[list[ImportRow], Depends(_rows)]) -> ImportAnswer:
    """All rows are stored or none. CSV: the columns are the fields' names, in any order."""
    stored = import_inquiries(rows=rows, inquiries=parts.inquiries)
    parts.report("inquiries.imported", rows=len(rows), rows_updated=stored.updated)
    return ImportAnswer.from_stored(stored)


@router.get(
    "",
    summary="List inquiries",
    responses=error_answers(e422="A query value is wrong.", e503=_NO_DATABASE),
)
def list_inquiries(
    parts: TheParts, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> InquiryListAnswer:
    """In the order of their ids."""
    page = parts.inquiries.list_page(limit, decode_cursor(cursor, str))
    next_cursor = encode_cursor(page.next_after) if page.next_after else None
    return InquiryListAnswer.from_page(page, next_cursor)


@router.get(
    "/{inquiry_id}",
    summary="Show one inquiry",
    responses=error_answers(
        e404="There is no inquiry with this id.",
        e410=_ERASED,
        e422="The id is malformed.",
        e503=_NO_DATABASE,
    ),
)
def show_inquiry(parts: TheParts, inquiry_id: TheInquiryId) -> InquiryAnswer:
    """As it is stored."""
    return InquiryAnswer.model_validate(parts.inquiries.get(inquiry_id))
