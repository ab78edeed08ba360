"""Runs inside a function's process, between the runner's socket and the handler.

Started by path with `python -I -S`, so it sees the standard library alone; arguments: the socket's
descriptor, the handler's name, the bundle, the runtime folder. Both sides write JSON lines:

    first   ← {"ready": true}  or  {"failure": "…", "names": […], "detail": "…"}
    then    → {"request_id", "event", "deadline", "arn"}
            ← {"begun": request_id}
            ← {"result": …}  or  {"error": {"errorMessage", "errorType", "stackTrace"}}
"""

from __future__ import annotations

import importlib
import json
import logging
import os
import socket
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any


class LambdaContext:
    """What a handler is told about its invocation; the deadline is in seconds since 1970."""

    def __init__(self, request: dict[str, Any]) -> None:
        self.aws_request_id = request["request_id"]
        self.invoked_function_arn = request["arn"]
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.identity = None
        self.client_context = None
        self._deadline = request["deadline"]

    def get_remaining_time_in_millis(self) -> int:
        return max(0, int((self._deadline - time.time()) * 1000))


Handler = Callable[[Any, LambdaContext], object]


def load_handler(name: str) -> Handler:
    """Imports the handler and checks that its settings can be read."""
    module, _, attribute = name.rpartition(".")
    handler: Handler = getattr(importlib.import_module(module), attribute)
    read_settings(f"{module.rpartition('.')[0]}.settings".lstrip("."))
    return handler


def read_settings(module: str) -> None:
    """Reads the settings beside the handler once, so that a variable is missed now, not later."""
    try:
        settings = importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        return
    for name, value in vars(settings).items():
        if name.endswith("Settings") and getattr(value, "__module__", "") == module:
            value()


def explain(error: Exception) -> dict[str, object]:
    """Names what is missing, for the runner's sentence."""
    if isinstance(error, ModuleNotFoundError):
        return {"failure": "package", "names": [error.name], "detail": str(error)}
    faults_of = getattr(error, "errors", None)
    if callable(faults_of):
        faults = faults_of()
        absent = [str(fault["loc"][0]).upper() for fault in faults if fault["type"] == "missing"]
        wrong = [str(fault["loc"][0]).upper() for fault in faults if fault["loc"]]
        failure = "variable" if absent else "value"
        return {"failure": failure, "names": absent or wrong, "detail": faults[0]["msg"]}
    if isinstance(error, KeyError) and error.__traceback__ is not None:
        raised_in = traceback.extract_tb(error.__traceback__)[-1].filename
        if raised_in in {os.__file__, "<frozen os>"}:
            return {"failure": "variable", "names": [error.args[0]], "detail": str(error)}
    return {"failure": "import", "names": [], "detail": f"{type(error).__name__}: {error}"}


def answer(handler: Handler, request: dict[str, Any]) -> str:
    """Returns the line to send back; only an exit ends the process."""
    try:
        result = handler(request["event"], LambdaContext(request))
    except Exception as error:  # noqa: BLE001 - whoever invoked is told of any
        traceback.print_exc()
        return json.dumps({"error": describe(error, type(error).__name__)})
    try:
        return json.dumps({"result": result})
    except (TypeError, ValueError) as error:
        return json.dumps({"error": describe(error, "Runtime.MarshalError")})


def describe(error: Exception, error_type: str) -> dict[str, object]:
    """Returns the error object that Lambda's runtime makes of an exception."""
    stack = traceback.format_tb(error.__traceback__)
    return {"errorMessage": str(error), "errorType": error_type, "stackTrace": stack}


def main() -> None:
    """Serves one invocation after the other until the runner closes the socket."""
    descriptor, name, bundle, runtime = sys.argv[1:]
    channel = socket.socket(fileno=int(descriptor))
    channel.set_inheritable(False)
    sys.path.insert(0, bundle)
    sys.path.append(runtime)
    logging.basicConfig(format="[%(levelname)s] %(message)s")

    def send(line: str) -> None:
        channel.sendall(line.encode() + b"\n")

    try:
        handler = load_handler(name)
    except Exception as error:  # noqa: BLE001 - the runner says any of them in its own words
        traceback.print_exc()
        send(json.dumps(explain(error)))
        sys.exit(1)
    send(json.dumps({"ready": True}))
    for line in channel.makefile("rb"):
        request = json.loads(line)
        send(json.dumps({"begun": request["request_id"]}))
        started = time.monotonic()
        reply = answer(handler, request)
        spent = (time.monotonic() - started) * 1000
        sys.stdout.write(f"REPORT RequestId: {request['request_id']} Duration: {spent:.0f} ms\n")
        sys.stdout.flush()
        send(reply)


if __name__ == "__main__":
    main()
