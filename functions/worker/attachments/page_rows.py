"""Puts the pieces of a page's text into rows by their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot, isfinite

from functions.worker.attachments.room import LimitReached, Room
from functions.worker.attachments.table_rows import CELL_BORDER

_SAME_ROW, _NEW_PARAGRAPH, _NEW_COLUMN = 0.5, 1.9, 1.0
"""In heights of the letters."""
_WIDE, _NARROW = frozenset("mwMW@%—"), frozenset(" .,:;|!'iljtfrI()[]-/")
_TYPEWRITER = re.compile(r"cour|mono|consol|typewriter", re.IGNORECASE)
_FORM_ENDS = b"%form-end"
_SHORTEST_SHADOW = 4


@dataclass(kw_only=True)
class _Piece:
    """`along` counts in the direction of reading, `up` against the order of rows."""

    text: str
    order: int
    along: float
    up: float
    height: float
    is_typewriter: bool = False


class PageRows:
    """Hears of one page's operators and pieces of text; raises LimitReached when it is enough."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._left = room.limits.page_characters
        self._blocks: dict[tuple[int, int, int], list[_Piece]] = {}
        self._last: _Piece | None = None
        self._count = 0
        self._block = 0
        self._in_form = False

    def see_operator(self, operator: bytes, *_: object) -> None:
        # A form has places of its own, which mean nothing among those of the page.
        self._room.check_time()
        begins = operator == b"Do" and not self._in_form
        if begins or operator == _FORM_ENDS:
            self._in_form = begins
            self._block += 1

    def see_text(
        self, text: str, page: Sequence[float], line: Sequence[float], font: object, size: float
    ) -> None:
        """`page` and `line` are the transformations that give the text its place."""
        shown = " ".join(text.split("\n")) if text.strip() else ""
        if not shown:
            if self._last and text and "\n" not in text:
                self._last.text += " "
            return
        self._place(shown[: self._left], page, line, size)
        if self._last and isinstance(font, Mapping):
            name = str(font.get("/BaseFont", ""))[:200]
            self._last.is_typewriter = bool(_TYPEWRITER.search(name))
        self._left -= len(shown)
        if self._left < 0:
            raise LimitReached

    def text(self) -> str:
        return "\n".join("\n".join(_lines(pieces)) for pieces in self._blocks.values())

    def _place(self, text: str, page: Sequence[float], line: Sequence[float], size: float) -> None:
        right = line[0] * page[0] + line[1] * page[2], line[0] * page[1] + line[1] * page[3]
        above = line[2] * page[0] + line[3] * page[2], line[2] * page[1] + line[3] * page[3]
        x = line[4] * page[0] + line[5] * page[2] + page[4]
        y = line[4] * page[1] + line[5] * page[3] + page[5]
        length, height = hypot(*right), hypot(*above) * abs(size)
        if not (isfinite(x) and isfinite(y) and isfinite(height) and 0 < length < float("inf")):
            return
        across, down = right[0] / length, right[1] / length
        piece = _Piece(
            text=text,
            order=self._count,
            along=x * across + y * down,
            up=y * across - x * down,
            height=max(height, 1.0),
        )
        self._count += 1
        self._last = piece
        block = (self._block, round(across), round(down))
        self._blocks.setdefault(block, []).append(piece)


def _lines(pieces: list[_Piece]) -> Iterator[str]:
    above: _Piece | None = None
    for row in _rows(pieces):
        if above and above.up - row[0].up > _NEW_PARAGRAPH * row[0].height:
            yield ""
        above = row[0]
        yield _joined(row)


def _rows(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    row: list[_Piece] = []
    for piece in sorted(pieces, key=lambda one: (-one.up, one.order)):
        if row and row[0].up - piece.up > _SAME_ROW * min(row[0].height, piece.height):
            yield sorted(row, key=lambda one: (one.along, one.order))
            row = []
        row.append(piece)
    if row:
        yield sorted(row, key=lambda one: (one.along, one.order))


def _joined(row: Sequence[_Piece]) -> str:
    line, end = row[0].text, _end(row[0])
    for before, piece in pairwise(row):
        moved = piece.along - before.along
        follows = piece.order == before.order + 1
        if abs(moved) < 1 and piece.text.strip() == before.text.strip() and _is_shadow(piece):
            continue
        if moved == 0 and follows:
            # Another font in the middle of a line: pypdf knows only where the line began.
            line, end = line + piece.text, end + _width(piece)
            continue
        is_column = piece.along - end > _NEW_COLUMN * piece.height + 0.05 * _width(before)
        if is_column:
            line = line.rstrip() + CELL_BORDER + piece.text.lstrip()
        else:
            line += piece.text if follows else " " + piece.text.lstrip()
        end = max(end, _end(piece))
    return " ".join(line.split())


def _is_shadow(piece: _Piece) -> bool:
    """Whether the text is long enough to be fat print made by printing twice."""
    return len(piece.text.strip()) >= _SHORTEST_SHADOW


def _end(piece: _Piece) -> float:
    return piece.along + _width(piece)


def _width(piece: _Piece) -> float:
    """An estimate after the letters of Helvetica, which most others do not exceed."""
    text = piece.text.strip()
    if piece.is_typewriter:
        return 0.6 * piece.height * len(text)
    narrow, wide = sum(sign in _NARROW for sign in text), sum(sign in _WIDE for sign in text)
    capitals = sum(sign.isupper() and sign not in _WIDE for sign in text)
    rest = len(text) - narrow - wide - capitals
    return piece.height * (0.28 * narrow + 0.86 * wide + 0.69 * capitals + 0.55 * rest)
