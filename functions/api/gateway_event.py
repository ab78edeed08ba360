"""What API Gateway says about a request beside the request itself."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Request

UNKNOWN = "unknown"


async def _context(request: Request) -> dict[str, Any]:
    event = request.scope.get("aws.event") or {}
    return event.get("requestContext") or {}


async def _correlation_id(request: Request) -> str:
    return str((await _context(request)).get("requestId") or UNKNOWN)


async def _actor(request: Request) -> str:
    identity = (await _context(request)).get("identity") or {}
    return str(identity.get("userArn") or UNKNOWN)


CorrelationId = Annotated[str, Depends(_correlation_id)]
"""The request's id, which follows the job through logs and tables."""

Actor = Annotated[str, Depends(_actor)]
"""The ARN of whoever signed the request; the gateway has verified it."""
