"""What may still be owed beside the words that call something settled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from functions.worker.reading.claim.settled_claims import settles
from functions.worker.reading.language.sentences import sentence_around, sentence_end
from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sums import Sum

_ZERO = Decimal("0.00")
_CLAIMS = frozenset({Role.TOTAL, Role.BALANCE})
_RESTS = frozenset({Role.COSTS, Role.INTEREST, Role.PRINCIPAL, Role.PART})
_ANOTHER = re.compile(
    r"\b(?:ander|weiter|zweit|zusätzlich|separat|dagegen|hingegen|dazu|daneben)", re.IGNORECASE
)
_EXPLAINS = re.compile(r":\s{0,3}[^\W\d]")


def names_another(text: str, settled: tuple[int, int], sums: Sequence[Sum]) -> bool:
    """Whether the sentence goes on to a sum that may be owed."""
    end = sentence_end(text, settled[1])
    return any(
        settled[1] <= one.amount.start < end
        and not _EXPLAINS.search(text, settled[1], one.amount.start)
        and one.role in _RESTS | {Role.UNKNOWN}
        and not one.is_aside
        and not settles(text, settled, one)
        for one in sums
    )


def claims_beside(text: str, settled: tuple[int, int], sums: Sequence[Sum]) -> bool:
    """Whether a claim stands in the mail of which the words of settlement do not speak."""
    if pattern("amount_roles", "open_beside").search(text[: settled[0]] + "." + text[settled[1] :]):
        return True
    return any(
        one.role in _CLAIMS
        and one.amount.value > _ZERO
        and not one.amount.is_credit
        and not settles(text, settled, one)
        for one in sums
    )


def is_the_credit(text: str, settled: tuple[int, int], claimed: Sum, sums: Sequence[Sum]) -> bool:
    """Whether it is the one balance of the mail, which is then called a credit."""
    start, end = settled
    is_one_account = sum(one.role in _CLAIMS for one in sums) == 1
    return (
        is_one_account
        and "guthaben" in text[start:end].lower()
        and claimed.amount.end <= start
        and bool(pattern("amount_roles", "bank_balance").search(claimed.line))
        and not _ANOTHER.search(sentence_around(text, start, end))
    )


def still_open_behind(settled: tuple[int, int], sums: Sequence[Sum]) -> list[Sum]:
    """Costs and the like that are still open though the rest is settled."""
    return [
        one
        for one in sums
        if one.role in _RESTS
        and one.amount.start > settled[1]
        and pattern("amount_roles", "still_open").search(one.sentence)
    ]
