"""API Gateway's work: a request to a known route becomes an event, the result a response."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from infra.local.errors import FunctionBusy, InvocationFailed
from infra.local.gateway_responses import GatewayFailure, GatewayResponses
from infra.local.http_server import HttpRequest, HttpResponse
from infra.local.proxy_event import MalformedAnswer, http_response, proxy_event
from infra.local.routes import Route, RouteTable
from infra.local.running_function import RunningFunction

LARGEST_BODY = 10 * 1024 * 1024
"""What API Gateway takes, in bytes."""

_LARGEST_EVENT = 6 * 1024 * 1024
"""What Lambda takes, in bytes: the body counts with all the rest of the event."""

_LONGEST_INTEGRATION = timedelta(seconds=29)


class NotIntegrated(Exception):
    """No function's answer can be sent: the gateway answers by itself."""

    def __init__(self, failure: GatewayFailure) -> None:
        super().__init__(failure)
        self.failure = failure


class Gateway:
    """Answers requests with the functions of the template; `log` gets one line for each."""

    def __init__(
        self,
        table: RouteTable,
        responses: GatewayResponses,
        function: Callable[[str], RunningFunction],
        log: Path,
    ) -> None:
        self._table = table
        self._responses = responses
        self._function = function
        self._log = log

    def answer(self, request: HttpRequest) -> HttpResponse:
        started = time.monotonic()
        found = self._table.find(request.method, request.path)
        resource = found[0].resource if found else "(no route)"
        failure: GatewayFailure | None = None
        try:
            response = self._integrated(request, found)
        except NotIntegrated as error:
            failure = error.failure
            response = self._responses.response(failure)
        spent = (time.monotonic() - started) * 1000
        line = f"{request.method} {resource} {response.status} {spent:.0f} ms {failure or ''}"
        with self._log.open("a") as log:
            log.write(f"{line.rstrip()}\n")
        return response

    def _integrated(
        self, request: HttpRequest, found: tuple[Route, dict[str, str]] | None
    ) -> HttpResponse:
        if found is None:
            raise NotIntegrated(GatewayFailure.UNKNOWN_ROUTE)
        route, parameters = found
        if request.body is None:
            raise NotIntegrated(GatewayFailure.TOO_LARGE)
        event = proxy_event(request, route, parameters, self._table)
        if len(json.dumps(event)) > _LARGEST_EVENT:
            raise NotIntegrated(GatewayFailure.TOO_LARGE)
        try:
            function = self._function(route.function_arn)
            return http_response(function.invoke(event, patience=_LONGEST_INTEGRATION))
        except FunctionBusy as error:
            raise NotIntegrated(GatewayFailure.NO_ANSWER_IN_TIME) from error
        except InvocationFailed as error:
            raise NotIntegrated(GatewayFailure.FUNCTION_FAILED) from error
        except MalformedAnswer as error:
            raise NotIntegrated(GatewayFailure.MALFORMED_ANSWER) from error
