"""Which sums are likely to be parts of the claim, where no known label says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from functions.worker.reading.claim.claim_parts import Parts
from functions.worker.reading.money.sum_model import LikelySums, SumKind
from functions.worker.reading.money.sums import Sum

_ZERO = Decimal("0.00")
_LIKELY = 0.6
_FEWEST = 2
_BREAKDOWN = (SumKind.PRINCIPAL, SumKind.INTEREST, SumKind.COSTS)
_PARTS = (*_BREAKDOWN, SumKind.PART)


@dataclass(frozen=True)
class LikelyParts:
    """The sums that are added, in their order, each with the likeliest of the kinds of parts."""

    sums: tuple[Sum, ...]
    kinds: tuple[SumKind, ...]

    @property
    def total(self) -> Decimal:
        """What they come to."""
        return sum((one.owed for one in self.sums), _ZERO)

    def breakdown(self) -> Parts:
        """Principal, interest and costs; nothing if one of the sums is none of these."""
        if SumKind.PART in self.kinds or SumKind.PRINCIPAL not in self.kinds:
            return Parts()
        by_kind = {kind: self._of(kind) for kind in _BREAKDOWN}
        return Parts(
            principal=by_kind[SumKind.PRINCIPAL],
            interest=by_kind[SumKind.INTEREST],
            costs=by_kind[SumKind.COSTS],
        )

    def _of(self, wanted: SumKind) -> Decimal | None:
        found = [
            one.owed for one, kind in zip(self.sums, self.kinds, strict=True) if kind is wanted
        ]
        return sum(found, _ZERO) if found else None


def likely_parts(sums: Sequence[Sum], likely: LikelySums) -> LikelyParts | None:
    """At least two sums that are likelier parts of the claim than anything else."""
    parts = tuple(one for one in sums if one.amount.value > _ZERO and _is_part(one, likely))
    if len(parts) < _FEWEST:
        return None
    return LikelyParts(parts, tuple(_likeliest(one, likely) for one in parts))


def _is_part(one: Sum, likely: LikelySums) -> bool:
    return sum(likely.share(one, kind) for kind in _PARTS) > _LIKELY


def _likeliest(one: Sum, likely: LikelySums) -> SumKind:
    return max(_PARTS, key=lambda kind: likely.share(one, kind))
