"""The API as its two kinds of callers use it: operators, and Zendesk with its signature."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import urllib3

from infra.local.errors import LocalError

_WEBHOOK = "/api/v1/zendesk/webhook"
_SENT_AGAIN = 5
"""How often Zendesk sends a request again that was answered with Retry-After."""

_SUCCESS = range(200, 300)


class RequestRefused(LocalError):
    """The API answered with something else than success."""


class ApiClient:
    """Talks to the platform's address; every call returns the decoded body."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._pool = urllib3.PoolManager(retries=False, timeout=40)

    def get(self, path: str) -> dict[str, Any]:
        return _decoded(self._send("GET", path, None, {}), path)

    def post(self, path: str, body: object) -> dict[str, Any]:
        return _decoded(self._send("POST", path, json.dumps(body).encode(), {}), path)

    def deliver(self, webhook: Mapping[str, Any], secret: str) -> dict[str, Any]:
        """Sends a webhook as Zendesk would, and again when it is told to come back later."""
        response = self.attempt(webhook, secret)
        for _ in range(_SENT_AGAIN):
            if response.status not in {429, 503} or "Retry-After" not in response.headers:
                break
            time.sleep(float(response.headers["Retry-After"]))
            response = self.attempt(webhook, secret)
        return _decoded(response, _WEBHOOK)

    def attempt(self, webhook: Mapping[str, Any], secret: str) -> urllib3.BaseHTTPResponse:
        """Sends a signed webhook once and returns whatever is answered."""
        body = json.dumps(webhook, ensure_ascii=False).encode()
        return self._send("POST", _WEBHOOK, body, zendesk_headers(body, secret, datetime.now(UTC)))

    def _send(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> urllib3.BaseHTTPResponse:
        return self._pool.request(
            method,
            f"{self._address}{path}",
            body=body,
            headers={"Content-Type": "application/json"} | headers,
        )


def zendesk_headers(body: bytes, secret: str, moment: datetime) -> dict[str, str]:
    """Returns the headers of a delivery: base64 of HMAC-SHA256 over timestamp and raw body.

    Source: developer.zendesk.com/documentation/webhooks/verifying/
    """
    timestamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    digest = hmac.digest(secret.encode(), timestamp.encode() + body, hashlib.sha256)
    return {
        "User-Agent": "Zendesk Webhook",
        "X-Zendesk-Account-Id": "123456",
        "X-Zendesk-Webhook-Id": "01F1KRFQ6BG29CNWFR60NK5FNY",
        "X-Zendesk-Webhook-Invocation-Id": uuid4().hex[:26].upper(),
        "X-Zendesk-Webhook-Signature": base64.b64encode(digest).decode(),
        "X-Zendesk-Webhook-Signature-Timestamp": timestamp,
    }


def _decoded(response: urllib3.BaseHTTPResponse, path: str) -> dict[str, Any]:
    if response.status not in _SUCCESS:
        message = f"{path} answered {response.status}: {response.data.decode()[:300]}"
        raise RequestRefused(message)
    body: dict[str, Any] = json.loads(response.data)
    return body
