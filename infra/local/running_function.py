"""A function that always has a living process, as a function on Lambda seems to.

One invocation at a time: others wait for their turn. Lambda would start further processes; one
is enough for a desk, and its memory is spared.
"""

from __future__ import annotations

import threading
import time
import uuid
from datetime import timedelta
from pathlib import Path

from infra.local.errors import CannotStart, FunctionBusy, FunctionDied, FunctionTimedOut
from infra.local.function import Function, Surroundings
from infra.local.sandbox import NotBegun, Sandbox

_PAUSE_AFTER_A_FAILED_START_SECONDS = 0.2
_LONGEST_QUEUE = timedelta(minutes=10)


class RunningFunction:
    """Keeps `run/<label>.pid` true and writes the function's output to `logs/<label>.log`."""

    def __init__(self, function: Function, around: Surroundings, folder: Path) -> None:
        self.function = function
        self._around = around
        self._pid_file = folder / "run" / f"{function.label}.pid"
        self._log = folder / "logs" / f"{function.label}.log"
        self._turn = threading.Lock()
        self._changed = threading.Condition()
        self._sandbox: Sandbox | None = None
        self._ready = False
        self._stopping = threading.Event()
        self._watcher = threading.Thread(target=self._replace_the_dead, daemon=True)

    def start(self) -> None:
        """Raises CannotStart if the function's code can't be imported with what it was given."""
        self._spawn().initialise()
        self._ready = True
        self._watcher.start()

    def invoke(self, event: object, *, patience: timedelta = _LONGEST_QUEUE) -> object:
        """Returns the handler's result; raises an InvocationFailed.

        `patience` is how long to wait for the turn: FunctionBusy afterwards.
        """
        give_up = time.monotonic() + patience.total_seconds()
        if not self._turn.acquire(timeout=patience.total_seconds()):
            raise FunctionBusy
        try:
            while True:
                sandbox = self._living_sandbox(give_up)
                try:
                    return sandbox.invoke(event, str(uuid.uuid4()))
                except NotBegun:
                    self._wait_until_replaced(sandbox, give_up)
                except (FunctionDied, FunctionTimedOut):
                    self._wait_until_replaced(sandbox, give_up)  # The pid file is true again.
                    raise
        finally:
            self._turn.release()

    def is_busy(self) -> bool:
        return self._turn.locked()

    def stop(self) -> None:
        with self._changed:
            self._stopping.set()
            sandbox = self._sandbox
            self._changed.notify_all()
        if sandbox is not None:
            sandbox.end()
        if self._watcher.is_alive():
            self._watcher.join()
        self._pid_file.unlink(missing_ok=True)

    def _spawn(self) -> Sandbox:
        with self._changed:
            if self._stopping.is_set():
                message = "The platform is stopping."
                raise CannotStart(message)
            sandbox = Sandbox(self.function, self._around, self._log)
            self._sandbox, self._ready = sandbox, False
            complete = self._pid_file.with_suffix(".new")
            complete.write_text(f"{sandbox.process.pid}\n")
            complete.replace(self._pid_file)
            self._changed.notify_all()
        return sandbox

    def _living_sandbox(self, give_up: float) -> Sandbox:
        with self._changed:
            while self._sandbox is None or not self._ready:
                self._wait(give_up)
            return self._sandbox

    def _wait_until_replaced(self, dead: Sandbox, give_up: float) -> None:
        with self._changed:
            while self._sandbox is dead:
                self._wait(give_up)

    def _wait(self, give_up: float) -> None:
        if self._stopping.is_set() or not self._changed.wait(max(give_up - time.monotonic(), 0)):
            raise FunctionBusy

    def _replace_the_dead(self) -> None:
        while self._sandbox is not None and not self._stopping.is_set():
            self._sandbox.process.wait()
            self._sandbox.end()
            try:
                self._spawn().initialise()
            except CannotStart:
                self._stopping.wait(_PAUSE_AFTER_A_FAILED_START_SECONDS)
                continue
            with self._changed:
                self._ready = True
                self._changed.notify_all()
