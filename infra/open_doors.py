"""Reads a synthesised template for routes that anybody could call.

It knows nothing of how the template came about, so no combination of settings and no resource
that somebody adds gets past it.
"""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

from infra.caller_networks import network_problem
from infra.doors import route_pattern
from infra.routes import WEBHOOK, Right, Route

Resources = Mapping[str, Mapping[str, Any]]


def open_doors(template: Mapping[str, Any]) -> list[str]:
    """Return a sentence for each route, but the webhook, that a stranger might get through."""
    resources: Resources = template.get("Resources", {})
    return [
        sentence
        for resource in resources.values()
        if resource["Type"] == "AWS::ApiGateway::Method"
        for sentence in _method(resource["Properties"], resources)
    ]


def _method(method: Mapping[str, Any], resources: Resources) -> list[str]:
    route = Route(method["HttpMethod"], _path(method["ResourceId"], resources), Right.OPERATE)
    named = f"{route.method} {route.path}"
    if (route.method, route.path) == (WEBHOOK.method, WEBHOOK.path):
        return []
    if route.method == "ANY" or "+}" in route.path:
        return [f"{named} takes more than one route; name each."]
    policy = resources[method["RestApiId"]["Ref"]].get("Properties", {}).get("Policy", {})
    allowing = [statement for statement in policy.get("Statement", ()) if _allows(statement, route)]
    if method["AuthorizationType"] == "AWS_IAM":
        return [f"{named} is signed, and the resource policy lets in all who sign."] * bool(
            allowing
        )
    if not policy:
        return [f"{named} asks for no signature, and the gateway has no resource policy."]
    unbound = [statement for statement in allowing if not _names_networks(statement)]
    return [f"{named} asks for no signature, and the policy names no network."] * bool(unbound)


def _path(resource_id: Mapping[str, Any], resources: Resources) -> str:
    parts: list[str] = []
    while "Ref" in resource_id:
        properties = resources[resource_id["Ref"]]["Properties"]
        parts.insert(0, properties["PathPart"])
        resource_id = properties["ParentId"]
    return "/" + "/".join(parts)


def _allows(statement: Mapping[str, Any], route: Route) -> bool:
    if statement["Effect"] != "Allow":
        return False
    wanted = f"execute-api:/{route_pattern(route)}"
    # What is not plain text can't be ruled out.
    return "NotResource" in statement or any(
        not isinstance(resource, str) or fnmatchcase(wanted, resource)
        for resource in _listed(statement["Resource"])
    )


def _names_networks(statement: Mapping[str, Any]) -> bool:
    condition: Mapping[str, Any] = statement.get("Condition", {})
    networks = _listed(condition.get("IpAddress", {}).get("aws:SourceIp", []))
    endpoints = _listed(condition.get("StringEquals", {}).get("aws:SourceVpce", []))
    if any(network_problem(str(network)) for network in networks):
        return False
    return bool(networks or endpoints)


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]
