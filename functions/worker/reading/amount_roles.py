"""What each sum of money in a mail is, by the words nearest to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from functions.worker.reading.amounts import Amount
from functions.worker.reading.vocabulary import pattern, source

_LEFT, _RIGHT = 160, 60
_ADJACENT = 2
# A full stop behind one or two digits belongs to a date, behind "Nr" to an abbreviation.
_SENTENCE_END = re.compile(
    r"\n[ >]*\n|[!?;]\s"
    r"|(?<![\s(]\d)(?<![\s(]\d\d)(?<!Nr)(?<!Az)(?<!bzgl)(?<!gem)(?<!lt)\.\s+(?=[A-ZÄÖÜ0-9>])",
)
_CONNECTIVE = re.compile(
    r"[\s:|=.(]*(?:(?:von|i\.\s?h\.\s?v\.|in höhe von|über|beträgt|betragen|macht|ist|sind|lautet"
    r"|beläuft sich|belaufen sich|auf|heute|derzeit|aktuell|noch|insgesamt|also|somit)"
    r"[\s:|]*){0,5}",
    re.IGNORECASE,
)
_UNIT_PRICE = re.compile(r"(?:\d\s?[x×*]|à|je|a|zu je)\s{0,2}$", re.IGNORECASE)
_ONLY_AMOUNT = re.compile(r"[\s|:=]*")


class Role(StrEnum):
    """The meaning of a sum."""

    TOTAL = "total"
    BALANCE = "balance"
    PRINCIPAL = "principal"
    INTEREST = "interest"
    COSTS = "costs"
    PART = "part"
    INSTALMENT = "instalment"
    OFFER = "offer"
    PAST = "past"
    OURS = "ours"
    IRRELEVANT = "irrelevant"
    UNKNOWN = "unknown"


_BEFORE = (
    ("irrelevant", Role.IRRELEVANT),
    ("ours", Role.OURS),
    ("instalment", Role.INSTALMENT),
    ("offer", Role.OFFER),
    ("past", Role.PAST),
    ("interest", Role.INTEREST),
    ("balance_of_costs", Role.BALANCE),
    ("part", Role.PART),
    ("costs", Role.COSTS),
    ("principal", Role.PRINCIPAL),
    ("total", Role.TOTAL),
    ("balance", Role.BALANCE),
)
_AFTER = (
    ("irrelevant_after", Role.IRRELEVANT),
    ("instalment_after", Role.INSTALMENT),
    ("offer_after", Role.OFFER),
    ("balance_after", Role.BALANCE),
    ("past_after", Role.PAST),
    ("total_after", Role.TOTAL),
)
_NOUNS_AFTER = (("interest", Role.INTEREST), ("costs", Role.COSTS), ("principal", Role.PRINCIPAL))


Found = tuple[Role, int, int]
"""A role, and where its word begins and ends."""


@dataclass(frozen=True, kw_only=True)
class Sum:
    """An amount, its role, and the words `text[label_start:amount.end]` that say so."""

    amount: Amount
    role: Role
    label_start: int
    context: str
    sentence: str


def assign_roles(text: str, whole: str, amounts: Sequence[Amount]) -> tuple[Sum, ...]:
    """Give every amount of `text` a role. `whole` also holds the quoted questions."""
    columns = _table_columns(text, amounts)
    sums: list[Sum] = []
    taken = 0
    for position, amount in enumerate(amounts):
        following = amounts[position + 1].start if position + 1 < len(amounts) else len(text)
        left_from = _left_border(text, amount.start, taken)
        right = _right_context(text, amount.end, following)
        role, label_start, taken = _role(text, amount, left_from, right)
        if position in columns:
            role, label_start, taken = columns[position], amount.start, amount.end
        elif role is Role.UNKNOWN:
            role = _role_asked_for(text, whole, amount) or role
        sums.append(
            Sum(
                amount=amount,
                role=role,
                label_start=label_start,
                context=text[left_from : amount.end] + right,
                sentence=_sentence(text, amount),
            )
        )
    return tuple(sums)


def _role(text: str, amount: Amount, left_from: int, right: str) -> tuple[Role, int, int]:
    """The role, where its words begin, and up to where the text is used up."""
    if _UNIT_PRICE.search(text[max(amount.start - 8, 0) : amount.start]):
        return Role.INSTALMENT, amount.start, amount.end
    if amount.is_credit:
        return Role.PAST, amount.start, amount.end
    left = _nearest_before(text[left_from : amount.start])
    if left and _CONNECTIVE.fullmatch(text, left_from + left[2], amount.start):
        return left[0], left_from + left[1], amount.end
    noun = _first_after(right, _NOUNS_AFTER)
    if noun and noun[1] <= _ADJACENT:
        return noun[0], amount.start, amount.end + noun[2]
    return _loosely(amount, left_from, left, _first_after(right, _AFTER))


def _loosely(
    amount: Amount, left_from: int, left: Found | None, after: Found | None
) -> tuple[Role, int, int]:
    """The role by words that do not touch the amount."""
    if after and (left is None or left[0] in {Role.BALANCE, Role.TOTAL, Role.PAST}):
        if after[0] is Role.BALANCE and left and left[0] is Role.TOTAL:
            return Role.TOTAL, left_from + left[1], amount.end
        return after[0], amount.start, amount.end + after[2]
    if left:
        return left[0], left_from + left[1], amount.end
    return (Role.BALANCE if amount.is_debit else Role.UNKNOWN), amount.start, amount.end


def _nearest_before(context: str) -> Found | None:
    best: Found | None = None
    context = _INCLUDED.sub(lambda match: " " * len(match[0]), context)
    for key, role in _BEFORE:
        for match in pattern("amount_roles", key).finditer(context):
            if best is None or match.end() > best[2]:
                best = (role, match.start(), match.end())
    return best


_ACCESSORY = "|".join(
    (source("amount_roles", "interest"), source("amount_roles", "costs"), r"neben\w+")
)
# "Die Forderung einschließlich der Kosten beträgt" speaks of the claim, not of the costs.
_INCLUDED = re.compile(
    rf"(?<!\w)(?:{source('amount_roles', 'including')})\s(?:\w{{1,12}}\s){{0,3}}?"
    rf"(?:{_ACCESSORY})(?!\w)(?:\sund\s(?:{_ACCESSORY})(?!\w))?",
    re.IGNORECASE,
)


def _first_after(context: str, tables: Sequence[tuple[str, Role]]) -> Found | None:
    best: Found | None = None
    for key, role in tables:
        match = pattern("amount_roles", key).search(context)
        if match and (best is None or match.start() < best[1]):
            best = (role, match.start(), match.end())
    return best


def _left_border(text: str, start: int, taken: int) -> int:
    border = max(start - _LEFT, taken, 0)
    for match in _SENTENCE_END.finditer(text, border, start):
        border = match.end()
    return border


def _right_context(text: str, end: int, following: int) -> str:
    context = text[end : min(end + _RIGHT, following)].split("\n", 1)[0]
    return re.split(r"[.!?;](?:\s|$)|\s\|\s|,\s", context, maxsplit=1)[0]


def _sentence(text: str, amount: Amount) -> str:
    start = _left_border(text, amount.start, 0)
    match = _SENTENCE_END.search(text, amount.end, amount.end + _LEFT)
    return text[start : match.start() if match else amount.end + _LEFT]


def _role_asked_for(text: str, whole: str, amount: Amount) -> Role | None:
    """An answer that is only a sum, right below a quoted question, is what was asked for."""
    line_start = text.rfind("\n", 0, amount.start) + 1
    if not _ONLY_AMOUNT.fullmatch(text, line_start, amount.start):
        return None
    question_start = whole.rfind("\n", 0, max(line_start - 1, 0)) + 1
    question = whole[question_start : max(line_start - 1, 0)]
    if not question.lstrip().startswith(">"):
        return None
    found = _first_after(question, _BEFORE)
    return found[0] if found else None


_CELL_BORDER = re.compile(r"\s*\|\s*|\s{2,}")


def _table_columns(text: str, amounts: Sequence[Amount]) -> dict[int, Role]:
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
                before = text[line_start : amounts[position].start]
                column = len(_cells(before)) if before.strip() else 0
                role = _nearest_before(heads[min(column, len(heads) - 1)])
                roles[position] = role[0] if role else Role.UNKNOWN
    return roles


_AMOUNT_IN_HEAD = re.compile(r"\d,\d\d")


def _line_above(text: str, line_start: int) -> str:
    above = text[max(line_start - 400, 0) : max(line_start - 1, 0)].rstrip()
    return above.rpartition("\n")[2]


def _cells(line: str) -> list[str]:
    return [cell for cell in _CELL_BORDER.split(line.strip()) if cell]
