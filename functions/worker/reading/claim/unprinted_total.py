"""Claims whose total is not printed: parts, lists of invoices, and what is named on top."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from functions.worker.reading.claim.enumerated_parts import enumerated_parts
from functions.worker.reading.claim.part_labels import is_accessory
from functions.worker.reading.claim.rest_after_payments import rest_after_payments
from functions.worker.reading.claim.rows import is_row
from functions.worker.reading.claim.runs_of_parts import (
    SignedPart,
    added,
    comes_on_top,
    goes_on,
    is_item,
    is_next_item,
    run_behind,
    run_of_parts,
    sign_of,
    tells_apart,
)
from functions.worker.reading.claim.told_together import told_together
from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.money.product_columns import column_of_products
from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sums import Sum

_ZERO = Decimal("0.00")
_ACCESSORY = frozenset({Role.INTEREST, Role.COSTS})
_ASIDE = frozenset({Role.IRRELEVANT, Role.OURS, Role.OFFER, Role.INSTALMENT})
_OPEN = frozenset({Role.UNKNOWN, Role.TOTAL, Role.BALANCE, Role.PART, Role.PRINCIPAL})
_AND = re.compile(r",|und")
# "Der Saldo ist 341,80 EUR, 12,00 EUR Mahnkosten sind eingerechnet."
_INCLUDED = re.compile(
    r"[^.;,\d]{0,40}\b(?:eingerechnet|mitgerechnet|inbegriffen|enthalten|eingeschlossen)\b"
)


def unprinted_sum(sums: Sequence[Sum]) -> tuple[Decimal, tuple[SignedPart, ...]] | None:
    """The sum of principal, interest and costs, or of a list of invoices, without a total."""
    used = (
        _open_column(sums)
        or told_together(sums)
        or _parts(sums)
        or _items(sums)
        or run_of_parts(sums)
        or enumerated_parts(sums)
        or _lines_of_a_bill(sums)
        or rest_after_payments(sums)
    )
    return (added(used), used) if used else None


def with_what_comes_on_top(
    best: Sum, sums: Sequence[Sum]
) -> tuple[Decimal, tuple[SignedPart, ...]] | None:
    """As in "die Prämien von 432 EUR sowie 7,50 EUR Mahnkosten": the claim is both."""
    both = told_together(sums)
    if any(one is best for one, _ in both):
        return added(both), both
    if best.role is Role.BALANCE and (is_accessory(best) or comes_on_top(best)):
        # In "500 EUR nebst Zinsen von 20 EUR sind zu zahlen" the verb stands beside the interest.
        whole = run_of_parts(sums)
        return (added(whole), whole) if any(one is best for one, _ in whole[1:]) else None
    run = () if best.role is Role.TOTAL else run_behind(best, sums)
    if any(_INCLUDED.match(one.after) for one, _ in run[1:]):
        return None
    if not run:
        listed = enumerated_parts(sums)
        return (added(listed), listed) if any(one is best for one, _ in listed) else None
    on_top = (pattern("amount_roles", "on_top").search(one.before) for one, _ in run[1:])
    is_enumeration = all(_AND.search(one.before) or one.opens_sentence for one, _ in run[1:])
    is_list = all(is_row(one) for one, _ in run) and not _is_whole(best)
    is_prose = not any(is_row(one) for one, _ in run)
    if any(on_top) or is_list or (is_enumeration and is_prose):
        return added(run), run
    return None


def are_kinds_apart(used: Sequence[SignedPart], sums: Sequence[Sum]) -> bool:
    """Whether the parts are principal, interest and costs, not just any things owed."""
    first = used[0][0]
    told = [_parts(sums), _items(sums), run_of_parts(sums)]
    told += [run_behind(first, sums)] if first.role is Role.BALANCE else []
    return used in told or used != enumerated_parts(sums) or tells_apart(used)


def _is_whole(best: Sum) -> bool:
    return bool(pattern("amount_roles", "whole").search(best.before.rpartition("\n")[2]))


def _open_column(sums: Sequence[Sum]) -> tuple[SignedPart, ...]:
    """The column "open" of a table without a row of totals, in a mail with no other claim."""
    opens = {one.column for one in sums if one.role is Role.BALANCE} - {None}
    column = [one for one in sums if one.column in opens and one.role in _OPEN | _ACCESSORY]
    others = [one for one in sums if one.column is None and one.role not in _ASIDE]
    is_table = len({one.column for one in sums}) > 1 and len(opens) == 1
    if len(column) < 2 or others or not is_table:  # noqa: PLR2004
        return ()
    return tuple((one, sign_of(one)) for one in column)


def _lines_of_a_bill(sums: Sequence[Sum]) -> tuple[SignedPart, ...]:
    lines = column_of_products(sums)
    is_unpaid = lines and pattern("amount_roles", "unpaid").search(lines[-1].surroundings)
    return tuple((one, 1) for one in lines) if is_unpaid else ()


def _parts(sums: Sequence[Sum]) -> tuple[SignedPart, ...]:
    principal = {one.amount.value: one for one in sums if one.role is Role.PRINCIPAL}
    others = (_OPEN | {Role.PAST}) - {Role.PRINCIPAL}
    if len(principal) != 1 or any(one.role in others for one in sums):
        return ()
    used = (*principal.values(), *(one for one in sums if one.role in _ACCESSORY))
    return tuple((one, 1) for one in used)


def _items(sums: Sequence[Sum]) -> tuple[SignedPart, ...]:
    items = items_of_a_list(sums)
    rest = [
        one
        for one in sums
        if one not in items and one.role in _OPEN and not (one.is_aside and _is_closed(one))
    ]
    unclear = [one for one in sums if one.role is Role.PAST and not _is_closed(one)]
    accessories = [one for one in sums if one.role in _ACCESSORY]
    elsewhere = [one for one in accessories if not goes_on(one, behind=sums[sums.index(one) - 1])]
    if not items or rest or unclear or (elsewhere and not all(is_row(one) for one in items)):
        return ()
    return tuple((one, 1) for one in (*items, *accessories))


def items_of_a_list(sums: Sequence[Sum]) -> tuple[Sum, ...]:
    """At least two invoices, months or the like, each with its sum, all of them open."""
    may_be = {Role.UNKNOWN, Role.BALANCE, Role.PART}
    are_asides = all(one.is_aside for one in sums)
    items = _items_among(
        [one for one in sums if one.role in may_be and (are_asides or not one.is_aside)]
    )
    rows = [one for one in items if _ends_its_line(one)]
    in_one_sentence = not any(one.opens_sentence for one in items[1:]) and not rows
    if len(items) < 2 or not (in_one_sentence or len(rows) == len(items)):  # noqa: PLR2004
        return ()
    around = items[0].surroundings + items[-1].surroundings
    of_many = any(pattern("amount_roles", "several_debtors").search(one.line) for one in items)
    is_list = pattern("amount_roles", "list_of_claims").search(around)
    are_claims = items[0].role is Role.BALANCE and all(
        one.role is Role.BALANCE or is_next_item(one) for one in items[1:]
    )
    return items if (is_list or are_claims) and not of_many else ()


def _items_among(open_sums: Sequence[Sum]) -> tuple[Sum, ...]:
    """Also the further sums of "die zwei Rechnungen, 20,00 EUR und 30,00 EUR"."""
    items: list[Sum] = []
    for position, one in enumerate(open_sums):
        goes_on = position > 0 and open_sums[position - 1] in items
        is_first = position + 1 < len(open_sums) and is_next_item(open_sums[position + 1])
        begins = one.role is Role.BALANCE and is_first
        if is_item(one) or begins or (goes_on and is_next_item(one)):
            items.append(one)
    return tuple(items)


def _ends_its_line(one: Sum) -> bool:
    """A row of a list, not a sentence that happens to end with the sum."""
    return is_row(one) and not pattern("amount_roles", "verb").search(one.line)


def _is_closed(one: Sum) -> bool:
    """A sum that its own sentence calls settled takes nothing off the list."""
    return bool(pattern("amount_roles", "closed_item").search(one.sentence))
