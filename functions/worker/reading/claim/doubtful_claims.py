"""What makes a claim so doubtful that a person should look: the mail contradicts or hides it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import takewhile

from functions.worker.reading.claim.rows import is_row
from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.money.adding_up import results
from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sums import Sum

_ZERO = Decimal("0.00")
_PARTS = frozenset({Role.PRINCIPAL, Role.INTEREST, Role.COSTS})
_RANGE = re.compile(
    r"\bzwischen\s(?:EUR |€ )?(?:[\d.,]{1,12}\s?(?:EUR|€|Euro)?\s(?:und|bis)\s(?:EUR |€ )?)?$",
    re.IGNORECASE,
)
_UP_TO = re.compile(r"\d\s?(?:EUR|€|Euro)?\sbis\s(?:zu\s)?(?:EUR |€ )?$", re.IGNORECASE)
_ON_IT = re.compile(r"\b(?:davon|hiervon|darauf|hierauf)\b[^.!?;]{0,60}$", re.IGNORECASE)
_NEXT_SENTENCE = 100
_RATE_ON_TOP = re.compile(
    r"\b(?:zzgl|zuzüglich|nebst|plus|sowie|und)[.\s]{1,3}(?:\w{3,12}\s){0,2}\d{1,2}(?:,\d{1,2})?\s?"
    r"(?:%|Prozent\w{0,8})\s[^.;\n\d]{0,40}?zinsen\b",
    re.IGNORECASE,
)


def leaves_a_doubt(text: str, debt: Decimal, sums: Sequence[Sum]) -> bool:
    """Whether the mail leaves open how much is owed, though one sum is the likeliest."""
    chosen = [one for one in sums if one.amount.value == debt]
    return (
        any(one.amount.is_torn for one in sums)
        or (not chosen and bool(_RATE_ON_TOP.search(text)))
        or (debt == _ZERO and _runs_on(text, sums))
        or bool(pattern("amount_roles", "needs_a_look").search(text))
        or any(_is_in_doubt(text, one, sums) for one in chosen)
    )


def _runs_on(text: str, sums: Sequence[Sum]) -> bool:
    """As in "kein Rückstand; der Restkredit von 8.100 EUR läuft planmäßig bis 2029"."""
    is_named = any(one.owed > _ZERO and one.role is not Role.PAST for one in sums)
    return is_named and bool(pattern("amount_roles", "runs_on").search(text))


def _is_in_doubt(text: str, one: Sum, sums: Sequence[Sum]) -> bool:
    before = text[max(one.amount.start - 60, 0) : one.amount.start]
    is_waived = pattern("amount_roles", "waiver").search(one.sentence)
    if is_waived and pattern("amount_roles", "if_paid").search(one.sentence):
        return True
    is_before_payment = pattern("amount_roles", "before_payment").search(one.sentence)
    is_open = _RANGE.search(before) or _UP_TO.search(before) or is_before_payment
    return bool(is_open) or _is_partly_paid(one, sums) or _does_not_add_up(one, sums)


def _is_partly_paid(claim: Sum, sums: Sequence[Sum]) -> bool:
    """As in "insgesamt 750 EUR, davon 100 EUR bezahlt": nobody says what is left."""
    behind = (one for one in sums if 0 < one.amount.start - claim.amount.end < _NEXT_SENTENCE)
    return any(
        bool(_ON_IT.search(one.before))
        and bool(pattern("amount_roles", "payment").search(one.context))
        and not pattern("amount_roles", "not_paid").search(one.sentence)
        and not {claim.owed - one.owed, claim.owed + one.owed} & {other.owed for other in sums}
        for one in behind
    )


def _does_not_add_up(total: Sum, sums: Sequence[Sum]) -> bool:
    """Whether the parts listed above a total come to another sum."""
    above = [one for one in sums if one.amount.start < total.amount.start]
    listed = list(takewhile(lambda one: one.role in _PARTS and is_row(one), reversed(above)))
    if total.role is not Role.TOTAL or not is_row(total) or len(listed) != len(above):
        return False
    is_separated = Role.PRINCIPAL in {one.role for one in listed} and len(listed) > 1
    is_result = any(result.total is total for result in results(sums))
    added = sum((one.owed for one in listed), _ZERO)
    return is_separated and not is_result and added != total.owed
