"""How well sentences are recognised that were left out of training."""

from __future__ import annotations

from collections import Counter

from functions.worker.reading.sentence_features import sentence_features
from functions.worker.reading.sentence_model import scores
from tests.training.examples import example_sentences
from tests.training.logistic_regression import Example, Model, train


def shares_found(*, folds: int = 5, tried: int = 5) -> dict[str, float]:
    """For each kind, and for all, the share found among the sentences left out of a fold."""
    examples = [Example(kind, sentence_features(text)) for kind, text in example_sentences()]
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for fold in range(tried):
        model = train([one for place, one in enumerate(examples) if place % folds != fold])
        for one in examples[fold::folds]:
            total.update((one.kind, "all"))
            if _likeliest(model, one.features) == one.kind:
                right.update((one.kind, "all"))
    return {kind: right[kind] / total[kind] for kind in sorted(total)}


def _likeliest(model: Model, features: frozenset[str]) -> str:
    rows = [model.weights[name] for name in sorted(features & model.weights.keys())]
    values = scores(model.bias, rows, size=len(features))
    return model.kinds[values.index(max(values))]
