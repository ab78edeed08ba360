"""A text cut into sentences and lines of forms, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FULL_LINE = 52
_BORDER = re.compile(
    r"[!?]+(?=\s)|;(?=\s)|:(?=[ \t]*\n)"
    r"|(?<![\s(]\d)(?<![\s(]\d\d)(?<!Nr)(?<!Az)(?<!bzgl)(?<!\bgem)(?<!\blt)(?<!abzgl)(?<!zzgl)"
    r"(?<!inkl)(?<!einschl)(?<!\bca)(?<!mtl)(?<!bzw)(?<!vgl)(?<!Abs)(?<!Dr)(?<!Prof)(?<!Fr)(?<!Hr)"
    r"(?<!Co)(?<!Kto)(?<!\d\.\d\d)(?<!\d\.\d)(?<!\b\w)\.(?=\s+[^\s(a-zäöü])|\n"
)
_NEXT_ITEM = re.compile(r"[ \t>]*(?:\n|[-–•*]\s|[\w./ -]{2,30}:(?:\s|$)|[\[(☐☒☑])")


def split_sentences(text: str) -> Iterator[tuple[int, int]]:
    """The places of the sentences; a line that is too short to be wrapped is one of its own."""
    start = line = 0
    for match in _BORDER.finditer(text):
        if match[0] == "\n":
            is_wrapped = match.start() - line >= _FULL_LINE
            line = match.end()
            if is_wrapped and not _NEXT_ITEM.match(text, line, line + 60):
                continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    if start < end:
        yield start, end
