"""Sums in a table whose first row says what its columns are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from functions.worker.reading.money.amounts import Amount
from functions.worker.reading.money.role_words import Role, nearest_before

_CELL_BORDER = re.compile(r"\s*\|\s*|\s{2,}")
_AMOUNT_IN_HEAD = re.compile(r"\d,\d\d")
_WORDS = re.compile(r"[(]|[^\W\d_]{4}")


@dataclass(frozen=True)
class Cell:
    """The column of a sum, and the role that its head gives it."""

    column: int
    role: Role


def cells_of_tables(text: str, amounts: Sequence[Amount]) -> dict[int, Cell]:
    """Sums by their place in `amounts`, for rows of at least two sums below a row of as many heads.

    A shorter row right below, as of totals, has the columns of the row above it.
    """
    found: dict[int, Cell] = {}
    by_line: dict[int, list[int]] = {}
    for position, amount in enumerate(amounts):
        by_line.setdefault(text.rfind("\n", 0, amount.start) + 1, []).append(position)
    heads: list[str] = []
    former: list[Role] = []
    for line_start, positions in by_line.items():
        cells = _cells(text[line_start:].split("\n", 1)[0])
        above = _cells(_line_above(text, line_start))
        if not _AMOUNT_IN_HEAD.search(" ".join(above)):
            heads, former = above, []
        before = [text[line_start : amounts[position].start].lstrip() for position in positions]
        columns = [len(_CELL_BORDER.findall(one)) for one in before]
        fill_cells = not any(_WORDS.search(_CELL_BORDER.split(one)[-1]) for one in before)
        is_row = fill_cells and 1 < len(set(columns)) == len(columns)
        if is_row and len(cells) == len(heads):
            former = _one_claim([_role_of(heads, column) for column in columns])
        elif len(former) != len(positions):
            continue
        total = nearest_before(cells[0]) if cells else None
        is_total = total is not None and total[0] is Role.TOTAL
        for column, (position, role) in enumerate(zip(positions, former, strict=True)):
            is_claim = is_total and role is Role.BALANCE
            found[position] = Cell(column, Role.TOTAL if is_claim else role)
    return found


def _role_of(heads: Sequence[str], column: int) -> Role:
    role = nearest_before(heads[min(column, len(heads) - 1)])
    return role[0] if role else Role.UNKNOWN


def _one_claim(roles: list[Role]) -> list[Role]:
    """Of "invoice amount" and "open" the last is the claim, unless a column is the total."""
    claims = [place for place, role in enumerate(roles) if role is Role.BALANCE]
    for place in claims if Role.TOTAL in roles else claims[:-1]:
        roles[place] = Role.UNKNOWN
    return roles


def _line_above(text: str, line_start: int) -> str:
    above = text[max(line_start - 400, 0) : max(line_start - 1, 0)].rstrip()
    return above.rpartition("\n")[2]


def _cells(line: str) -> list[str]:
    return [cell for cell in _CELL_BORDER.split(line.strip()) if cell]
