"""What the gateway writes down, and with whose right."""

from __future__ import annotations

import json

import pytest

from tests.infra.conftest import Synthesise
from tests.infra.template import Template


@pytest.fixture(scope="module")
def guarded(synthesise: Synthesise) -> Template:
    """Return the template with all that is optional around the gateway."""
    return Template.read(synthesise("stage=dev", "waf=on", "gatewayLogRole=create"), "Service")


def test_a_line_of_the_access_log_is_json_and_names_no_client(service: Template) -> None:
    line = service.the("AWS::ApiGateway::Stage")["AccessLogSetting"]["Format"]
    values = set(json.loads(line).values())
    # These hold what was sent, or the id of an inquiry or job: the part of a path that varies.
    assert not {value for value in values if value.endswith((".path", "String", ".message"))}
    assert all(value.startswith("$context.") for value in values)
    assert {"$context.requestId", "$context.resourcePath", "$context.identity.userArn"} <= values


def test_the_access_log_ends_after_a_month(service: Template) -> None:
    groups = service.of_type("AWS::Logs::LogGroup").items()
    (kept,) = [group for name, group in groups if name.startswith("AccessLog")]
    assert kept["RetentionInDays"] == 30


def test_the_access_log_can_be_left_out(synthesise: Synthesise) -> None:
    template = Template.read(synthesise("stage=dev", "accessLog=off"), "Service")
    assert "AccessLogSetting" not in template.the("AWS::ApiGateway::Stage")
    assert not [n for n in template.of_type("AWS::Logs::LogGroup") if n.startswith("AccessLog")]


def test_the_accounts_log_role_is_made_on_request_and_stays(guarded: Template) -> None:
    kept = [
        resource
        for name, resource in guarded.body["Resources"].items()
        if name.startswith(("GatewayAccount", "GatewayCloudWatchRole"))
    ]
    assert {item["Type"] for item in kept} == {"AWS::ApiGateway::Account", "AWS::IAM::Role"}
    assert {item["DeletionPolicy"] for item in kept} == {"Retain"}


def test_there_is_no_firewall_unless_asked_for(service: Template, guarded: Template) -> None:
    assert not service.of_type("AWS::WAFv2::WebACL")
    association = guarded.the("AWS::WAFv2::WebACLAssociation")
    assert "GatewayDeploymentStagelive" in str(association["ResourceArn"])


def test_the_firewall_answers_a_flood_so_that_zendesk_sends_again(guarded: Template) -> None:
    flood, _ = guarded.the("AWS::WAFv2::WebACL")["Rules"]
    answer = flood["Action"]["Block"]["CustomResponse"]
    assert answer["ResponseCode"] == 503
    assert answer["ResponseHeaders"] == [{"Name": "Retry-After", "Value": "20"}]
    webhook = 20 * 300
    assert flood["Statement"]["RateBasedStatement"]["Limit"] > webhook


def test_no_other_rule_of_the_firewall_can_refuse_a_mail(guarded: Template) -> None:
    acl = guarded.the("AWS::WAFv2::WebACL")
    assert acl["DefaultAction"] == {"Allow": {}}
    _, attackers = acl["Rules"]
    spared = attackers["Statement"]["ManagedRuleGroupStatement"]["ScopeDownStatement"]
    path = spared["NotStatement"]["Statement"]["ByteMatchStatement"]
    assert path["SearchString"] == "/api/v1/zendesk/webhook"
    assert path["PositionalConstraint"] == "ENDS_WITH"


def test_the_firewall_keeps_no_samples_of_requests(guarded: Template) -> None:
    acl = guarded.the("AWS::WAFv2::WebACL")
    views = [acl["VisibilityConfig"], *(rule["VisibilityConfig"] for rule in acl["Rules"])]
    assert not any(view["SampledRequestsEnabled"] for view in views)
