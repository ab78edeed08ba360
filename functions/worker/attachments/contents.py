"""A file that came with a reply, and what could be read in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class TextStatus(StrEnum):
    """What became of reading a file."""

    READ = "read"
    NO_TEXT = "no_text"
    """The file is sound and shows no letters: a scan, or empty."""
    ENCRYPTED = "encrypted"
    UNREADABLE = "unreadable"
    """Its first bytes promise a kind that the rest does not keep."""
    TOO_LARGE = "too_large"
    """Too many bytes, or a limit was reached before the first letter."""
    UNKNOWN_KIND = "unknown_kind"
    """Neither PDF nor DOCX nor XLSX."""


@dataclass(frozen=True)
class AttachmentContent:
    """A file as sent. The name is the sender's word and decides nothing."""

    filename: str
    content: bytes


@dataclass(frozen=True)
class AttachmentText:
    """`text` is empty unless `status` is READ; `truncated` says that more stands in the file."""

    filename: str
    text: str
    status: TextStatus
    truncated: bool = False


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What files may cost: `files`, `characters` and `time` all together, the others each."""

    files: int = 10
    content_bytes: int = 10_000_000
    unpacked_bytes: int = 20_000_000
    archive_entries: int = 2_000
    pages: int = 20
    page_characters: int = 20_000
    page_operands: int = 100_000
    stream_bytes: int = 2_000_000
    sheets: int = 5
    rows: int = 2_000
    characters: int = 100_000
    time: timedelta = timedelta(seconds=4)
