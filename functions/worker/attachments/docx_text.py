"""DOCX as plain text: paragraphs as lines, table rows as lines, letterheads first."""

from __future__ import annotations

import re
from collections.abc import Callable

from functions.worker.attachments.office_file import OfficeFile
from functions.worker.attachments.room import Room
from functions.worker.attachments.table_rows import row_line

_DOCUMENT = re.compile(r"word/document\d{0,3}\.xml")
_BEFORE = re.compile(r"word/header\d{0,3}\.xml")
_BEHIND = re.compile(r"word/(?:footnotes|endnotes|footer\d{0,3})\.xml")
_MOST_PARTS = 12
_MAX_TABLE_DEPTH = 12
_CELL_END = "\x1f"
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SKIPPED = frozenset(
    # Deleted and moved-away text, the second telling of a drawing, and settings, of which a
    # paragraph's tab stops bear the name of the tab sign.
    "del moveFrom Fallback pPr sectPr tblPr trPr tcPr".split()
)
_OFF = frozenset(("0", "false", "off"))


def docx_text(content: bytes, room: Room) -> None:
    """Write the document's text into `room`."""
    document = OfficeFile(content, room)
    for name in _named(document, _BEFORE):
        _write_once(document, name, room)
    for name in _named(document, _DOCUMENT):
        document.read_part(name, _Part(room.write))
    for name in _named(document, _BEHIND):
        _write_once(document, name, room)


def _named(document: OfficeFile, pattern: re.Pattern[str]) -> list[str]:
    return sorted(name for name in document.names if pattern.fullmatch(name))[:_MOST_PARTS]


def _write_once(document: OfficeFile, name: str, room: Room) -> None:
    """First and later pages mostly repeat one letterhead."""
    pieces: list[str] = []
    document.read_part(name, _Part(pieces.append))
    text = "".join(pieces) + "\n"
    if text.strip() and text not in room.text:
        room.write(text)


class _Part:
    """One list of pieces per open table row, the outermost first."""

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write
        self._rows: list[list[str]] = []
        self._skipped = 0
        self._depth = 0
        self._in_text = False
        self._hidden = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._skipped or tag in _SKIPPED:
            self._skipped += 1
        elif tag == "t":
            self._in_text = True
        elif tag == "vanish":
            self._hidden = attributes.get("val", "1") not in _OFF
        elif tag == "tr":
            self._depth += 1
            if self._depth <= _MAX_TABLE_DEPTH:
                self._rows.append([])
        elif tag in _SIGNS:
            self._say(_SIGNS[tag])

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif tag == "t":
            self._in_text = False
        elif tag == "r":
            self._hidden = False
        elif tag == "p":
            self._say("\n")
        elif tag == "tc":
            self._say(_CELL_END if self._depth <= _MAX_TABLE_DEPTH else "\n")
        elif tag == "tr":
            self._end_row()

    def characters(self, text: str) -> None:
        if self._in_text and not self._hidden and not self._skipped:
            self._say(text.replace(_CELL_END, " "))

    def _end_row(self) -> None:
        self._depth -= 1
        if self._depth < len(self._rows):
            cells = "".join(self._rows.pop()).split(_CELL_END)
            self._say(row_line(cells) + "\n")

    def _say(self, text: str) -> None:
        (self._rows[-1].append if self._rows else self._write)(text)
