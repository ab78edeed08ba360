"""The opaque position in a list: the sort key of the last entry, as base64url of JSON."""

from __future__ import annotations

import base64
import json
from typing import TypeVar

from fastapi.exceptions import RequestValidationError
from pydantic import TypeAdapter

T = TypeVar("T")

_NOT_A_CURSOR = {
    "type": "value_error",
    "loc": ("query", "cursor"),
    "msg": "is not one that this list has given out",
}


def encode_cursor(position: object) -> str:
    """`position` is what a TypeAdapter can turn into JSON, such as a dataclass."""
    document: bytes = TypeAdapter(type(position)).dump_json(position)
    return base64.urlsafe_b64encode(document).rstrip(b"=").decode()


def decode_cursor(cursor: str | None, position: type[T]) -> T | None:
    """Raises RequestValidationError for anything that `encode_cursor` did not make."""
    if cursor is None:
        return None
    try:
        padding = "=" * (-len(cursor) % 4)
        document = json.loads(base64.b64decode(cursor + padding, altchars="-_", validate=True))
        found = TypeAdapter(position).validate_python(document)
    except (ValueError, RecursionError):
        raise RequestValidationError([_NOT_A_CURSOR]) from None
    if "\x00" in str(found):  # PostgreSQL has no text that holds one.
        raise RequestValidationError([_NOT_A_CURSOR])
    return found
