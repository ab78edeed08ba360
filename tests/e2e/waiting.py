"""Waits for what other processes and threads do."""

from __future__ import annotations

import time
from collections.abc import Callable

_PATIENCE_SECONDS = 30


def wait_until(happened: Callable[[], bool], seconds: float = _PATIENCE_SECONDS) -> None:
    give_up = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < give_up, "It did not happen in time."
        time.sleep(0.02)
