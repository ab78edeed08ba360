"""Sums in a table whose first row says what its columns are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from functions.worker.reading.amounts import Amount
from functions.worker.reading.role_words import Role, nearest_before

_CELL_BORDER = re.compile(r"\s*\|\s*|\s{2,}")
_AMOUNT_IN_HEAD = re.compile(r"\d,\d\d")


def roles_by_column(text: str, amounts: Sequence[Amount]) -> dict[int, Role]:
    """Roles by column head, for a row of at least two sums below a row of as many heads."""
    roles: dict[int, Role] = {}
    by_line: dict[int, list[int]] = {}
    for position, amount in enumerate(amounts):
        by_line.setdefault(text.rfind("\n", 0, amount.start) + 1, []).append(position)
    for line_start, positions in by_line.items():
        heads = _cells(_line_above(text, line_start))
        cells = _cells(text[line_start:].split("\n", 1)[0])
        is_table = 1 < len(positions) <= len(cells) == len(heads)
        if is_table and not _AMOUNT_IN_HEAD.search(" ".join(heads)):
            for position in positions:
                before = text[line_start : amounts[position].start].lstrip()
                column = len(_CELL_BORDER.findall(before))
                role = nearest_before(heads[min(column, len(heads) - 1)])
                roles[position] = role[0] if role else Role.UNKNOWN
    return roles


def _line_above(text: str, line_start: int) -> str:
    above = text[max(line_start - 400, 0) : max(line_start - 1, 0)].rstrip()
    return above.rpartition("\n")[2]


def _cells(line: str) -> list[str]:
    return [cell for cell in _CELL_BORDER.split(line.strip()) if cell]
