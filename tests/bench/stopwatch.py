"""How the benchmarks measure and tell."""

from __future__ import annotations

import time
from collections.abc import Callable


def best_of(rounds: int, work: Callable[[], object]) -> float:
    """The seconds of the quickest of several rounds: what disturbs only ever adds."""
    seconds = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return min(seconds)


def say(text: str) -> None:
    print(text)  # noqa: T201
