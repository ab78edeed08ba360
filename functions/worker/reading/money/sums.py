"""A sum of money in a mail, with its role and what stands around it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from functions.worker.reading.money.amounts import Amount
from functions.worker.reading.money.role_words import Role


@dataclass(frozen=True, kw_only=True)
class Sum:
    """An amount, its role, and the words `text[label_start:amount.end]` that say so."""

    amount: Amount
    role: Role
    label_start: int
    context: str
    sentence: str
    line: str
    surroundings: str
    """The 300 signs before and the 200 behind it."""
    before: str
    """What stands between the sum in front of it, or the beginning of the sentence, and it."""
    opens_sentence: bool
    """Whether a sentence begins between the sum in front of it and it."""
    after: str
    """What stands between it and the next sum, or the end of its line."""
    is_aside: bool
    """Whether it only explains another sum: in brackets, or "davon", "darin"."""
    times: int = 1
    """How many of it there are, as in "3 Mahnungen zu je 5,00 EUR"."""
    is_declared: bool = False
    """Whether a turn of phrase makes it the claim, whatever other sums are called."""
    column: int | None = None
    """In which column of a table with heads it stands."""
    is_carried: bool = False
    """Whether it is a balance that the next line of an account goes on from."""

    @cached_property
    def owed(self) -> Decimal:
        """What it comes to, without its sign."""
        return abs(self.amount.value) * self.times
