"""The parts of a workbook that say what its sheets' cells mean."""

from __future__ import annotations

import posixpath

_OFF = frozenset(("", "0", "false"))
_GENERAL = (0, "")


class Workbook:
    """The visible sheets' relation ids in order, and where the calendar begins."""

    def __init__(self) -> None:
        self.visible_sheets: list[str] = []
        self.since_1904 = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet" and attributes.get("state", "visible") == "visible":
            self.visible_sheets.append(attributes.get("id", ""))
        elif tag == "workbookPr":
            self.since_1904 = attributes.get("date1904", "") not in _OFF

    def end(self, tag: str) -> None:
        """Nothing ends here."""

    def characters(self, text: str) -> None:
        """No text here is shown."""


class Targets:
    """Where each relation id's part lies."""

    def __init__(self) -> None:
        self._parts: dict[str, str] = {}

    def part(self, relation_id: str) -> str:
        return self._parts.get(relation_id, "")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship":
            path = posixpath.join("/xl", attributes.get("Target", ""))
            self._parts[attributes.get("Id", "")] = posixpath.normpath(path).lstrip("/")

    def end(self, tag: str) -> None:
        """Nothing ends here."""

    def characters(self, text: str) -> None:
        """No text here is shown."""


class SharedStrings:
    """The texts that cells name by number."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._open: list[str] = []
        self._in_text = self._in_phonetics = False

    def text(self, number: str) -> str:
        known = number.isdecimal() and len(number) < 8 and int(number) < len(self._texts)  # noqa: PLR2004
        return self._texts[int(number)] if known else ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        if tag == "si":
            self._open = []
        elif tag == "rPh":
            self._in_phonetics = True
        elif tag == "t":
            self._in_text = not self._in_phonetics

    def end(self, tag: str) -> None:
        if tag == "t":
            self._in_text = False
        elif tag == "rPh":
            self._in_phonetics = False
        elif tag == "si":
            self._texts.append("".join(self._open))

    def characters(self, text: str) -> None:
        if self._in_text:
            self._open.append(text)


class Styles:
    """The number format of each cell style: its id, and its code if it is the file's own."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._format_ids: list[str] = []
        self._in_cell_styles = False

    def format_of(self, style: str) -> tuple[int, str]:
        if not style.isdecimal() or len(style) > 6 or int(style) >= len(self._format_ids):  # noqa: PLR2004
            return _GENERAL
        format_id = self._format_ids[int(style)]
        known = format_id.isdecimal() and len(format_id) < 8  # noqa: PLR2004
        return (int(format_id) if known else 0), self._codes.get(format_id, "")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")[:200]
        elif tag == "cellXfs":
            self._in_cell_styles = True
        elif tag == "xf" and self._in_cell_styles:
            self._format_ids.append(attributes.get("numFmtId", "0"))

    def end(self, tag: str) -> None:
        if tag == "cellXfs":
            self._in_cell_styles = False

    def characters(self, text: str) -> None:
        """No text here is shown."""
