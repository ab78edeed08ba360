"""EventBridge Scheduler's work, which moto passes over: the template's schedules, by the clock."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from infra.local.errors import CannotStart, InvocationFailed
from infra.local.running_function import RunningFunction
from infra.local.service_stack import ServiceStack

_RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")


@dataclass(frozen=True)
class Schedule:
    """Which function is invoked how often, and with what."""

    function_name: str
    every: timedelta
    event: Any


def read_schedules(stack: ServiceStack) -> tuple[Schedule, ...]:
    """Reads every enabled schedule; raises CannotStart for one that can't be kept here."""
    return tuple(
        _schedule(properties, stack)
        for properties in stack.assembly.resources("AWS::Scheduler::Schedule").values()
        if properties.get("State", "ENABLED") == "ENABLED"
    )


def _schedule(properties: dict[str, Any], stack: ServiceStack) -> Schedule:
    expression = properties["ScheduleExpression"]
    rate = _RATE.fullmatch(expression)
    if rate is None:
        message = f"The schedule {expression} can't be kept here: only rate(…) is."
        raise CannotStart(message)
    number, unit = rate.groups()
    logical_id, _ = properties["Target"]["Arn"]["Fn::GetAtt"]
    return Schedule(
        function_name=stack.physical_ids[logical_id],
        every=timedelta(**{f"{unit}s": int(number)}),
        event=json.loads(properties["Target"].get("Input", "{}")),
    )


class Clock:
    """Invokes by one schedule, the first time after one interval, until stopped."""

    def __init__(self, schedule: Schedule, function: Callable[[str], RunningFunction]) -> None:
        self._schedule = schedule
        self._function = function(schedule.function_name)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._tick, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()

    def join(self) -> None:
        self._thread.join()

    def _tick(self) -> None:
        while not self._stopping.wait(self._schedule.every.total_seconds()):
            with suppress(InvocationFailed):  # Its log says why; the next tick is another try.
                self._function.invoke(self._schedule.event)
