"""Who comes in at which gateway: the routes, whether they want a signature, and from where.

A gateway with a resource policy opens an unsigned route only where the policy allows it, and a
signed one where the caller's own policy or this one does. So these policies allow the webhook to
everybody and, where no signature is asked for, the other routes to the named networks: a route
that somebody forgot stays shut. Allowing a signed route here would let in whoever can sign.
Source: "How API Gateway resource policies affect authorization workflow", API Gateway's guide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from infra.routes import JOB_ROUTES, ROUTES, WEBHOOK, Route
from infra.settings import Access, Settings

STAGE_NAME = "live"

_PARAMETER = re.compile(r"\{[^}]*\}")
Statement = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Door:
    """One gateway's routes and its resource policy; with endpoints it is a private gateway."""

    routes: tuple[Route, ...]
    signed: bool
    """Whether all routes but the webhook want a signature."""
    statements: tuple[Statement, ...]
    vpc_endpoints: tuple[str, ...] = ()

    @property
    def policy(self) -> dict[str, Any]:
        """The resource policy as API Gateway takes it."""
        return {"Version": "2012-10-17", "Statement": list(self.statements)}


def public_door(settings: Settings) -> Door:
    """Return the door that Zendesk comes in at, and those callers that come over the internet."""
    cidrs = settings.jobs_api_allowed_cidrs
    webhook = _statement("Allow", [WEBHOOK])
    if settings.access is Access.IAM:
        elsewhere = {"NotIpAddress": {"aws:SourceIp": list(cidrs)}}
        refused = (_statement("Deny", JOB_ROUTES, elsewhere),) if cidrs else ()
        return Door(routes=ROUTES, signed=True, statements=(webhook, *refused))
    if not cidrs:
        return Door(routes=(WEBHOOK,), signed=False, statements=(webhook,))
    inside = {"IpAddress": {"aws:SourceIp": list(cidrs)}}
    allowed = _statement("Allow", JOB_ROUTES, inside)
    return Door(routes=ROUTES, signed=False, statements=(webhook, allowed))


def private_door(settings: Settings) -> Door | None:
    """Return the door for callers in a VPC, where there are any.

    It is a gateway of its own, since only a private one is told which endpoint a caller uses
    (`aws:SourceVpce`), and Zendesk can't reach a private one.
    """
    endpoints = settings.jobs_api_vpc_endpoints
    if not endpoints:
        return None
    inside = {"StringEquals": {"aws:SourceVpce": list(endpoints)}}
    return Door(
        routes=JOB_ROUTES,
        signed=False,
        statements=(_statement("Allow", JOB_ROUTES, inside),),
        vpc_endpoints=endpoints,
    )


def route_pattern(route: Route) -> str:
    """Return how policies name the route, behind the name of an API."""
    return f"{STAGE_NAME}/{route.method}{_PARAMETER.sub('*', route.path)}"


def _statement(
    effect: str, routes: Sequence[Route], condition: dict[str, Any] | None = None
) -> Statement:
    statement: Statement = {
        "Effect": effect,
        "Principal": "*",
        "Action": "execute-api:Invoke",
        # API Gateway completes this short form with the region, the account and its own id.
        "Resource": [f"execute-api:/{route_pattern(route)}" for route in routes],
    }
    return statement | ({"Condition": condition} if condition else {})
