"""Schedules, by a toy function that notes when it was invoked."""

from __future__ import annotations

from datetime import timedelta

from infra.local.platform import Platform
from infra.local.schedules import Clock, Schedule
from tests.e2e.waiting import wait_until


def test_a_schedule_invokes_again_and_again_also_after_a_failure(toy: Platform) -> None:
    log = toy.folder.logs / "api.log"
    name = toy.functions["api"].function.name
    clock = Clock(Schedule(name, timedelta(milliseconds=50), {"what": "/fail"}), toy.function)
    clock.start()
    try:
        wait_until(lambda: log.read_text().count("REPORT") >= 3)
    finally:
        clock.stop()
        clock.join()
    assert log.read_text().count("It can not be done.") >= 3
