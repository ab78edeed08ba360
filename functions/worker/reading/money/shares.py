"""Sums that are a share of another one: an offer, or the part that the debtor has to bear."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sums import Sum

_MAY_BE_SHARE = frozenset({Role.UNKNOWN, Role.BALANCE, Role.TOTAL, Role.PAST})
_CENT = Decimal("0.01")
_PERCENT = re.compile(r"(?<![\d,.])(\d{1,2}(?:,\d{1,2})?)\s?(?:%|Prozent\b|v\.\s?H\.)")
_HALF = re.compile(r"\b(?:Hälfte|hälftig\w{0,2}|50:50)\b", re.IGNORECASE)
# As in "Rechnung 100 EUR, auf Ihren Mandanten entfallender Anteil von 10 %: 10 EUR".
_OWN_SHARE = re.compile(
    r"\b(?:entfallend\w{0,2} Anteil|Eigenanteil|Haftungsquote|Anteil Ihre[sr])\b"
)


def shares(sums: Sequence[Sum]) -> list[Sum]:
    """In "25 % of 2,000.00, thus 500.00" the second is an offer, and the first the claim."""
    changed = list(sums)
    for position in range(1, len(changed)):
        first, second = changed[position - 1], changed[position]
        for base, share in ((first, second), (second, first)):
            if share.role not in _MAY_BE_SHARE or not _is_share(share, base):
                continue
            place = changed.index(share)
            if _OWN_SHARE.search(share.before):
                changed[place] = replace(share, role=Role.BALANCE)
                changed[changed.index(base)] = replace(base, role=Role.IRRELEVANT)
                break
            changed[place] = replace(share, role=Role.OFFER)
            if base.role in {Role.OFFER, Role.UNKNOWN, Role.PAST}:
                changed[changed.index(base)] = replace(base, role=Role.BALANCE)
            break
    return changed


def _is_share(share: Sum, base: Sum) -> bool:
    if share.sentence != base.sentence or pattern("amount_roles", "tax_rate").search(base.sentence):
        return False
    percents = [Decimal(one[1].replace(",", ".")) for one in _PERCENT.finditer(base.sentence)]
    if _HALF.search(base.sentence) and not pattern("amount_roles", "payment").search(base.sentence):
        percents.append(Decimal(50))
    return any(
        0 < percent < 100  # noqa: PLR2004
        and (base.amount.value * percent / 100).quantize(_CENT, ROUND_HALF_UP) == share.amount.value
        for percent in percents
    )
