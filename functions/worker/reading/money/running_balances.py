"""Accounts that print, behind what each line adds or takes off, the balance so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sums import Sum

_ZERO = Decimal("0.00")
_FEWEST_ROWS = 3
_MOST_MOVES = 2
_PARTS = frozenset({Role.PRINCIPAL, Role.INTEREST, Role.COSTS, Role.PART})


@dataclass(frozen=True)
class _Row:
    """What a line moves, with its signs, and the balance behind it."""

    moves: tuple[Sum, ...]
    signs: tuple[int, ...]
    balance: Sum


def running_balances(sums: Sequence[Sum]) -> list[Sum]:
    """The last balance is what is owed; those above it are over, and so is what is taken off."""
    told = {one.amount.start: one for account in _accounts(sums) for one in _told_by(account)}
    return [told.get(one.amount.start, one) for one in sums]


def _told_by(account: Sequence[_Row]) -> Iterator[Sum]:
    last = max(place for place, row in enumerate(account) if row.moves)
    for place, row in enumerate(account[: last + 1]):
        yield from _moved(row)
        if place == last:
            yield _owed(row.balance)
        elif place == 0 and not row.moves:
            yield replace(row.balance, role=Role.UNKNOWN, column=None)
        else:
            yield replace(row.balance, role=Role.IRRELEVANT, is_carried=True)


def _owed(balance: Sum) -> Sum:
    """A credit is no debt."""
    amount = balance.amount
    value = max(_signed(balance), _ZERO)
    return replace(balance, amount=replace(amount, value=value), role=Role.BALANCE, column=None)


def _moved(row: _Row) -> Iterator[Sum]:
    for one, sign in zip(row.moves, row.signs, strict=True):
        if sign < 0:
            yield replace(one, role=Role.PAST, column=None)
        else:
            role = one.role if one.role in _PARTS else Role.UNKNOWN
            yield replace(one, role=role, column=None)


def _accounts(sums: Sequence[Sum]) -> Iterator[list[_Row]]:
    """Runs of at least three lines, one of which adds something to a balance above it."""
    account: list[_Row] = []
    for line in _lines(sums):
        row = _row(line, account[-1].balance if account else None)
        if row is None:
            if _is_account(account):
                yield account
            account = []
            row = _row(line, None)
        if row:
            account.append(row)
    if _is_account(account):
        yield account


def _is_account(rows: Sequence[_Row]) -> bool:
    """A plan of instalments is none: its balances only fall."""
    grows = any(min(row.signs, default=0) > 0 for row in rows[1:])
    return grows and sum(bool(row.moves) for row in rows) >= _FEWEST_ROWS


def _lines(sums: Sequence[Sum]) -> Iterator[list[Sum]]:
    line: list[Sum] = []
    for one in sums:
        if line and one.line != line[-1].line:
            yield line
            line = []
        line.append(one)
    if line:
        yield line


def _row(line: Sequence[Sum], former: Sum | None) -> _Row | None:
    """The line, if what it moves leads from the former balance to the one at its end."""
    *moves, balance = line
    opened = _signed(former) if former else _ZERO
    if len(moves) > _MOST_MOVES:
        return None
    if not moves:
        is_same = former is None or _signed(balance) == opened
        return _Row((), (), balance) if is_same else None
    for signs in product((1, -1), repeat=len(moves)):
        pairs = zip(signs, moves, strict=True)
        if opened + sum((sign * one.owed for sign, one in pairs), _ZERO) == _signed(balance):
            return _Row(tuple(moves), signs, balance)
    return None


def _signed(balance: Sum) -> Decimal:
    return -abs(balance.amount.value) if balance.amount.is_credit else balance.amount.value
