"""How well the models do on what was left out of training."""

from __future__ import annotations

from collections import Counter

from functions.worker.reading.sum_model import SumKind
from tests.training.examples import sentences, sums_by_mail
from tests.training.logistic_regression import train


def shares_found(*, folds: int = 5, tried: int = 5) -> dict[str, float]:
    """For each kind, and for all, the share found among the sentences left out of a fold."""
    examples = sentences()
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for fold in range(tried):
        model = train([one for place, one in enumerate(examples) if place % folds != fold])
        for one in examples[fold::folds]:
            total.update((one.kind, "all"))
            shares = model.shares(one.features)
            if max(shares, key=lambda kind: shares[kind]) == one.kind:
                right.update((one.kind, "all"))
    return {kind: right[kind] / total[kind] for kind in sorted(total)}


def claims_found(*, folds: int = 5, tried: int = 5) -> float:
    """The share of the mails left out of a fold whose printed claim is the likeliest sum."""
    mails = [mail for mail in sums_by_mail() if any(one.kind == SumKind.CLAIM for one in mail)]
    right = total = 0
    for fold in range(tried):
        kept = [mail for place, mail in enumerate(mails) if place % folds != fold]
        model = train([one for mail in kept for one in mail])
        for mail in mails[fold::folds]:
            best = max(mail, key=lambda one: model.shares(one.features)[SumKind.CLAIM])
            right += best.kind == SumKind.CLAIM
            total += 1
    return right / total
