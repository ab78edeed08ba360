"""The one shape of every error."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel


class ErrorAnswer(BaseModel):
    """`error` is a code for programs, `detail` a sentence for people. Input is never repeated."""

    error: str
    detail: str


_COME_AGAIN: dict[str, Any] = {
    "headers": {
        "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}},
    }
}


def error_answers(**descriptions: str) -> dict[int | str, dict[str, Any]]:
    """FastAPI's `responses` from names such as ``e404="There is no job with this id."``."""
    return {
        int(name.removeprefix("e")): {"model": ErrorAnswer, "description": description}
        | (_COME_AGAIN if name == "e503" else {})
        for name, description in descriptions.items()
    }
