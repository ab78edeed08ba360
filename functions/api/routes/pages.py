"""The query values that every list understands."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

Limit = Annotated[int, Query(ge=1, le=200, description="How many entries a page has at most.")]
Cursor = Annotated[
    str | None, Query(description="`next_cursor` of the page before; opaque, valid for ever.")
]
DEFAULT_LIMIT = 50
