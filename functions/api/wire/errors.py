"""The one shape of every error."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel


class ErrorAnswer(BaseModel):
    """`error` is a code for programs, `detail` a sentence for people. Input is never repeated."""

    error: str
    detail: str


def error_answers(**descriptions: str) -> dict[int | str, dict[str, Any]]:
    """FastAPI's `responses` from names such as ``e404="There is no job with this id."``."""
    return {
        int(name.removeprefix("e")): {"model": ErrorAnswer, "description": description}
        for name, description in descriptions.items()
    }
