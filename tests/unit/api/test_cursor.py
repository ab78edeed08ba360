"""A cursor is opaque, and anything else is refused."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest
from fastapi.exceptions import RequestValidationError
from hypothesis import given
from hypothesis import strategies as st

from functions.api.wire.cursor import decode_cursor, encode_cursor
from shared.postgres.job_reads import JobCursor

CURSOR = JobCursor(received_at=datetime(2026, 2, 4, 9, 0, 0, 123456, tzinfo=UTC), id=7)


def test_a_cursor_comes_back_as_it_was() -> None:
    assert decode_cursor(encode_cursor(CURSOR), JobCursor) == CURSOR
    assert decode_cursor(encode_cursor("inq-ä/1"), str) == "inq-ä/1"
    assert decode_cursor(None, str) is None


def test_a_cursor_can_stand_in_an_address_as_it_is() -> None:
    assert encode_cursor(CURSOR).replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize(
    "document",
    ["", "[]", "7", "{}", '{"id": 7}', '{"id": "x", "received_at": "gestern"}', "[" * 5000],
)
def test_another_document_is_refused(document: str) -> None:
    with pytest.raises(RequestValidationError):
        decode_cursor(base64.urlsafe_b64encode(document.encode()).decode(), JobCursor)


@given(st.text(max_size=40))
def test_no_text_but_a_cursor_is_accepted(text: str) -> None:
    with pytest.raises(RequestValidationError):
        decode_cursor(text, JobCursor)
