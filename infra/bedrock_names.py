"""How Amazon Bedrock names what can be a second reader: a model, or an inference profile of it."""

from __future__ import annotations

import re

_PROFILE = r"[a-z]{2}|us-gov|apac|global"
"""The regions that a profile may use stand before its model's name; a maker's has more letters."""

_MODEL_ID = re.compile(
    rf"(?:(?:{_PROFILE})\.)?[a-z0-9-]{{3,}}\.[a-z0-9][a-z0-9.-]*(?::[a-z0-9]+){{0,2}}"
)
_PROFILE_PREFIX = re.compile(rf"(?:{_PROFILE})\.(?=[^.]+\.)")
_REGION = re.compile(r"[a-z]{2,4}(?:-[a-z]+){1,2}-[1-9][0-9]?")


def model_problem(model_id: str) -> str:
    """Return which names there are, unless `model_id` is one.

    ARNs and profiles of one's own are not supported: they don't tell which model may be asked.
    """
    if _MODEL_ID.fullmatch(model_id):
        return ""
    return (
        "it takes a model's id like maker.reader-v1:0, or the id of a profile of Amazon's like"
        " eu.maker.reader-v1:0, but no ARN and no profile of your own"
    )


def is_region(name: str) -> bool:
    """Return whether `name` looks like a region of AWS."""
    return bool(_REGION.fullmatch(name))


def model_behind(model_id: str) -> str:
    """Return the model that `model_id` leads to: itself, or the one of its profile."""
    return _PROFILE_PREFIX.sub("", model_id, count=1)
