"""A bank prints what is owed to it as a negative balance; for others a minus is a credit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from functions.worker.reading.language.sentences import sentence_start
from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.money.amounts import Amount


def as_owed(text: str, whole: str, amounts: Sequence[Amount]) -> list[Amount]:
    """The amounts of `text`, with the negative balances of a bank turned into debts.

    The bank may be named anywhere in the `whole` mail, such as below the signature.
    """
    if pattern("amount_roles", "credit").search(text):
        return list(amounts)
    if not pattern("amount_roles", "bank").search(whole):
        return list(amounts)
    return [_as_debit(one) if _is_overdraft(text, one) else one for one in amounts]


def _is_overdraft(text: str, amount: Amount) -> bool:
    if amount.value >= 0:
        return False
    left = text[sentence_start(text, amount.start) : amount.start]
    label = re.split(r"\n", left)[-1][-60:]
    return bool(pattern("amount_roles", "bank_balance").search(label))


def _as_debit(amount: Amount) -> Amount:
    return replace(amount, value=abs(amount.value), is_credit=False, is_debit=True)
