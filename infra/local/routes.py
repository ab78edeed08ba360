"""The routes of the deployed REST API: these and no others reach a function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from infra.local.cloud import Cloud
from infra.local.service_stack import ServiceStack


@dataclass(frozen=True)
class Route:
    """One method of one resource of the API, and the function that answers it."""

    method: str
    resource: str
    resource_id: str
    function_arn: str
    signed: bool
    """Whether AWS asks for a SigV4 signature (`AWS_IAM`)."""


@dataclass(frozen=True)
class RouteTable:
    """All routes of one API."""

    api_id: str
    stage: str
    routes: tuple[Route, ...]

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        """Returns the route and its path parameters, decoded; a literal wins over a parameter."""
        fitting = [route for route in self.routes if _fits(route.resource, path)]
        if not fitting:
            return None
        best = min(_parameters_first_to_last(route.resource) for route in fitting)
        for route in fitting:
            if _parameters_first_to_last(route.resource) == best and route.method == method:
                return route, _values(route.resource, path)
        return None


def read_routes(cloud: Cloud, stack: ServiceStack) -> RouteTable:
    """Reads the one REST API of the stack back from the stand-in for AWS."""
    (logical_id,) = stack.assembly.resources("AWS::ApiGateway::RestApi")
    api_id = stack.physical_ids[logical_id]
    resources = cloud.gateway.get_resources(restApiId=api_id, embed=["methods"], limit=500)
    return RouteTable(
        api_id=api_id,
        stage=_stage(stack),
        routes=tuple(
            _route(resource, method)
            for resource in resources["items"]
            for method in resource.get("resourceMethods", {}).values()
        ),
    )


def _route(resource: dict[str, Any], method: dict[str, Any]) -> Route:
    uri: str = method["methodIntegration"]["uri"]
    return Route(
        method=method["httpMethod"],
        resource=resource["path"],
        resource_id=resource["id"],
        function_arn=uri.partition("/functions/")[2].removesuffix("/invocations"),
        signed=method["authorizationType"] == "AWS_IAM",
    )


def _stage(stack: ServiceStack) -> str:
    stages = stack.assembly.resources("AWS::ApiGateway::Stage").values()
    return next((str(stage["StageName"]) for stage in stages), "local")


def _pairs(resource: str, path: str) -> list[tuple[str, str]]:
    return list(zip(resource.split("/"), path.split("/"), strict=True))


def _is_parameter(segment: str) -> bool:
    return segment.startswith("{")


def _fits(resource: str, path: str) -> bool:
    if resource.count("/") != path.count("/"):
        return False
    return all(
        bool(given) if _is_parameter(wanted) else wanted == unquote(given)
        for wanted, given in _pairs(resource, path)
    )


def _parameters_first_to_last(resource: str) -> tuple[bool, ...]:
    return tuple(_is_parameter(segment) for segment in resource.split("/"))


def _values(resource: str, path: str) -> dict[str, str]:
    return {
        wanted.strip("{}"): unquote(given)
        for wanted, given in _pairs(resource, path)
        if _is_parameter(wanted)
    }
