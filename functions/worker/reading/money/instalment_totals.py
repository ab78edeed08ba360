"""What a row of instalments comes to is an offer, unless the instalments are overdue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.money.adding_up import Result, results
from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sums import Sum

_OFFERED = frozenset({Role.INSTALMENT, Role.OFFER})
_MAY_BE_TOTAL = frozenset({Role.TOTAL, Role.UNKNOWN})
_OVERDUE = re.compile(
    r"\b(?:rückständig|zurückzuzahlen|rückzuzahlen|Rückstand|überfällig|fällig|offen|offene[nr]?|ausstehend|unbezahlt|fehl(?:t|en)"
    r"|nicht (?:be|ge)zahlt|schulde[nt]|nicht eingegangen)\b",
    re.IGNORECASE,
)
# "Gesamtschuld" and the like are claims, whatever they are made of.
_ADDED_UP = re.compile(
    r"\b(?:Summe|insgesamt|zusammen|in Summe|macht)\b\W{0,3}(?:also |erhielten wir |von |der )?"
    r"(?:EUR |€ )?$",
    re.IGNORECASE,
)
_OFFERED_BEFORE = re.compile(
    r"\b(?:an)?gebotenen?\b|\bvorgeschlagenen?\b|\bIhre[mnrs]? (?:Angebot|Vorschlag)", re.IGNORECASE
)
_PROPOSALS = (
    ("decisions", "proposal"),
    ("decisions", "countering"),
    ("amount_roles", "proposed_instalments"),
    ("amount_roles", "ends_the_matter"),
)


def instalment_totals(sums: Sequence[Sum]) -> list[Sum]:
    """As in "zehn Raten zu 50 EUR, Summe 500 EUR"."""
    offered = {one.amount.start for one in sums if _is_product(one, sums)}
    for result in results(sums):
        parts = {part.role for part in result.parts}
        is_behind = all(part.amount.start < result.total.amount.start for part in result.parts)
        is_offer = parts <= _OFFERED and _is_offered(result.total)
        if result.is_addition and is_behind and (is_offer or _raises_an_offer(result)):
            offered.add(result.total.amount.start)
    return [
        replace(one, role=Role.OFFER)
        if one.amount.start in offered and one.role in _MAY_BE_TOTAL
        else one
        for one in sums
    ]


def _raises_an_offer(result: Result) -> bool:
    """As in "legen Sie 50 EUR auf die gebotenen 100 EUR, sind wir mit 150 EUR zufrieden"."""
    return any(_OFFERED_BEFORE.search(part.before) for part in result.parts)


def _is_product(one: Sum, sums: Sequence[Sum]) -> bool:
    return _is_offered(one) and any(
        rate.role is Role.INSTALMENT
        and rate.times > 1
        and rate.owed == one.amount.value
        and rate.amount.start < one.amount.start
        for rate in sums
    )


def _is_offered(one: Sum) -> bool:
    if not _ADDED_UP.search(one.before):
        return False
    is_proposed = any(pattern(*key).search(one.surroundings) for key in _PROPOSALS)
    return is_proposed and not _OVERDUE.search(one.sentence)
