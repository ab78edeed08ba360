"""A table's row as one line, the way the reader of HTML mails writes it."""

from __future__ import annotations

from collections.abc import Iterable

CELL_BORDER = " | "
_LONGEST_CELL = 120


def row_line(cells: Iterable[str]) -> str:
    """The filled cells on one line; one below the other if they hold paragraphs, not values."""
    filled = [text for cell in cells if (text := _without_blank_lines(cell))]
    is_table = all("\n" not in cell and len(cell) <= _LONGEST_CELL for cell in filled)
    return (CELL_BORDER if is_table else "\n").join(filled)


def _without_blank_lines(cell: str) -> str:
    return "\n".join(line.strip() for line in cell.split("\n") if line.strip())
