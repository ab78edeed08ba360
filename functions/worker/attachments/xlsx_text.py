"""XLSX as plain text: every filled row of the visible sheets as a line."""

from __future__ import annotations

from functions.worker.attachments.cell_values import shown_number
from functions.worker.attachments.office_file import OfficeFile
from functions.worker.attachments.room import LimitReached, Room
from functions.worker.attachments.table_rows import CELL_BORDER
from functions.worker.attachments.xlsx_parts import SharedStrings, Styles, Targets, Workbook

WORKBOOK = "xl/workbook.xml"
_LONGEST_CELL = 2_000
_OFF = frozenset(("", "0", "false"))


def xlsx_text(content: bytes, room: Room) -> None:
    """Write the text of the sheets into `room`, in the workbook's order."""
    file = OfficeFile(content, room)
    workbook, targets, strings, styles = Workbook(), Targets(), SharedStrings(), Styles()
    file.read_part(WORKBOOK, workbook)
    file.read_part("xl/_rels/workbook.xml.rels", targets)
    file.read_part("xl/sharedStrings.xml", strings)
    file.read_part("xl/styles.xml", styles)
    sheet = _Sheet(room, strings, styles, since_1904=workbook.since_1904)
    for count, name in enumerate(workbook.visible_sheets):
        if count >= room.limits.sheets:
            raise LimitReached
        file.read_part(targets.part(name), sheet)
        room.write("\n")


class _Sheet:
    def __init__(
        self, room: Room, strings: SharedStrings, styles: Styles, *, since_1904: bool
    ) -> None:
        self._room = room
        self._strings = strings
        self._styles = styles
        self._since_1904 = since_1904
        self._rows = 0
        self._cells: list[str] = []
        self._row_hidden = False
        self._kind = ""
        self._style = ""
        self._open: list[str] = []
        self._value_open = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "row":
            self._cells = []
            self._row_hidden = attributes.get("hidden", "") not in _OFF
        elif tag == "c":
            self._kind = attributes.get("t", "n")
            self._style = attributes.get("s", "0")
            self._open = []
            self._value_open = False
        elif tag in {"v", "t"}:
            self._value_open = True

    def end(self, tag: str) -> None:
        if tag in {"v", "t"}:
            self._value_open = False
        elif tag == "c":
            self._cells.append(self._shown("".join(self._open)))
        elif tag == "row":
            self._end_row()

    def characters(self, text: str) -> None:
        if self._value_open:
            self._open.append(text)

    def _shown(self, raw: str) -> str:
        if self._kind == "s":
            raw = self._strings.text(raw)
        elif self._kind == "n":
            format_id, format_code = self._styles.format_of(self._style)
            raw = shown_number(
                raw.strip(),
                format_id=format_id,
                format_code=format_code,
                since_1904=self._since_1904,
            )
        elif self._kind in {"b", "e"}:
            raw = ""
        return " ".join(raw[:_LONGEST_CELL].split())

    def _end_row(self) -> None:
        line = CELL_BORDER.join(cell for cell in self._cells if cell)
        if not line or self._row_hidden:
            return
        if self._rows >= self._room.limits.rows:
            raise LimitReached
        self._rows += 1
        self._room.write(line + "\n")
