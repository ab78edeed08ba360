"""Lambda's own Invoke, for functions that call functions.

An asynchronous invocation runs once: where AWS would try again, the template must allow it none.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import unquote

from infra.local.errors import InvocationFailed
from infra.local.http_server import HttpRequest, HttpResponse
from infra.local.running_function import RunningFunction

LARGEST_PAYLOAD = 6 * 1024 * 1024
_BEGINNING = "/2015-03-31/functions/"
_END = "/invocations"
_JSON = ("Content-Type", "application/json")


class InvokeApi:
    """Answers ``POST /2015-03-31/functions/{name}/invocations``."""

    def __init__(self, function: Callable[[str], RunningFunction]) -> None:
        self._function = function

    def answer(self, request: HttpRequest) -> HttpResponse:
        if not (request.path.startswith(_BEGINNING) and request.path.endswith(_END)):
            return _refusal(404, "UnknownOperationException", request.path)
        if request.body is None:
            return _refusal(413, "RequestTooLargeException", "More than 6 MB.")
        name = unquote(request.path.removeprefix(_BEGINNING).removesuffix(_END))
        try:
            function = self._function(name)
            event = json.loads(request.body or b"{}")
        except KeyError:
            return _refusal(404, "ResourceNotFoundException", f"Function not found: {name}")
        except ValueError:
            return _refusal(400, "InvalidRequestContentException", "The payload is no JSON.")
        kind = dict(request.headers).get("X-Amz-Invocation-Type", "RequestResponse")
        return {"Event": _invoke_later, "DryRun": _invoke_never}.get(kind, _invoke)(function, event)


def _invoke(function: RunningFunction, event: object) -> HttpResponse:
    version = ("X-Amz-Executed-Version", "$LATEST")
    try:
        result = function.invoke(event)
    except InvocationFailed as failure:
        payload = json.dumps(failure.error).encode()
        return HttpResponse(200, payload, (_JSON, version, ("X-Amz-Function-Error", "Unhandled")))
    return HttpResponse(200, json.dumps(result).encode(), (_JSON, version))


def _invoke_later(function: RunningFunction, event: object) -> HttpResponse:
    def invoke() -> None:
        with suppress(InvocationFailed):  # Its log says why; nobody waits for an answer.
            function.invoke(event)

    threading.Thread(target=invoke, daemon=True).start()
    return HttpResponse(202)


def _invoke_never(_function: RunningFunction, _event: object) -> HttpResponse:
    return HttpResponse(204)


def _refusal(status: int, kind: str, message: str) -> HttpResponse:
    body = json.dumps({"Type": "User", "Message": message}).encode()
    return HttpResponse(status, body, (_JSON, ("X-Amzn-ErrorType", kind)))
