"""Sums in a table whose first row says what its columns are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.money.amounts import Amount
from functions.worker.reading.money.role_words import Role, nearest_before

_CELL_BORDER = re.compile(r"\s*\|\s*|\s{2,}")
_LONGEST_ROW = 600
_AMOUNT_IN_HEAD = re.compile(r"\d,\d\d")
_KINDS = frozenset({Role.PRINCIPAL, Role.INTEREST, Role.COSTS})
_CLAIMS = frozenset({Role.BALANCE, Role.TOTAL})
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
        line_end = text.find("\n", line_start)
        line = text[line_start : line_end if line_end >= 0 else len(text)]
        if len(line) > _LONGEST_ROW:
            heads, former = [], []
            continue
        cells = _cells(line)
        above = _cells(_line_above(text, line_start))
        if not _AMOUNT_IN_HEAD.search(" ".join(above)):
            heads, former = above, []
        before = [text[line_start : amounts[position].start].lstrip() for position in positions]
        columns = [len(_CELL_BORDER.findall(one)) for one in before]
        fill_cells = not any(_WORDS.search(_CELL_BORDER.split(one)[-1]) for one in before)
        is_row = fill_cells and 1 < len(set(columns)) == len(columns)
        unnamed = len(cells) - len(heads)
        if is_row and unnamed in {0, 1} and min(columns) >= unnamed:
            former = _one_claim([_role_of(heads, column - unnamed) for column in columns])
        elif len(former) != len(positions):
            continue
        label = nearest_before(cells[0]) if cells else None
        row = _roles_in_row(former, label[0] if label else Role.UNKNOWN)
        for column, (position, role) in enumerate(zip(positions, row, strict=True)):
            found[position] = Cell(column, role)
    return found


def _roles_in_row(columns: Sequence[Role], label: Role) -> list[Role]:
    """The roles of the columns; where one is the claim, the row may say which part of it."""
    if label in _KINDS and _CLAIMS & set(columns):
        return [label if role in _CLAIMS else Role.IRRELEVANT for role in columns]
    if label is Role.TOTAL:
        return [Role.TOTAL if role is Role.BALANCE else role for role in columns]
    return list(columns)


def _role_of(heads: Sequence[str], column: int) -> Role:
    head = heads[min(column, len(heads) - 1)]
    if pattern("amount_roles", "former_column").match(head):
        return Role.PAST
    if pattern("amount_roles", "current_column").match(head):
        return Role.BALANCE
    role = nearest_before(head)
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
