"""Multinomial logistic regression by gradient descent, in plain Python."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from functions.worker.reading.language.linear_model import UNIT, LinearModel, scores, softmax

_ROUNDS = 30
_STEP, _SLOWING = 2.0, 0.15
_DECAY = 0.01
_RAREST = 2
_NEGLIGIBLE = 0.003


@dataclass(frozen=True)
class Example:
    """The features of one thing with their strength, and its kind."""

    kind: str
    features: Mapping[str, float]


def train(examples: Sequence[Example], *, rounds: int = _ROUNDS) -> LinearModel:
    """Fit a model; a feature that only one example has is left out."""
    kinds = tuple(sorted({one.kind for one in examples}))
    counts = Counter(feature for one in examples for feature in one.features)
    weights = {name: [0.0] * len(kinds) for name in sorted(counts) if counts[name] >= _RAREST}
    bias = [0.0] * len(kinds)
    rows = [
        [(weights[name], one.features[name]) for name in sorted(one.features.keys() & weights)]
        for one in examples
    ]
    for number in range(rounds):
        step = _STEP / (1 + _SLOWING * number)
        for place in _shuffled(examples, number):
            gradient = softmax(scores(bias, rows[place]))
            gradient[kinds.index(examples[place].kind)] -= 1.0
            changes = [
                (kind, step * one) for kind, one in enumerate(gradient) if abs(one) > _NEGLIGIBLE
            ]
            _change(bias, rows[place], changes)
        for row in weights.values():
            row[:] = [weight * (1 - _DECAY) for weight in row]
    rows_in_units = {name: _in_units(row) for name, row in weights.items()}
    return LinearModel(kinds, _in_units(bias), rows_in_units)


def _in_units(row: Sequence[float]) -> list[float]:
    return [one / UNIT for one in row]


def _change(
    bias: list[float],
    rows: Sequence[tuple[list[float], float]],
    changes: Sequence[tuple[int, float]],
) -> None:
    for kind, change in changes:
        bias[kind] -= 0.1 * change
        for row, strength in rows:
            row[kind] -= change * strength


def _shuffled(examples: Sequence[Example], number: int) -> list[int]:
    """Another order in every round, always the same one."""
    names = [f"{number} {place}" for place in range(len(examples))]
    return sorted(range(len(examples)), key=lambda place: sha256(names[place].encode()).digest())
