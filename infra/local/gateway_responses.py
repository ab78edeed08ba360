"""What the gateway itself answers when no function does: the template's words, else AWS's own.

Kinds and defaults: "Gateway response types for API Gateway" in API Gateway's developer guide.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from infra.local.assembly import Assembly
from infra.local.http_server import HttpResponse

_JSON = "application/json"
_HEADER = "gatewayresponse.header."
_AWS_TEMPLATE = '{"message":$context.error.messageString}'


class GatewayFailure(StrEnum):
    """Why there is no function's answer; the value is the response type in a template."""

    UNKNOWN_ROUTE = "MISSING_AUTHENTICATION_TOKEN"
    TOO_LARGE = "REQUEST_TOO_LARGE"
    FUNCTION_FAILED = "INTEGRATION_FAILURE"
    NO_ANSWER_IN_TIME = "INTEGRATION_TIMEOUT"
    MALFORMED_ANSWER = "DEFAULT_5XX"


@dataclass(frozen=True)
class _Default:
    status: int
    message: str
    fallback: str


_DEFAULTS = {
    GatewayFailure.UNKNOWN_ROUTE: _Default(403, "Missing Authentication Token", "DEFAULT_4XX"),
    GatewayFailure.TOO_LARGE: _Default(413, "Request Too Long", "DEFAULT_4XX"),
    GatewayFailure.FUNCTION_FAILED: _Default(502, "Internal server error", "DEFAULT_5XX"),
    GatewayFailure.NO_ANSWER_IN_TIME: _Default(504, "Endpoint request timed out", "DEFAULT_5XX"),
    GatewayFailure.MALFORMED_ANSWER: _Default(502, "Internal server error", "DEFAULT_5XX"),
}


class GatewayResponses:
    """The template's gateway responses by kind; a kind it leaves out is answered as AWS would."""

    def __init__(self, assembly: Assembly) -> None:
        # moto's CloudFormation passes over this type.
        found = assembly.resources("AWS::ApiGateway::GatewayResponse").values()
        self._by_kind = {str(one["ResponseType"]): one for one in found}

    def response(self, failure: GatewayFailure) -> HttpResponse:
        default = _DEFAULTS[failure]
        chosen = self._by_kind.get(failure) or self._by_kind.get(default.fallback) or {}
        template: str = chosen.get("ResponseTemplates", {}).get(_JSON, _AWS_TEMPLATE)
        body = template.replace("$context.error.messageString", json.dumps(default.message))
        return HttpResponse(
            status=int(chosen.get("StatusCode", default.status)),
            body=body.encode(),
            headers=(("Content-Type", _JSON), *_headers(chosen.get("ResponseParameters", {}))),
        )


def _headers(parameters: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (name.removeprefix(_HEADER), str(value).strip("'"))
        for name, value in parameters.items()
        if name.startswith(_HEADER)
    ]
