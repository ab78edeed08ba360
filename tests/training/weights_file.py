"""The file of weights that the worker reads."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256

from functions.worker.reading.sentence_features import sentence_features
from functions.worker.reading.sentence_model import UNIT
from tests.training.examples import example_sentences
from tests.training.logistic_regression import Example, Model, train

_SMALLEST = 5


def weights_file() -> str:
    """Train on all example sentences; the same sentences make the same file."""
    examples = [Example(kind, sentence_features(text)) for kind, text in example_sentences()]
    return _written(train(examples), digest(examples))


def digest(examples: Iterable[Example]) -> str:
    """Tells whether weights were made from these sentences and features."""
    made_from = sha256()
    for one in examples:
        made_from.update(f"{one.kind} {sorted(one.features)}\n".encode())
    return made_from.hexdigest()


def _written(model: Model, made_from: str) -> str:
    rows = {name: [round(one / UNIT) for one in row] for name, row in model.weights.items()}
    rows = {name: row for name, row in rows.items() if max(map(abs, row)) >= _SMALLEST}
    lines = ",\n".join(
        f"{json.dumps(name, ensure_ascii=False)}:{json.dumps(row, separators=(',', ':'))}"
        for name, row in rows.items()
    )
    head = {
        "made_from": made_from,
        "kinds": model.kinds,
        "bias": [round(one / UNIT) for one in model.bias],
    }
    return f'{json.dumps(head)[:-1]}, "weights": {{\n{lines}\n}}}}\n'
