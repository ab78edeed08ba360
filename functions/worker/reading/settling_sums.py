"""Which of several sums would settle the matter: by the sentence that decides and the next one."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal

from functions.worker.reading.decisions import Decision
from functions.worker.reading.role_words import Role
from functions.worker.reading.split_sentences import split_sentences
from functions.worker.reading.sums import Sum
from functions.worker.reading.vocabulary import pattern
from shared.domain.extraction import SettlementDecision

_NEVER = frozenset({Role.INSTALMENT, Role.INTEREST, Role.COSTS, Role.TOTAL, Role.IRRELEVANT})
_BY_ITSELF = frozenset({Role.OFFER, Role.UNKNOWN})
_MONTHLY_REACH, _AFTER_REACH = 40, 24
_INSTEAD = re.compile(r"[\s,]{0,3}(?:an)?(?:statt|stelle)\b|,? (?:und )?nicht\b|,? instead of\b")


def with_settling_sum(
    decision: Decision, said: str, sums: Sequence[Sum], ours: Collection[Decimal]
) -> Decision:
    """The decision with a sum that is said to settle it, and without a monthly one."""
    if decision.decision is SettlementDecision.REJECTED:
        return decision
    chosen = decision.settling
    if chosen and _is_monthly(chosen):
        return replace(decision, settling=None)
    near = [one for one in _near(decision, said, sums) if _may_be_chosen(said, one)]
    largest = max((one.amount.value for one in sums), default=Decimal(0))
    if chosen and (chosen.amount.value < largest or chosen.amount.value in ours):
        return decision
    smaller = [one for one in near if one.amount.value < largest]
    better = _only([one for one in smaller if _settles(one)]) or _only(
        [one for one in smaller if one.role in _BY_ITSELF]
    )
    return replace(decision, settling=better) if better else decision


def _only(sums: Sequence[Sum]) -> Sum | None:
    return sums[0] if len({one.amount.value for one in sums}) == 1 else None


def _near(decision: Decision, said: str, sums: Sequence[Sum]) -> list[Sum]:
    """The sums of the sentence that decides, and of the next one."""
    ends = [end for start, end in split_sentences(said) if end > decision.start][:2]
    starts = [start for start, end in split_sentences(said) if end > decision.start][:1]
    if not ends:
        return []
    return [one for one in sums if starts[0] <= one.amount.start < ends[-1]]


def _may_be_chosen(said: str, one: Sum) -> bool:
    is_printed = bool(said[one.amount.start : one.amount.end].strip())
    is_theirs = one.role is Role.OURS or _INSTEAD.search(one.before[-12:].lower())
    return is_printed and not is_theirs and one.role not in _NEVER and not _is_monthly(one)


def _settles(one: Sum) -> bool:
    """Whether the words around the sum say that paying it ends the matter."""
    return bool(
        pattern("decisions", "settles").search(one.before)
        or pattern("decisions", "settles_after").search(one.after)
        or _INSTEAD.match(one.after.lower())
    )


def _is_monthly(one: Sum) -> bool:
    before = one.before[-_MONTHLY_REACH:]
    is_total = pattern("decisions", "makes").search(before)
    return bool(
        pattern("decisions", "monthly").match(one.after[:_AFTER_REACH].lstrip())
        or (not is_total and pattern("decisions", "monthly").search(before))
    )
