"""Which doors there are, and which of them are locked."""

from __future__ import annotations

import json

from tests.infra.template import Template

WEBHOOK = ("POST", "/api/v1/zendesk/webhook")
ROUTES = {
    WEBHOOK,
    ("GET", "/"),
    ("GET", "/health"),
    ("GET", "/api/v1/webhook/quarantine"),
    ("GET", "/api/v1/jobs"),
    ("GET", "/api/v1/jobs/{job_id}"),
    ("POST", "/api/v1/jobs/{job_id}/retry"),
    ("POST", "/api/v1/admin/reconciliation/trigger"),
    ("GET", "/api/v1/admin/reconciliation/reports"),
    ("GET", "/api/v1/inquiries"),
    ("POST", "/api/v1/inquiries"),
    ("GET", "/api/v1/inquiries/{inquiry_id}"),
    ("PUT", "/api/v1/inquiries/{inquiry_id}"),
}


def _path(template: Template, resource_id: dict[str, object]) -> str:
    resources = template.of_type("AWS::ApiGateway::Resource")
    parts = []
    while "Ref" in resource_id:
        resource = resources[str(resource_id["Ref"])]
        parts.append(resource["PathPart"])
        resource_id = resource["ParentId"]
    return "/" + "/".join(reversed(parts))


def _authorisation(template: Template) -> dict[tuple[str, str], str]:
    return {
        (method["HttpMethod"], _path(template, method["ResourceId"])): method["AuthorizationType"]
        for method in template.of_type("AWS::ApiGateway::Method").values()
    }


def test_the_gateway_has_the_named_routes_and_no_other(service: Template) -> None:
    assert set(_authorisation(service)) == ROUTES


def test_every_route_but_the_webhook_wants_a_signature(service: Template) -> None:
    """Defect 29: anybody could read the jobs and retry them."""
    open_routes = {route for route, kind in _authorisation(service).items() if kind != "AWS_IAM"}
    assert open_routes == {WEBHOOK}
    assert _authorisation(service)[WEBHOOK] == "NONE"


def test_no_route_takes_whatever_path_comes(service: Template) -> None:
    parts = [part["PathPart"] for part in service.of_type("AWS::ApiGateway::Resource").values()]
    assert not [part for part in parts if "+" in part]


def test_every_route_ends_at_the_api_function(service: Template) -> None:
    integrations = [
        method["Integration"] for method in service.of_type("AWS::ApiGateway::Method").values()
    ]
    assert {item["Type"] for item in integrations} == {"AWS_PROXY"}
    assert all("Api" in str(item["Uri"]) for item in integrations)


def test_the_gateways_own_failures_ask_for_another_try(service: Template) -> None:
    answers = service.of_type("AWS::ApiGateway::GatewayResponse").values()
    kinds = {answer["ResponseType"] for answer in answers}
    assert kinds == {"THROTTLED", "INTEGRATION_FAILURE", "INTEGRATION_TIMEOUT", "DEFAULT_5XX"}
    for answer in answers:
        assert answer["StatusCode"] == "503"
        assert answer["ResponseParameters"] == {"gatewayresponse.header.Retry-After": "'20'"}
        body = json.loads(answer["ResponseTemplates"]["application/json"])
        assert set(body) == {"error", "detail"}


def test_no_body_is_ever_traced_and_every_route_is_throttled(service: Template) -> None:
    settings = service.the("AWS::ApiGateway::Stage")["MethodSettings"]
    assert not any(item["DataTraceEnabled"] for item in settings)
    throttles = {
        (item["HttpMethod"], item["ResourcePath"].replace("~1", "/")): (
            item["ThrottlingRateLimit"],
            item["ThrottlingBurstLimit"],
        )
        for item in settings
    }
    assert throttles == {
        ("*", "/*"): (50, 100),
        ("POST", "//api/v1/zendesk/webhook"): (20, 40),
        ("POST", "//api/v1/jobs/{job_id}/retry"): (10, 20),
        ("POST", "//api/v1/admin/reconciliation/trigger"): (1, 2),
        ("POST", "//api/v1/inquiries"): (2, 5),
    }


def test_the_api_is_regional_and_leaves_the_accounts_log_role_alone(service: Template) -> None:
    api = service.the("AWS::ApiGateway::RestApi")
    assert api["EndpointConfiguration"]["Types"] == ["REGIONAL"]
    assert not service.of_type("AWS::ApiGateway::Account")


def test_only_this_api_may_invoke_the_api_function(service: Template) -> None:
    permissions = service.of_type("AWS::Lambda::Permission").values()
    assert len(permissions) == len(ROUTES)
    for permission in permissions:
        assert permission["Principal"] == "apigateway.amazonaws.com"
        assert "Gateway" in str(permission["SourceArn"])
        assert "test-invoke" not in str(permission["SourceArn"])
