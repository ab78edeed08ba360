"""The files of weights that the worker reads."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256

from functions.worker.reading.language.linear_model import LinearModel
from tests.training.logistic_regression import Example, train

_SMALLEST = 5


def weights_file(examples: Sequence[Example]) -> str:
    """Train on all examples; the same ones make the same file."""
    return _written(train(examples), digest(examples))


def digest(examples: Sequence[Example]) -> str:
    """Tells whether weights were made from these examples and features."""
    made_from = sha256()
    for one in examples:
        seen = sorted((name, round(strength, 2)) for name, strength in one.features.items())
        made_from.update(f"{one.kind} {seen}\n".encode())
    return made_from.hexdigest()


def _written(model: LinearModel, made_from: str) -> str:
    rows = {name: [round(one) for one in row] for name, row in model.weights.items()}
    rows = {name: row for name, row in rows.items() if max(map(abs, row)) >= _SMALLEST}
    lines = ",\n".join(
        f"{json.dumps(name, ensure_ascii=False)}:{json.dumps(row, separators=(',', ':'))}"
        for name, row in rows.items()
    )
    head = {
        "made_from": made_from,
        "kinds": model.kinds,
        "bias": [round(one) for one in model.bias],
    }
    return f'{json.dumps(head)[:-1]}, "weights": {{\n{lines}\n}}}}\n'
