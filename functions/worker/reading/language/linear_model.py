"""Weights learned from examples: how likely each kind is, given the features of one thing."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

UNIT = 0.01
"""The files hold whole numbers of this."""


@dataclass(frozen=True)
class LinearModel:
    """A weight for each feature and kind, in the order of `kinds`."""

    kinds: tuple[str, ...]
    bias: Sequence[float]
    weights: Mapping[str, Sequence[float]]

    def shares(self, features: Mapping[str, float]) -> dict[str, float]:
        """The probability of each kind, given how strongly each feature is there."""
        rows = [
            (self.weights[name], strength)
            for name, strength in features.items()
            if name in self.weights
        ]
        values = [UNIT * one for one in scores(self.bias, rows)]
        return dict(zip(self.kinds, softmax(values), strict=True))


def evenly(names: Collection[str]) -> dict[str, float]:
    """Features that are simply there: many of them weigh no more than few."""
    strength = 1 / math.sqrt(max(len(names), 1))
    return dict.fromkeys(names, strength)


@cache
def load_model(path: Path) -> LinearModel:
    """The model that `make train` has written."""
    model = json.loads(path.read_text(encoding="utf-8"))
    return LinearModel(tuple(model["kinds"]), model["bias"], model["weights"])


def scores(bias: Sequence[float], rows: Sequence[tuple[Sequence[float], float]]) -> list[float]:
    """The weights of the features, each by its strength, added up for each kind."""
    totals = list(bias)
    for row, strength in rows:
        for kind, weight in enumerate(row):
            totals[kind] += strength * weight
    return totals


def softmax(values: Sequence[float]) -> list[float]:
    """Shares that add up to one."""
    highest = max(values)
    powers = [math.exp(one - highest) for one in values]
    return [one / sum(powers) for one in powers]
