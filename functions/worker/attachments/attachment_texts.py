"""Reads the text of files by what they are, never fails, and stays within bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from time import monotonic

from functions.worker.attachments.contents import (
    AttachmentContent,
    AttachmentText,
    Limits,
    TextStatus,
)
from functions.worker.attachments.docx_text import docx_text
from functions.worker.attachments.kinds import Kind, kind_of
from functions.worker.attachments.room import FileEncrypted, LimitReached, Room
from functions.worker.attachments.xlsx_text import xlsx_text
from functions.worker.reading.mail.clean_text import MOST_CLEANED, clean_text

WriteText = Callable[[bytes, Room], None]
"""Writes a file's text into the room. May raise anything if the file is broken."""

OFFICE: dict[Kind, WriteText] = {Kind.DOCX: docx_text, Kind.XLSX: xlsx_text}


class AttachmentTexts:
    """Reads the kinds it is given writers for; `clock` counts seconds."""

    def __init__(
        self,
        writers: Mapping[Kind, WriteText] = OFFICE,
        limits: Limits | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._writers = writers
        self._limits = limits or Limits()
        self._clock = clock

    def read(self, contents: Sequence[AttachmentContent]) -> tuple[AttachmentText, ...]:
        """One result per file, in their order. Any bytes give a result, none an error."""
        ends = self._clock() + self._limits.time.total_seconds()
        return tuple(self._read_all(contents, ends))

    def _read_all(
        self, contents: Sequence[AttachmentContent], ends: float
    ) -> Iterator[AttachmentText]:
        characters = self._limits.characters
        for count, file in enumerate(contents):
            if count >= self._limits.files:
                yield _without_text(file, TextStatus.TOO_LARGE)
                continue
            limits = replace(self._limits, characters=characters)
            text = self._read_one(file, Room(limits, clock=self._clock, ends=ends))
            characters -= len(text.text)
            yield text

    def _read_one(self, file: AttachmentContent, room: Room) -> AttachmentText:
        kind = kind_of(file.content)
        if kind is Kind.ENCRYPTED_OFFICE:
            return _without_text(file, TextStatus.ENCRYPTED)
        if kind not in self._writers:
            return _without_text(file, TextStatus.UNKNOWN_KIND)
        if len(file.content) > self._limits.content_bytes:
            return _without_text(file, TextStatus.TOO_LARGE)
        otherwise, truncated = TextStatus.NO_TEXT, False
        try:
            room.check_time()
            self._writers[kind](file.content, room)
        except FileEncrypted:
            return _without_text(file, TextStatus.ENCRYPTED)
        except LimitReached:
            otherwise, truncated = TextStatus.TOO_LARGE, True
        except Exception:  # noqa: BLE001  # Parsers stumble over broken files in every way.
            otherwise, truncated = TextStatus.UNREADABLE, True
        text = clean_text(room.text)
        truncated = truncated or len(room.text) > MOST_CLEANED
        if not any(sign.isalnum() for sign in text):
            return _without_text(file, otherwise)
        return AttachmentText(file.filename, text, TextStatus.READ, truncated)


def _without_text(file: AttachmentContent, status: TextStatus) -> AttachmentText:
    return AttachmentText(file.filename, "", status)
