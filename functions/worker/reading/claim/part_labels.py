"""What the parts of a claim are by their labels: principal, interest or costs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from functions.worker.reading.claim.rows import begins_with_its_sum, is_row
from functions.worker.reading.language.vocabulary import pattern, source
from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sums import Sum

_ZERO = Decimal("0.00")
_SMALL = Decimal("0.25")


class Kind(StrEnum):
    """What a label says."""

    PRINCIPAL = "principal"
    SERVICE = "service"
    """The charge for a service, as of a doctor: the principal of its claim."""
    AMBIGUOUS = "ambiguous"
    """Costs beside a principal by name, else itself a part of the principal."""
    INTEREST = "interest"
    COSTS = "costs"
    SURCHARGE = "surcharge"
    """What authorities add for late payment: neither interest nor costs."""
    UNSAID = "unsaid"


_LISTS = (
    ("ambiguous_charge", Kind.AMBIGUOUS),
    ("service_charge", Kind.SERVICE),
    ("interest", Kind.INTEREST),
    ("interest_label", Kind.INTEREST),
    ("costs_with_surcharge", Kind.COSTS),
    ("surcharge", Kind.SURCHARGE),
    ("costs", Kind.COSTS),
    ("fee", Kind.COSTS),
    ("principal", Kind.PRINCIPAL),
)
_BY_ROLE = {
    Role.PRINCIPAL: Kind.PRINCIPAL,
    Role.INTEREST: Kind.INTEREST,
    Role.COSTS: Kind.COSTS,
}
_ACCESSORY = frozenset({Kind.INTEREST, Kind.COSTS, Kind.SURCHARGE})
_AND = r"(?:\s{0,2}(?:und|u\.|sowie|nebst|\+|&|/|,)\s{0,2}(?:\w{1,15}\s)?)"
_INTEREST = rf"(?:{source('amount_roles', 'interest')})"
_COSTS = rf"(?:{source('amount_roles', 'costs')})"
_BOTH = re.compile(
    rf"(?<!\w)(?:{_INTEREST}{_AND}{_COSTS}|{_COSTS}{_AND}{_INTEREST})(?!\w)", re.IGNORECASE
)
# "The claim including interest" is no interest; "plus interest" is.
_INCLUDED = re.compile(
    rf"(?<!\w)(?:einschl\w*\.?|inkl\w*\.?|incl\w*\.?)\s(?:\w{{1,16}}\s){{0,4}}?"
    rf"(?:{_INTEREST}|{_COSTS})(?!\w)",
    re.IGNORECASE,
)
# "5 % interest on it and 70 EUR costs" does not say how much the interest is.
_RATE = re.compile(
    r"\d{1,2}(?:,\d{1,2})?\s?(?:%|Prozent\w{0,8})\s(?:\w{3,20}\s)?\w{0,20}zinsen\b[^.;:|\n\d]{0,40}?"
    r"\b(?:und|sowie|nebst|zuzüglich|zzgl)\b",
    re.IGNORECASE,
)
# Beside interest or costs a surcharge is counted with them.
_LATE = re.compile(r"Säumniszuschl\w{0,4}", re.IGNORECASE)
_ONLY_JOINED = re.compile(
    r"(?:^|[^\w.]|\b)(?:[,;+]|und|sowie|nebst|samt|plus|zzgl\.|zuzüglich)\s{1,3}(?:EUR |€ )?$",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,;()]|\.\s")
_NEXT = re.compile(
    r"[,;()/+–-]|\.\s|\b(?:und|sowie|nebst|samt|zuzüglich|zzgl|plus|mit|abzüglich)\b"
)
_BRACKET = re.compile(r"^(?:\s?\(|,\s(?=sind\b|ist\b))")
_LETTERS = re.compile(r"[^\W\d_]{3}")


def kind_of(one: Sum) -> Kind:
    """What the label in front of a single part says."""
    return _kind(_label_before(one), last=not is_row(one))


def is_accessory(one: Sum) -> bool:
    """Whether the label of a single part calls it interest, costs or a surcharge."""
    return kind_of(one) in _ACCESSORY


def is_mixed(one: Sum) -> bool:
    """Whether the part itself holds interest and costs, as a balance carried forward."""
    mixed = pattern("amount_roles", "mixed")
    return bool(mixed.search(_label_before(one)) or mixed.search(one.after))


def is_surcharge(one: Sum) -> bool:
    """Whether a label beside a sum calls it a surcharge, and nothing else."""
    told = kind_of(one)
    told = _kind(_label_behind(one), last=False) if told is Kind.UNSAID else told
    return told is Kind.SURCHARGE


def kinds_of(parts: Sequence[Sum], *, adds_up: bool = True) -> list[Kind] | None:
    """Principal, interest or costs for each; None if a label names interest and costs together.

    `adds_up` says that the mail prints what they come to.
    """
    before = [_label_before(one) for one in parts]
    after = [_label_behind(one) for one in parts]
    rows = [is_row(one) for one in parts]
    told_before = [_kind(text, last=not row) for text, row in zip(before, rows, strict=True)]
    told_after = [_kind(text, last=False) for text in after]
    by_role = [_kind_by_role(one) for one in parts]
    ranked = (told_before, told_after, by_role)
    if any(begins_with_its_sum(one) for one in parts) or _stand_before_labels(parts):
        ranked = (told_after, told_before, by_role)
    told = max(ranked, key=_count)
    if told is told_before:
        told_before[:] = _with_own_labels(parts, told_before)
    labels = [_LATE.sub("", text) for text in (after if told is told_after else before)]
    if any(_BOTH.search(text) for text in labels):
        return None
    pairs = zip(told, by_role, strict=True)
    found = [role if kind is Kind.UNSAID else kind for kind, role in pairs]
    return _decided(parts, found, adds_up=adds_up)


def _label_behind(one: Sum) -> str:
    """What follows the sum in its clause, also in brackets right behind it."""
    return _CLAUSE_END.split(_BRACKET.sub("", one.after, count=1), maxsplit=1)[0]


def _with_own_labels(parts: Sequence[Sum], told: Sequence[Kind]) -> list[Kind]:
    """Where nothing stands before a sum, what stands behind it, unless it is the next one's."""
    kinds = list(told)
    for position, one in enumerate(parts):
        own, *further = _NEXT.split(_BRACKET.sub("", one.after, count=1), maxsplit=1)
        if kinds[position] is Kind.UNSAID and (further or one is parts[-1]):
            kinds[position] = _kind(own, last=False)
    return kinds


