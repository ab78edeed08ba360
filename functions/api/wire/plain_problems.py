"""Says what is wrong with an input in plain words, never with the input itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic_core import ErrorDetails

_WORDS = {
    "missing": "is missing",
    "string_type": "must be a text",
    "string_too_short": "must not be empty",
    "extra_forbidden": "is not known",
    "json_invalid": "is not valid JSON",
    "string_unicode": "contains characters that cannot be stored",
}
_OWN = "value_error"


def plain_words(problem: ErrorDetails | Mapping[str, Any]) -> str:
    """Words that complete a sentence about the field, from one of pydantic's errors."""
    kind, message = problem.get("type", ""), problem["msg"]
    if kind == _OWN:
        return str(message).removeprefix("Value error, ")
    return _WORDS.get(kind, str(message)[:1].lower() + str(message)[1:])
