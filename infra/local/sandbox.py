"""One process of one function, as Lambda would start, feed and end it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from infra.local.errors import CannotStart, FunctionDied, FunctionTimedOut, HandlerRaised
from infra.local.function import Function, Surroundings, environment

_BOOTSTRAP = Path(__file__).with_name("bootstrap.py")
_TIME_TO_INITIALISE = timedelta(seconds=60)
_CHUNK = 65536
_LARGEST_ANSWER = 6 * 1024 * 1024
"""Lambda's limit for a synchronous answer, in bytes."""


class NotBegun(Exception):
    """The process had ended before it took the invocation: another one may be given it."""


class Sandbox:
    """Starts the process at once; `initialise` waits until its handler is imported."""

    def __init__(self, function: Function, around: Surroundings, log: Path) -> None:
        self.function = function
        ours, theirs = socket.socketpair()
        with theirs, log.open("ab") as output:
            self.process = subprocess.Popen(  # noqa: S603 - this interpreter, the template's handler
                _command(function, around, theirs.fileno()),
                env=environment(function, around),
                cwd=function.bundle,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,  # A Ctrl-C at the desk is for the runner, which ends it.
            )
        self._channel = ours
        self._using_the_channel = threading.RLock()
        self._unread = b""

    def initialise(self) -> None:
        """Raises CannotStart with the name of the package or variable that is missing."""
        try:
            first = self._receive(time.monotonic() + _TIME_TO_INITIALISE.total_seconds())
        except (OSError, EOFError) as error:
            message = f"The function {self.function.label} did not start: see its log."
            raise CannotStart(message) from error
        if "failure" in first:
            raise CannotStart(_sentence(self.function.label, first))

    def invoke(self, event: object, request_id: str) -> object:
        """Returns the handler's result; raises an InvocationFailed, or NotBegun."""
        with self._using_the_channel:
            answer = self._exchange(event, request_id)
        if "error" in answer:
            raise HandlerRaised(answer["error"])
        return answer["result"]

    def end(self) -> None:
        """Kills the process and whatever it started; returns when it is gone."""
        if self.process.poll() is None:  # Afterwards the number may be a stranger's.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        with self._using_the_channel:  # Whoever waits for an answer sees the end first.
            self._channel.close()

    def _exchange(self, event: object, request_id: str) -> dict[str, Any]:
        seconds = self.function.timeout.total_seconds()
        deadline = time.monotonic() + seconds
        begun = False
        try:
            self._send(event, request_id, seconds)
            begun = bool(self._receive(deadline))
            return self._receive(deadline)
        except TimeoutError as error:
            self.end()
            raise FunctionTimedOut(request_id, seconds) from error
        except (OSError, EOFError) as error:
            if not begun:
                raise NotBegun from error
            raise FunctionDied(request_id, self._ending()) from error

    def _send(self, event: object, request_id: str, seconds: float) -> None:
        request = {
            "request_id": request_id,
            "event": event,
            "deadline": time.time() + seconds,
            "arn": self.function.arn,
        }
        self._channel.settimeout(seconds)
        self._channel.sendall(json.dumps(request).encode() + b"\n")

    def _receive(self, deadline: float) -> dict[str, Any]:
        while b"\n" not in self._unread:
            self._channel.settimeout(max(deadline - time.monotonic(), 0.001))
            received = self._channel.recv(_CHUNK)
            if not received:
                raise EOFError
            self._unread += received
        line, _, self._unread = self._unread.partition(b"\n")
        if len(line) > _LARGEST_ANSWER:
            line = _too_large(len(line))
        message: dict[str, Any] = json.loads(line)
        return message

    def _ending(self) -> str:
        code = self.process.wait()
        return f"signal: {signal.Signals(-code).name}" if code < 0 else f"exit status {code}"


def _command(function: Function, around: Surroundings, descriptor: int) -> list[str]:
    # The venv's own interpreter would bring the venv's packages along.
    python = getattr(sys, "_base_executable", sys.executable)
    # A bundle is read-only on Lambda, and its files may be links to a shared store here.
    options = ["-I", "-S", "-B", "-u"]
    return [
        *(python, *options, str(_BOOTSTRAP), str(descriptor), function.handler),
        *(str(function.bundle), str(around.runtime)),
    ]


def _sentence(label: str, first: dict[str, Any]) -> str:
    names = " and ".join(first["names"])
    detail = first["detail"]
    return {
        "package": f"The function {label} can't start: its bundle has no package {names}.",
        "variable": f"The function {label} can't start: the template gives it no {names}.",
        "value": f"The function {label} can't start: its variable {names} is wrong ({detail}).",
        "import": f"The function {label} can't start: {detail} (see its log).",
    }[first["failure"]]


def _too_large(size: int) -> bytes:
    message = f"Response payload size exceeded maximum allowed payload size ({size} bytes)."
    error = {"errorType": "Function.ResponseSizeTooLarge", "errorMessage": message}
    return json.dumps({"error": error}).encode()
