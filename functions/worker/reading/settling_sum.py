"""The sum that a yes or a counter offer is about, where no word tells it."""

from __future__ import annotations

from dataclasses import replace

from functions.worker.reading.decisions import Decision
from functions.worker.reading.sum_model import LikelySums, SumKind
from shared.domain.extraction import SettlementDecision

_LIKELY = 0.4


def with_settling_sum(decision: Decision | None, likely: LikelySums) -> Decision | None:
    """The decision with the likeliest sum if it names none itself; a no settles nothing."""
    if decision is None or decision.settling or decision.decision is SettlementDecision.REJECTED:
        return decision
    candidates = [one for one in likely.sums if one.amount.value > 0]
    found = likely.likeliest(SumKind.SETTLES, candidates)
    if found is None or likely.share(found, SumKind.SETTLES) < _LIKELY:
        return decision
    return replace(decision, settling=found)
