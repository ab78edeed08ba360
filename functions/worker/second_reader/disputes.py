"""Where two readers saw different things: noted beside the evidence, so that a person decides."""

from __future__ import annotations

from shared.domain.extraction import ExtractedReply

_PREFIX = "disputed:"


def dispute_key(field: str) -> str:
    """The key in `evidence` that shows where the second reader saw another value of `field`."""
    return f"{_PREFIX}{field}"


def disputed_fields(extracted: ExtractedReply) -> frozenset[str]:
    """The fields of money or identity on which the readers disagree."""
    keys = (key for key in extracted.evidence if key.startswith(_PREFIX))
    return frozenset(key.removeprefix(_PREFIX) for key in keys)
