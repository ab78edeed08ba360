"""The metrics that CloudWatch would make of a function's output."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Emitted:
    """One metric: two with other dimensions are two."""

    namespace: str
    name: str
    unit: str
    dimensions: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, namespace: str, name: str, unit: str, dimensions: Mapping[str, str]) -> Emitted:
        return cls(namespace, name, unit, frozenset(dimensions.items()))

    @property
    def dimension_names(self) -> frozenset[str]:
        return frozenset(name for name, _ in self.dimensions)


def emitted_metrics(output: str) -> set[Emitted]:
    """Read the embedded metric format's lines; other lines are no metrics."""
    return {metric for line in output.splitlines() for metric in _of_line(line)}


def _of_line(line: str) -> Iterable[Emitted]:
    if '"_aws"' not in line:
        return
    record = json.loads(line)
    for directive in record["_aws"]["CloudWatchMetrics"]:
        for names in directive["Dimensions"]:
            dimensions = {name: record[name] for name in names}
            for metric in directive["Metrics"]:
                assert record[metric["Name"]], "A metric without a value is none."
                yield Emitted.of(directive["Namespace"], metric["Name"], metric["Unit"], dimensions)
