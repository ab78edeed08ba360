"""API Gateway's proxy event, version 1.0: made from a request, and its answer read.

Shapes: docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
"""

from __future__ import annotations

import base64
import binascii
import time
import uuid
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from infra.local.cloud import ACCOUNT, REGION
from infra.local.http_server import HttpRequest, HttpResponse
from infra.local.routes import Route, RouteTable

LOCAL_CALLER = "arn:aws:iam::000000000000:user/local"
"""Who signs on a desk: nobody does, so every caller on loopback is this one."""

_STATUSES = range(100, 600)
_SET_BY_THE_SERVER = frozenset({"content-length", "connection", "transfer-encoding"})


class MalformedAnswer(Exception):
    """The function's result is no answer that API Gateway can send."""


def proxy_event(
    request: HttpRequest, route: Route, parameters: dict[str, str], table: RouteTable
) -> dict[str, Any]:
    """Returns what API Gateway hands to the function for `request` on `route`."""
    body, is_base64 = _body(request.body or b"")
    headers = [*request.headers, *_added_headers(request)]
    query = parse_qsl(request.query, keep_blank_values=True)
    return {
        "resource": route.resource,
        "path": request.path,
        "httpMethod": request.method,
        "headers": dict(headers),
        "multiValueHeaders": _grouped(headers),
        "queryStringParameters": dict(query) or None,
        "multiValueQueryStringParameters": _grouped(query) or None,
        "pathParameters": parameters or None,
        "stageVariables": None,
        "requestContext": _context(request, route, table),
        "body": body,
        "isBase64Encoded": is_base64,
    }


def http_response(result: object) -> HttpResponse:
    """Returns what API Gateway sends for a function's result; raises MalformedAnswer."""
    if not isinstance(result, dict) or not _is_status(result.get("statusCode")):
        raise MalformedAnswer
    body = result.get("body") or ""
    if not isinstance(body, str):
        raise MalformedAnswer
    try:
        payload = base64.b64decode(body) if result.get("isBase64Encoded") else body.encode()
        headers = _answer_headers(result)
    except (AttributeError, TypeError, binascii.Error) as error:
        raise MalformedAnswer from error
    return HttpResponse(status=int(result["statusCode"]), body=payload, headers=headers)


def _body(body: bytes) -> tuple[str | None, bool]:
    if not body:
        return None, False
    try:
        return body.decode(), False
    except UnicodeDecodeError:
        return base64.b64encode(body).decode(), True


def _grouped(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for name, value in pairs:
        grouped.setdefault(name, []).append(value)
    return grouped


def _added_headers(request: HttpRequest) -> list[tuple[str, str]]:
    trace = f"Root=1-{int(time.time()):08x}-{uuid.uuid4().hex[:24]}"
    return [
        ("X-Amzn-Trace-Id", trace),
        ("X-Forwarded-For", request.client),
        ("X-Forwarded-Port", "443"),
        ("X-Forwarded-Proto", "https"),
    ]


def _context(request: HttpRequest, route: Route, table: RouteTable) -> dict[str, Any]:
    now = datetime.now(UTC)
    host = f"{table.api_id}.execute-api.{REGION}.amazonaws.com"
    return {
        "accountId": ACCOUNT,
        "apiId": table.api_id,
        "domainName": host,
        "domainPrefix": table.api_id,
        "extendedRequestId": uuid.uuid4().hex[:16],
        "httpMethod": request.method,
        "identity": _identity(request, route),
        "path": f"/{table.stage}{request.path}",
        "protocol": "HTTP/1.1",
        "requestId": str(uuid.uuid4()),
        "requestTime": now.strftime("%d/%b/%Y:%H:%M:%S +0000"),
        "requestTimeEpoch": int(now.timestamp() * 1000),
        "resourceId": route.resource_id,
        "resourcePath": route.resource,
        "stage": table.stage,
    }


def _identity(request: HttpRequest, route: Route) -> dict[str, str | None]:
    agent = next((value for name, value in request.headers if name.lower() == "user-agent"), None)
    unknown = dict.fromkeys(
        [
            *("accessKey", "accountId", "apiKey", "apiKeyId", "caller", "clientCert"),
            *("cognitoAuthenticationProvider", "cognitoAuthenticationType"),
            *("cognitoIdentityId", "cognitoIdentityPoolId", "principalOrgId", "user", "userArn"),
        ]
    )
    caller = {
        "accessKey": "AKIALOCAL",
        "accountId": "000000000000",
        "caller": "AIDALOCAL",
        "user": "AIDALOCAL",
        "userArn": LOCAL_CALLER,
    }
    known = {"sourceIp": request.client, "userAgent": agent}
    return unknown | known | (caller if route.signed else {})


def _is_status(value: object) -> bool:
    return str(value).isdecimal() and int(str(value)) in _STATUSES


def _answer_headers(result: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    several = (result.get("multiValueHeaders") or {}).items()
    pairs = [(name, str(value)) for name, values in several for value in values]
    named = {name.lower() for name, _ in pairs}
    pairs += [
        (name, str(value))
        for name, value in (result.get("headers") or {}).items()
        if name.lower() not in named
    ]
    if not any(name.lower() == "content-type" for name, _ in pairs):
        pairs.append(("Content-Type", "application/json"))
    return tuple(pair for pair in pairs if pair[0].lower() not in _SET_BY_THE_SERVER)
