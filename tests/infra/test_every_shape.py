"""What no shape of a stage may lack, and no tool asks for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.infra.template import Properties, Template, label

ROOT = Path(__file__).resolve().parents[2]
CDKS_HELPERS = {
    "AWSCDKTriggerCustomResourceProviderCustomResourceProviderHandler",
    "CustomVpcRestrictDefaultSGCustomResourceProviderHandler",
}
"""Functions of CDK's that run during deploys alone and log what they were asked to change. Lambda
makes their log groups, and CDK has no way to name others."""
LONGEST_LOGS = 731
ONLY_ENCRYPTED = {"Bool": {"aws:SecureTransport": "false"}}


@pytest.fixture
def service_of(shaped: Path) -> Template:
    return Template.read(shaped, "Service")


@pytest.fixture
def stacks(shaped: Path) -> list[Template]:
    return [Template.read(shaped, stack) for stack in ("Data", "Service")]


def _function_of(template: Template, called: object) -> Properties:
    """Return the function that is `called`, by itself or through its alias."""
    functions = template.of_type("AWS::Lambda::Function")
    behind = {
        alias: item["FunctionName"]["Ref"]
        for alias, item in template.of_type("AWS::Lambda::Alias").items()
    }
    (found,) = re.findall(r"'Ref': '(\w+)'", str(called))
    return functions[behind.get(found, found)]


def test_a_message_is_invisible_for_six_timeouts_and_comes_back_alone(
    service_of: Template,
) -> None:
    mappings = service_of.of_type("AWS::Lambda::EventSourceMapping").values()
    assert len(mappings) == 2
    for mapping in mappings:
        queue = service_of.of_type("AWS::SQS::Queue")[mapping["EventSourceArn"]["Fn::GetAtt"][0]]
        reader = _function_of(service_of, mapping["FunctionName"])
        assert queue["VisibilityTimeout"] >= 6 * reader["Timeout"]
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_a_queue_keeps_longer_than_the_one_before_it(service_of: Template) -> None:
    kept = {
        name: service_of.queue(name)["MessageRetentionPeriod"]
        for name in ("Jobs", "DeadLetters", "Parking")
    }
    assert kept["Jobs"] < kept["DeadLetters"] <= kept["Parking"]


def test_no_route_takes_whatever_comes(service_of: Template) -> None:
    paths = [part["PathPart"] for part in service_of.of_type("AWS::ApiGateway::Resource").values()]
    methods = [
        each["HttpMethod"] for each in service_of.of_type("AWS::ApiGateway::Method").values()
    ]
    assert paths
    assert not [path for path in paths if "+" in path]
    assert "ANY" not in methods


def test_no_gateway_logs_what_it_carries(service_of: Template) -> None:
    stages = service_of.of_type("AWS::ApiGateway::Stage").values()
    settings = [item for stage in stages for item in stage["MethodSettings"]]
    assert settings
    for item in settings:
        assert item["DataTraceEnabled"] is False
        assert item.get("LoggingLevel", "OFF") == "OFF"


def test_no_stage_logs_before_the_gateway_has_a_role_to_log_with(service_of: Template) -> None:
    resources = service_of.body["Resources"]
    made_here = set(service_of.of_type("AWS::ApiGateway::Account"))
    for stage, properties in service_of.of_type("AWS::ApiGateway::Stage").items():
        if "AccessLogSetting" in properties:
            assert made_here <= set(resources[stage].get("DependsOn", []))


def test_no_function_is_told_to_log_its_event(service_of: Template) -> None:
    for function in service_of.functions():
        variables = service_of.environment(function)
        assert not [name for name in variables if name.startswith("POWERTOOLS_")]


def _calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    for source in ROOT.glob("functions/*/composition.py"):
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(attr=called)) if called == name:
                    yield source.parent.name, node


def test_each_function_says_that_its_event_is_not_logged(service: Template) -> None:
    """Left unsaid, a variable of the function could switch it on."""
    calls = dict(_calls("inject_lambda_context"))
    assert set(calls) == set(service.functions())
    for call in calls.values():
        said = {keyword.arg: keyword.value for keyword in call.keywords}
        assert ast.literal_eval(said["log_event"]) is False


def test_every_alarm_tells_somebody_what_to_do(service_of: Template) -> None:
    alarms = service_of.of_type("AWS::CloudWatch::Alarm").values()
    (topic,) = service_of.of_type("AWS::SNS::Topic")
    assert alarms
    for alarm in alarms:
        assert alarm["AlarmActions"] == [{"Ref": topic}]
        assert alarm["AlarmDescription"].partition(" Runbook: ")[2]


def test_every_log_ends(stacks: list[Template]) -> None:
    for template in stacks:
        groups = template.of_type("AWS::Logs::LogGroup")
        for group in groups.values():
            assert 1 <= group["RetentionInDays"] <= LONGEST_LOGS
        for name, function in template.of_type("AWS::Lambda::Function").items():
            if label(name) not in CDKS_HELPERS:
                assert function["LoggingConfig"]["LogGroup"]["Ref"] in groups


def test_queues_are_encrypted_and_refuse_plain_http_and_so_do_topics(service_of: Template) -> None:
    queues = service_of.of_type("AWS::SQS::Queue")
    assert all(queue["SqsManagedSseEnabled"] is True for queue in queues.values())
    for kind, names, holders in (
        ("AWS::SQS::QueuePolicy", "Queues", queues),
        ("AWS::SNS::TopicPolicy", "Topics", service_of.of_type("AWS::SNS::Topic")),
    ):
        refusing = {
            holder["Ref"]
            for policy in service_of.of_type(kind).values()
            for holder in policy[names]
            if any(
                statement["Effect"] == "Deny" and statement["Condition"] == ONLY_ENCRYPTED
                for statement in policy["PolicyDocument"]["Statement"]
            )
        }
        assert refusing == set(holders) != set()
