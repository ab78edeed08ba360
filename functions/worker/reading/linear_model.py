"""Weights learned from examples: how likely each kind is, given the features of one thing."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

UNIT = 0.01
"""The files hold whole numbers of this."""


@dataclass(frozen=True)
class LinearModel:
    """A weight for each feature and kind, in the order of `kinds`."""

    kinds: tuple[str, ...]
    bias: Sequence[float]
    weights: Mapping[str, Sequence[float]]

    def shares(self, features: Iterable[str]) -> dict[str, float]:
        """The probability of each kind."""
        names = list(features)
        rows = [self.weights[name] for name in names if name in self.weights]
        values = [UNIT * one for one in scores(self.bias, rows, size=len(names))]
        return dict(zip(self.kinds, softmax(values), strict=True))


def load_model(path: Path) -> LinearModel:
    """The model that `make train` has written."""
    model = json.loads(path.read_text(encoding="utf-8"))
    return LinearModel(tuple(model["kinds"]), model["bias"], model["weights"])


def scores(bias: Sequence[float], rows: Sequence[Sequence[float]], *, size: int) -> list[float]:
    """The weights of the features added up for each kind; many features weigh no more than few."""
    scale = 1 / math.sqrt(max(size, 1))
    return [start + scale * sum(column) for start, *column in zip(bias, *rows, strict=True)]


def softmax(values: Sequence[float]) -> list[float]:
    """Shares that add up to one."""
    highest = max(values)
    powers = [math.exp(one - highest) for one in values]
    return [one / sum(powers) for one in powers]
