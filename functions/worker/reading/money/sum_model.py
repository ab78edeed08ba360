"""What each sum of a mail is likely to be, by weights learned from labelled mails."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from functions.worker.reading.language.linear_model import evenly, load_model
from functions.worker.reading.money.sum_features import sum_features
from functions.worker.reading.money.sums import Sum

WEIGHTS = Path(__file__).parent / "sum_weights.json"


class SumKind(StrEnum):
    """What a sum is: owed today, a part of that, what would settle the matter, or none of these."""

    CLAIM = "claim"
    PRINCIPAL = "principal"
    INTEREST = "interest"
    COSTS = "costs"
    PART = "part"
    SETTLES = "settles"
    OTHER = "other"


@dataclass(frozen=True)
class LikelySums:
    """The sums of a mail, and by where they start the probability of each kind."""

    sums: tuple[Sum, ...]
    shares: Mapping[int, Mapping[str, float]]

    def share(self, one: Sum, kind: SumKind) -> float:
        """How likely the sum is of that kind; zero for one that nobody looked at."""
        return self.shares.get(one.amount.start, {}).get(kind, 0.0)

    def likeliest(self, kind: SumKind, among: Iterable[Sum]) -> Sum | None:
        """The sum that is likeliest of that kind."""
        return max(among, key=lambda one: self.share(one, kind), default=None)


def likely_sums(text: str, sums: Sequence[Sum]) -> LikelySums:
    """Look at the `sums` of `text`."""
    model = load_model(WEIGHTS)
    shares = {one.amount.start: model.shares(evenly(sum_features(text, one, sums))) for one in sums}
    return LikelySums(tuple(sums), shares)
