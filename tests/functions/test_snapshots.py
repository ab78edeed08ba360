"""A function that Lambda snapshots: put together before, without any connection on either side."""

from __future__ import annotations

import asyncio
import importlib
import sys
import time
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import Connection, text

from shared.settings import DatabaseSettings
from shared.snapshots import around_snapshots
from tests.environments import environment

SNAPPED = ("api", "worker", "notifier", "reconciler")


class FakeRuntime(ModuleType):
    """``snapshot_restore_py`` and what Lambda's runtime does with it."""

    def __init__(self) -> None:
        super().__init__("snapshot_restore_py")
        self._before: list[Callable[[], object]] = []
        self._after: list[Callable[[], object]] = []

    def register_before_snapshot(
        self, function: Callable[..., object], *args: object, **kwargs: object
    ) -> Callable[..., object]:
        self._before.append(lambda: function(*args, **kwargs))
        return function

    def register_after_restore(
        self, function: Callable[..., object], *args: object, **kwargs: object
    ) -> Callable[..., object]:
        self._after.append(lambda: function(*args, **kwargs))
        return function

    def snapshot(self) -> None:
        for hook in reversed(self._before):
            hook()

    def restore(self) -> None:
        for hook in self._after:
            hook()


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> FakeRuntime:
    fake = FakeRuntime()
    monkeypatch.setitem(sys.modules, fake.__name__, fake)
    return fake


@pytest.fixture(params=SNAPPED)
def handler(
    request: pytest.FixtureRequest,
    runtime: FakeRuntime,
    database_settings: DatabaseSettings,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Any]:
    """Import the handler anew, as a container would, with the hooks there and a real database."""
    for name, value in environment(
        request.param, stage="local", log_level="INFO", **database_settings.model_dump()
    ).items():
        monkeypatch.setenv(name, value)
    name = f"functions.{request.param}.handler"
    monkeypatch.delitem(sys.modules, name, raising=False)
    yield importlib.import_module(name)
    sys.modules.pop(name, None)
    if request.param == "api":
        asyncio.get_event_loop_policy().get_event_loop().close()
        asyncio.set_event_loop(None)


def _connections(sql: Connection) -> int:
    """Count after a moment: the server does not notice at once that its client has gone."""
    time.sleep(0.3)
    counted = sql.execute(
        text(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
    )
    return int(counted.scalar_one())


def _ping(handler: Any) -> None:
    database = handler._parts().database if hasattr(handler, "_parts") else handler._database()  # noqa: SLF001
    database.ping()


def test_the_snapshot_holds_the_function_put_together(handler: Any, runtime: FakeRuntime) -> None:
    assert handler._composed.cache_info().currsize == 0  # noqa: SLF001
    runtime.snapshot()
    assert handler._composed.cache_info().currsize == 1  # noqa: SLF001


def test_no_connection_goes_into_the_snapshot_or_comes_out_of_it(
    handler: Any, runtime: FakeRuntime, sql: Connection
) -> None:
    _ping(handler)
    assert _connections(sql) == 1
    runtime.snapshot()
    assert _connections(sql) == 0
    _ping(handler)  # What is connected now stands for what a restored copy believes to hold.
    runtime.restore()
    assert _connections(sql) == 0
    _ping(handler)
    assert _connections(sql) == 1
    runtime.restore()


def test_without_lambdas_runtime_nothing_is_done() -> None:
    assert "snapshot_restore_py" not in sys.modules
    around_snapshots(prepare=pytest.fail, let_go=pytest.fail)


def test_a_runtime_that_lacks_something_else_is_not_mistaken_for_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    (tmp_path / "snapshot_restore_py.py").write_text("import nothing_of_this_name\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="nothing_of_this_name"):
        around_snapshots(prepare=pytest.fail, let_go=pytest.fail)
