from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.job import MAX_ATTEMPTS_PER_RUN, RetryPolicy

POLICY = RetryPolicy(base=timedelta(seconds=15), maximum=timedelta(minutes=5))


@pytest.mark.parametrize(
    ("attempt", "seconds"), [(1, 15), (2, 30), (3, 60), (4, 120), (5, 240), (6, 300)]
)
def test_the_wait_doubles_up_to_the_maximum(attempt: int, seconds: int) -> None:
    assert POLICY.delay(attempt, jitter=1) == timedelta(seconds=seconds)


@given(attempt=st.integers(1, MAX_ATTEMPTS_PER_RUN), jitter=st.floats(0, 1, exclude_max=True))
def test_the_wait_is_never_under_half_and_never_over_the_maximum(
    attempt: int, jitter: float
) -> None:
    delay = POLICY.delay(attempt, jitter)
    assert POLICY.base / 2 <= delay <= POLICY.maximum
