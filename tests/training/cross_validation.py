"""How well the models do on what was left out of training."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeVar

from functions.worker.reading.money.sum_model import SumKind
from tests.training.examples import sentences, sums_by_mail
from tests.training.logistic_regression import train

_Thing = TypeVar("_Thing")


def shares_found(*, folds: int = 5, tried: int = 5) -> dict[str, float]:
    """For each kind, and for all, the share found among the sentences left out of a fold."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for kept, left_out in _split(sentences(), folds=folds, tried=tried):
        model = train(kept)
        for one in left_out:
            total.update((one.kind, "all"))
            shares = model.shares(one.features)
            if max(shares, key=lambda kind: shares[kind]) == one.kind:
                right.update((one.kind, "all"))
    return {kind: right[kind] / total[kind] for kind in sorted(total)}


def claims_found(*, folds: int = 5, tried: int = 5) -> float:
    """The share of the mails left out of a fold whose printed claim is the likeliest sum."""
    mails = [mail for mail in sums_by_mail() if any(one.kind == SumKind.CLAIM for one in mail)]
    right = total = 0
    for kept, left_out in _split(mails, folds=folds, tried=tried):
        model = train([one for mail in kept for one in mail])
        for mail in left_out:
            best = max(mail, key=lambda one: model.shares(one.features)[SumKind.CLAIM])
            right += best.kind == SumKind.CLAIM
            total += 1
    return right / total


def _split(
    things: Sequence[_Thing], *, folds: int, tried: int
) -> Iterator[tuple[list[_Thing], Sequence[_Thing]]]:
    """What is trained on and what is left out, for as many of the folds as are tried."""
    for fold in range(tried):
        kept = [one for place, one in enumerate(things) if place % folds != fold]
        yield kept, things[fold::folds]
