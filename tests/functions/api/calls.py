"""Calls the API as API Gateway does, with REST proxy events."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from functions.api.webhook.signature import SIGNATURE_HEADER, TIMESTAMP_HEADER, sign

WEBHOOK = "/api/v1/zendesk/webhook"
ACTOR = "arn:aws:iam::000000000000:user/operator"
SECRET = "unit-test-signing-secret-TRIGGER-0001"
NOW = "2026-11-23T08:15:30Z"
CONTEXT = SimpleNamespace(
    function_name="api",
    memory_limit_in_mb=512,
    invoked_function_arn="arn:aws:lambda:eu-central-1:000000000000:function:api",
    aws_request_id="lambda-request",
)


@dataclass(frozen=True)
class Answer:
    """What the handler answered; `json` is empty if there was no body."""

    status: int
    headers: dict[str, str]
    json: Any


class Api:
    """The handler, called with real event shapes."""

    def __init__(self, handler: Callable[[dict[str, Any], Any], dict[str, Any]]) -> None:
        self._handler = handler

    def call(self, method: str, path: str, **details: Any) -> Answer:
        answer = self._handler(proxy_event(method, path, **details), CONTEXT)
        body = json.loads(answer["body"]) if answer["body"] else {}
        return Answer(answer["statusCode"], answer["headers"], body)

    def get(self, path: str, **query: object) -> Answer:
        return self.call("GET", path, query={name: str(value) for name, value in query.items()})

    def send(self, method: str, path: str, document: object) -> Answer:
        headers = {"content-type": "application/json"}
        return self.call(method, path, body=json.dumps(document).encode(), headers=headers)

    def deliver(self, body: bytes | Mapping[str, object], *, encoded: bool = False) -> Answer:
        """A rightly signed webhook request."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.call("POST", WEBHOOK, body=raw, headers=signing_headers(raw), encoded=encoded)


def signing_headers(body: bytes, *, secret: str = SECRET, timestamp: str = NOW) -> dict[str, str]:
    return {
        "content-type": "application/json",
        SIGNATURE_HEADER: sign(timestamp, body, secret).decode(),
        TIMESTAMP_HEADER: timestamp,
    }


def proxy_event(  # A request has these parts.
    method: str,
    path: str,
    *,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
    encoded: bool = False,
) -> dict[str, Any]:
    """`encoded` sends the body as base64, as the gateway does for binary media types."""
    headers = {"Host": "api.example", "X-Forwarded-Proto": "https", **(headers or {})}
    text = base64.b64encode(body).decode() if encoded else body.decode(errors="replace")
    return {
        "resource": path,
        "path": path,
        "httpMethod": method,
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "queryStringParameters": dict(query) if query else None,
        "multiValueQueryStringParameters": {k: [v] for k, v in (query or {}).items()} or None,
        "pathParameters": None,
        "stageVariables": None,
        "requestContext": {
            "requestId": "gateway-request",
            "stage": "prod",
            "identity": {"sourceIp": "192.0.2.1", "userArn": ACTOR},
        },
        "body": text or None,
        "isBase64Encoded": encoded,
    }
