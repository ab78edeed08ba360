"""Decides as API Gateway does who comes through, from a template's methods and policies alone.

The order is that of "How API Gateway resource policies affect authorization workflow".
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from tests.infra.template import Properties, Template, as_list, readable

Statements = list[dict[str, Any]]


@dataclass(frozen=True)
class Caller:
    """Where a request comes from, and the policies of whoever signed it; None: nobody did."""

    source_ip: str = "198.51.100.9"
    vpc_endpoint: str | None = None
    policies: Statements | None = None


def may_call(template: Template, route: tuple[str, str], caller: Caller) -> bool:
    """Say whether `caller` gets through to the function at any gateway of the template."""
    return any(
        _admits(template, api, api_id, route, caller)
        for api_id, api in template.of_type("AWS::ApiGateway::RestApi").items()
    )


def managed_policy(template: Template, name: str) -> Statements:
    """Return the statements of the managed policy whose logical id begins so."""
    policies = template.of_type("AWS::IAM::ManagedPolicy").items()
    (found,) = [policy for logical_id, policy in policies if logical_id.startswith(name)]
    return list(found["PolicyDocument"]["Statement"])


def routes(template: Template) -> dict[tuple[str, str, str], str]:
    """Return (API's logical id, method, path) → how callers are authorised."""
    return {
        (found["RestApiId"]["Ref"], found["HttpMethod"], _path(template, found["ResourceId"])): (
            found["AuthorizationType"]
        )
        for found in template.of_type("AWS::ApiGateway::Method").values()
    }


def _admits(
    template: Template, api: Properties, api_id: str, route: tuple[str, str], caller: Caller
) -> bool:
    method, path = route
    authorisation = {
        kind
        for (of_api, verb, resource), kind in routes(template).items()
        if of_api == api_id and verb == method and _fits(resource, path)
    }
    private = api["EndpointConfiguration"]["Types"] == ["PRIVATE"]
    if not authorisation or private != (caller.vpc_endpoint is not None):
        return False
    resource_policy = api.get("Policy", {}).get("Statement", [])
    asked = f"live/{method}{path}"
    by_resource = _verdicts(resource_policy, f"execute-api:/{asked}", caller)
    if authorisation == {"NONE"}:
        return by_resource == {"Allow"} if resource_policy else True
    if caller.policies is None:
        return False
    arn = f"arn:Partition:execute-api:Region:AccountId:{readable({'Ref': api_id})}/{asked}"
    verdicts = by_resource | _verdicts(caller.policies, arn, caller)
    return "Allow" in verdicts and "Deny" not in verdicts


def _verdicts(statements: Statements, asked: str, caller: Caller) -> set[str]:
    return {
        statement["Effect"]
        for statement in statements
        if "execute-api:Invoke" in as_list(statement["Action"])
        and any(fnmatchcase(asked, readable(item)) for item in as_list(statement["Resource"]))
        and all(
            _holds(operator, key, as_list(values), caller)
            for operator, keys in statement.get("Condition", {}).items()
            for key, values in keys.items()
        )
    }


def _holds(operator: str, key: str, values: list[str], caller: Caller) -> bool:
    if key == "aws:SourceVpce":
        assert operator == "StringEquals"
        return caller.vpc_endpoint in values
    assert key == "aws:SourceIp"
    address = ipaddress.ip_address(caller.source_ip)
    inside = any(address in ipaddress.ip_network(network) for network in values)
    return {"IpAddress": inside, "NotIpAddress": not inside}[operator]


def _path(template: Template, resource_id: dict[str, object]) -> str:
    resources = template.of_type("AWS::ApiGateway::Resource")
    parts = []
    while "Ref" in resource_id:
        resource = resources[str(resource_id["Ref"])]
        parts.append(resource["PathPart"])
        resource_id = resource["ParentId"]
    return "/" + "/".join(reversed(parts))


def _fits(resource: str, path: str) -> bool:
    wanted, given = resource.split("/"), path.split("/")
    return len(wanted) == len(given) and all(
        want.startswith("{") or want == got for want, got in zip(wanted, given, strict=True)
    )
