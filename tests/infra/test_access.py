"""Who reaches which route: the policies of each mode, decided as API Gateway decides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.infra.authorisation import Caller, managed_policy, may_call, routes
from tests.infra.conftest import Synthesise
from tests.infra.template import Template

WEBHOOK = ("POST", "/api/v1/zendesk/webhook")
READ = {
    ("GET", "/"),
    ("GET", "/health"),
    ("GET", "/api/v1/webhook/quarantine"),
    ("GET", "/api/v1/jobs"),
    ("GET", "/api/v1/jobs/7"),
    ("GET", "/api/v1/admin/reconciliation/reports"),
    ("GET", "/api/v1/inquiries"),
    ("GET", "/api/v1/inquiries/inq-001"),
}
OPERATE = {
    ("POST", "/api/v1/jobs/7/retry"),
    ("POST", "/api/v1/admin/reconciliation/trigger"),
    ("POST", "/api/v1/inquiries"),
    ("PUT", "/api/v1/inquiries/inq-001"),
}
EVERY = {WEBHOOK} | READ | OPERATE

OFFICE, ELSEWHERE = "203.0.113.7", "198.51.100.9"
ENDPOINT, OTHER_ENDPOINT = "vpce-0a1b2c3d4e5f67890", "vpce-0ffffffffffffffff"
CIDR, ENDPOINTS = "jobsApiAllowedCidrs=203.0.113.0/24", f"jobsApiVpcEndpoints={ENDPOINT}"
MODES = {
    "iam": (),
    "iam from the office": (CIDR,),
    "network": ("access=network", CIDR),
    "network of a VPC": ("access=network", ENDPOINTS),
    "both networks": ("access=network", CIDR, ENDPOINTS),
}
Templates = Callable[[str], Template]


@pytest.fixture(scope="module")
def template_of(synthesise: Synthesise) -> Templates:
    made: dict[str, Template] = {}

    def template(mode: str) -> Template:
        if mode not in made:
            folder: Path = synthesise("stage=dev", *MODES[mode])
            made[mode] = Template.read(folder, "Service")
        return made[mode]

    return template


def _reach(template: Template, caller: Caller) -> set[tuple[str, str]]:
    return {route for route in EVERY if may_call(template, route, caller)}


@pytest.mark.parametrize("mode", MODES)
def test_a_stranger_reaches_the_webhook_and_nothing_else(template_of: Templates, mode: str) -> None:
    """Defect 29: anybody could read the jobs and retry them."""
    assert _reach(template_of(mode), Caller(source_ip=ELSEWHERE)) == {WEBHOOK}


@pytest.mark.parametrize("mode", ["iam", "iam from the office"])
def test_coming_from_the_office_replaces_no_signature(template_of: Templates, mode: str) -> None:
    assert _reach(template_of(mode), Caller(source_ip=OFFICE)) == {WEBHOOK}


@pytest.mark.parametrize("mode", ["iam", "iam from the office"])
def test_whoever_signs_without_a_policy_reaches_no_more_than_a_stranger(
    template_of: Templates, mode: str
) -> None:
    assert _reach(template_of(mode), Caller(source_ip=OFFICE, policies=[])) == {WEBHOOK}


@pytest.mark.parametrize(("policy", "routes_of"), [("CallersReader", READ), ("CallersOp", EVERY)])
def test_the_managed_policies_open_what_their_names_say(
    template_of: Templates, policy: str, routes_of: set[tuple[str, str]]
) -> None:
    template = template_of("iam")
    caller = Caller(policies=managed_policy(template, policy))
    assert _reach(template, caller) == routes_of | {WEBHOOK}


def test_an_operator_outside_the_allowed_range_is_refused(template_of: Templates) -> None:
    template = template_of("iam from the office")
    operator = managed_policy(template, "CallersOp")
    assert _reach(template, Caller(source_ip=OFFICE, policies=operator)) == EVERY
    assert _reach(template, Caller(source_ip=ELSEWHERE, policies=operator)) == {WEBHOOK}


@pytest.mark.parametrize("mode", ["network", "both networks"])
def test_the_named_network_reaches_every_route_unsigned(template_of: Templates, mode: str) -> None:
    assert _reach(template_of(mode), Caller(source_ip=OFFICE)) == EVERY


@pytest.mark.parametrize("mode", ["network of a VPC", "both networks"])
def test_the_named_endpoint_reaches_the_job_routes_and_another_none(
    template_of: Templates, mode: str
) -> None:
    template = template_of(mode)
    assert _reach(template, Caller(vpc_endpoint=ENDPOINT)) == READ | OPERATE
    assert _reach(template, Caller(vpc_endpoint=OTHER_ENDPOINT)) == set()


def test_with_endpoints_alone_the_public_gateway_has_no_job_route(template_of: Templates) -> None:
    template = template_of("network of a VPC")
    apis = template.of_type("AWS::ApiGateway::RestApi")
    (public,) = [name for name in apis if name.startswith("Gateway")]
    found = {(method, path) for api, method, path in routes(template) if api == public}
    assert found == {WEBHOOK}


def test_a_network_needs_no_policies_for_people(template_of: Templates) -> None:
    policies = template_of("network").of_type("AWS::IAM::ManagedPolicy")
    assert not [name for name in policies if name.startswith("Callers")]


@pytest.mark.parametrize("mode", MODES)
def test_no_gateways_policy_is_longer_than_aws_takes(template_of: Templates, mode: str) -> None:
    for api in template_of(mode).of_type("AWS::ApiGateway::RestApi").values():
        assert len(str(api["Policy"])) < 8192


def test_another_network_is_another_deployment(
    template_of: Templates, synthesise: Synthesise
) -> None:
    """A resource policy counts only from the next deployment of the gateway on."""
    other = Template.read(
        synthesise("stage=dev", "access=network", "jobsApiAllowedCidrs=203.0.113.7/32"), "Service"
    )
    deployments = [
        set(template.of_type("AWS::ApiGateway::Deployment"))
        for template in (template_of("iam"), template_of("network"), other)
    ]
    assert len(set.union(*deployments)) == 3


def test_links_and_commands_name_the_gateway_that_callers_use(template_of: Templates) -> None:
    template = template_of("both networks")
    outputs = template.body["Outputs"]
    assert ENDPOINT in str(outputs["ListJobs"]["Value"])
    assert ENDPOINT in str(template.environment("notifier")["PUBLIC_BASE_URL"])
    assert ENDPOINT not in str(outputs["WebhookUrl"]["Value"])