def _stand_before_labels(parts: Sequence[Sum]) -> bool:
    """As in "500,00 EUR Kapital, 20,00 EUR Zinsen und 30,00 EUR Kosten"."""
    return len(parts) > 1 and all(_ONLY_JOINED.search(one.before) for one in parts[1:])


def _kind_by_role(one: Sum) -> Kind:
    kind = _BY_ROLE.get(one.role, Kind.UNSAID)
    return Kind.SURCHARGE if kind is Kind.COSTS and is_surcharge(one) else kind


def _count(kinds: Sequence[Kind]) -> int:
    return sum(kind is not Kind.UNSAID for kind in kinds)


def _decided(parts: Sequence[Sum], kinds: list[Kind], *, adds_up: bool) -> list[Kind]:
    values = [one.owed for one in parts]
    # Behind the principal by name, or behind costs, what is small and unnamed is costs.
    named = Kind.PRINCIPAL if Kind.PRINCIPAL in kinds else Kind.COSTS
    leader = values[kinds.index(Kind.PRINCIPAL) if Kind.PRINCIPAL in kinds else 0]
    for position, one in enumerate(parts):
        is_small = named in kinds[:position] and values[position] <= leader * _SMALL
        is_unnamed = kinds[position] is Kind.UNSAID and not names_an_item(one)
        if is_unnamed and is_small and kinds[0] not in _ACCESSORY:
            kinds[position] = Kind.COSTS
    if Kind.PRINCIPAL in kinds or Kind.INTEREST in kinds[: _first(kinds, Kind.AMBIGUOUS)]:
        kinds = [Kind.COSTS if kind is Kind.AMBIGUOUS else kind for kind in kinds]
    elif (
        (adds_up or Kind.INTEREST in kinds)
        and set(kinds) <= _ACCESSORY
        and kinds[0] is Kind.COSTS
        and 2 * values[0] >= sum(values, _ZERO)
    ):
        # If all are costs, the first and largest is what the others arose from.
        kinds[0] = Kind.PRINCIPAL
    return [kind if kind in _ACCESSORY else Kind.PRINCIPAL for kind in kinds]


def _first(kinds: Sequence[Kind], kind: Kind) -> int:
    return kinds.index(kind) if kind in kinds else 0


def names_an_item(one: Sum) -> bool:
    """Whether its label names an invoice, a tax, a month or the like."""
    return bool(pattern("amount_roles", "item").search(_label_before(one)))


def _label_before(one: Sum) -> str:
    """The words in front of the sum in its line, or in the lines above if it begins the line."""
    in_line = one.before.rpartition("\n")[2]
    if is_row(one) and not _LETTERS.search(in_line) and _LETTERS.search(one.line):
        # An aside stands between the label and the sum: "Mahnkosten (2 x 5 EUR) 10 EUR".
        return one.line
    is_label = is_row(one) and _LETTERS.search(in_line)
    return in_line if is_label or _kind(in_line, last=True) is not Kind.UNSAID else one.before


def _kind(label: str, *, last: bool) -> Kind:
    """By the head of a label, its first word; in a sentence by the word nearest to the sum."""
    best: tuple[int, int, Kind] | None = None
    label = _INCLUDED.sub(lambda match: " " * len(match[0]), label)
    label = _RATE.sub(lambda match: " " * len(match[0]), label)
    for rank, (key, kind) in enumerate(_LISTS):
        for match in pattern("amount_roles", key).finditer(label):
            place = (-match.end() if last else match.start(), rank, kind)
            best = min(best, place) if best else place
    return best[2] if best else Kind.UNSAID
