"""One reconciliation run at a time, and none that blocks the next one for ever."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from sqlalchemy import event

from shared.postgres.database import Database
from shared.postgres.reconciliation_runs import ReconciliationRuns, RequestedRun
from tests.factories import LEASE
from tests.racing import race


def _request(database: Database, lease: timedelta = LEASE) -> RequestedRun:
    return ReconciliationRuns(database).request(actor="operator", lease=lease, dry_run=False)


def test_two_requests_at_once_open_one_run(open_another: Callable[[], Database]) -> None:
    """Defect 27: nothing kept the timer's run and a manual one apart."""
    answers = race(*[partial(_request, open_another()) for _ in range(3)])
    assert len({answer.run_id for answer in answers}) == 1
    assert sum(answer.is_new for answer in answers) == 1


def test_a_run_that_ends_while_another_is_requested_makes_room_for_it(
    open_another: Callable[[], Database],
) -> None:
    """It ends after the request found it open, and before the request could name it."""
    slow, other = open_another(), ReconciliationRuns(open_another())
    first = other.request(actor="schedule", lease=LEASE, dry_run=False)
    run = other.start(lease=LEASE)
    assert run is not None
    ended: list[bool] = []

    @event.listens_for(slow._engine, "after_cursor_execute")  # noqa: SLF001
    def _end(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "INSERT INTO reconciliation_runs" in statement and not ended:
            ended.append(other.finish(run, {}))

    second = _request(slow)
    assert ended == [True]
    assert second.is_new
    assert second.run_id != first.run_id


def test_two_reconcilers_at_once_start_one_run(open_another: Callable[[], Database]) -> None:
    _request(open_another())
    starts = [partial(ReconciliationRuns(open_another()).start, lease=LEASE) for _ in range(3)]
    assert sum(run is not None for run in race(*starts)) == 1


def test_a_dead_reconciler_does_not_block_the_next_run(database: Database) -> None:
    runs = ReconciliationRuns(database)
    dead = _request(database)
    assert runs.start(lease=timedelta(seconds=-1)) is not None
    assert _request(database).run_id != dead.run_id
    assert [report.status for report in runs.list_reports(10)] == ["requested", "abandoned"]


def test_a_request_that_nobody_started_waits_for_the_next_reconciler(database: Database) -> None:
    first = _request(database, lease=timedelta(seconds=-1))
    assert _request(database).run_id == first.run_id
    run = ReconciliationRuns(database).start(lease=LEASE)
    assert run is not None
    assert run.run_id == first.run_id


def test_a_run_ends_as_its_report(database: Database) -> None:
    runs = ReconciliationRuns(database)
    _request(database)
    run = runs.start(lease=LEASE)
    assert run is not None
    assert runs.finish(run, {"never_sent": {"checked": 2, "healed": 2}})
    report = runs.list_reports(10)[0]
    assert (report.status, report.report) == (
        "finished",
        {"never_sent": {"checked": 2, "healed": 2}},
    )


def test_a_run_that_lost_its_lease_cannot_write_a_report(database: Database) -> None:
    runs = ReconciliationRuns(database)
    _request(database)
    run = runs.start(lease=timedelta(seconds=-1))
    assert run is not None
    _request(database)
    assert not runs.finish(run, {})
