"""Two callers at the same moment, each with a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

T = TypeVar("T")


def race(*runners: Callable[[], T]) -> list[T]:
    """Starts all runners at once and returns their results in order."""
    start = Barrier(len(runners))

    def run(runner: Callable[[], T]) -> T:
        start.wait()
        return runner()

    with ThreadPoolExecutor(len(runners)) as pool:
        return list(pool.map(run, runners))
