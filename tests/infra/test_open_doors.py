"""Synth refuses a template in which a stranger could call more than the webhook."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, Stack
from aws_cdk import aws_apigateway as apigateway

from infra.app import synthesise
from infra.open_doors import open_doors
from infra.settings import SettingsError
from tests.infra.conftest import Synthesise
from tests.infra.template import Properties, Template

Change = Callable[[Template], None]


@pytest.fixture(scope="module")
def network(synthesise: Synthesise) -> Template:
    context = "access=network", "jobsApiAllowedCidrs=203.0.113.0/24"
    return Template.read(synthesise("stage=dev", *context), "Service")


def _changed(template: Template, change: Change) -> list[str]:
    body = copy.deepcopy(template.body)
    change(Template(body))
    return open_doors(body)


def _statements(template: Template) -> list[dict[str, Any]]:
    policy: Properties = template.the("AWS::ApiGateway::RestApi")["Policy"]
    statements: list[dict[str, Any]] = policy["Statement"]
    return statements


def _unlock(template: Template) -> None:
    for method in template.of_type("AWS::ApiGateway::Method").values():
        method["AuthorizationType"] = "NONE"


def test_both_modes_are_shut(service: Template, network: Template) -> None:
    assert open_doors(service.body) == open_doors(network.body) == []


def test_unsigned_routes_without_a_policy_are_open(service: Template) -> None:
    def change(template: Template) -> None:
        _unlock(template)
        del template.the("AWS::ApiGateway::RestApi")["Policy"]

    found = _changed(service, change)
    assert len(found) == 12
    assert (
        "GET /api/v1/jobs asks for no signature, and the gateway has no resource policy." in found
    )


def test_unsigned_routes_that_the_policy_does_not_allow_are_shut(service: Template) -> None:
    assert _changed(service, _unlock) == []


@pytest.mark.parametrize("resource", ["execute-api:/*", "execute-api:/live/GET/*", {"Ref": "It"}])
def test_to_allow_signed_routes_lets_in_all_who_sign(
    service: Template, resource: str | dict[str, str]
) -> None:
    found = _changed(service, lambda t: _statements(t)[0].update(Resource=resource))
    assert "GET /api/v1/jobs is signed, and the resource policy lets in all who sign." in found


@pytest.mark.parametrize(
    "condition",
    [
        {},
        {"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "0.0.0.0/0"]}},
        {"IpAddress": {"aws:SourceIp": "0.0.0.0/1"}},
        {"NotIpAddress": {"aws:SourceIp": ["203.0.113.0/24"]}},
        {"StringEquals": {"aws:UserAgent": "portal"}},
    ],
)
def test_a_condition_that_names_no_network_leaves_the_routes_open(
    network: Template, condition: dict[str, Any]
) -> None:
    found = _changed(network, lambda t: _statements(t)[1].update(Condition=condition))
    assert "GET /health asks for no signature, and the policy names no network." in found
    assert len(found) == 12


@pytest.mark.parametrize(("key", "value"), [("PathPart", "{proxy+}"), ("HttpMethod", "ANY")])
def test_what_takes_any_route_is_refused(service: Template, key: str, value: str) -> None:
    def change(template: Template) -> None:
        kinds = {"PathPart": "AWS::ApiGateway::Resource", "HttpMethod": "AWS::ApiGateway::Method"}
        resources = template.of_type(kinds[key])
        chosen = next(name for name in resources if "quarantine" in name)
        resources[chosen][key] = value

    assert "takes more than one route; name each." in _changed(service, change)[0]


def test_the_synthesis_ends_with_the_sentence(tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path))
    api = apigateway.RestApi(Stack(app, "Careless"), "Api", cloud_watch_role=False)
    api.root.add_resource("jobs").add_method("GET")
    with pytest.raises(SettingsError, match="GET /jobs asks for no signature"):
        synthesise(app)
