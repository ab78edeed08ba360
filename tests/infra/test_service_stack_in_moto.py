"""The template that AWS gets can be created on a desk, next to a stand-in for the data stack."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from infra.data_exports import DataExport, export_name
from tests.infra.template import Template

pytestmark = pytest.mark.filterwarnings("ignore:Tried to parse")

FUNCTIONS = ("api", "worker", "notifier", "reconciler", "eraser", "migrator")
VALUES = {
    DataExport.DATABASE_PORT: "5432",
    DataExport.DATABASE_TLS: "off",
    DataExport.DATABASE_AUTH: "trust",
    DataExport.WEBHOOK_SECRET_ARN: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:w-abc",
}


def _stand_in() -> dict[str, Any]:
    outputs = {
        f"Output{number}": {
            "Value": VALUES.get(export, f"the-{export.value}"),
            "Export": {"Name": export_name("local", export)},
        }
        for number, export in enumerate(DataExport)
    }
    nothing = {"Type": "AWS::SQS::Queue"}
    return {"Resources": {"Nothing": nothing}, "Outputs": outputs}


@pytest.fixture(scope="module")
def environment() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patch.setenv(name, "none")
        patch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
        patch.delenv("AWS_ENDPOINT_URL", raising=False)
        # The bundles are on disk, not in a bucket.
        patch.setenv("VALIDATE_LAMBDA_S3", "false")
        yield patch


@pytest.fixture(scope="module")
def stack(environment: pytest.MonkeyPatch, local_output: Path) -> Iterator[dict[str, str]]:
    """Create both stacks; give the outputs of the service stack."""
    del environment
    with mock_aws():
        boto3.client("ssm").put_parameter(
            Name="/cdk-bootstrap/hnb659fds/version", Value="30", Type="String"
        )
        stacks = boto3.client("cloudformation")
        stacks.create_stack(StackName="data", TemplateBody=json.dumps(_stand_in()))
        stacks.create_stack(
            StackName="service",
            TemplateBody=json.dumps(Template.read(local_output, "Service").body),
            Capabilities=["CAPABILITY_IAM"],
        )
        (found,) = stacks.describe_stacks(StackName="service")["Stacks"]
        assert found["StackStatus"] == "CREATE_COMPLETE"
        yield {item["OutputKey"]: item["OutputValue"] for item in found["Outputs"]}


def _functions() -> dict[str, Any]:
    found = boto3.client("lambda").list_functions()["Functions"]
    return {
        item["Handler"].split(".")[1]: item
        for item in found
        if item["Handler"].startswith("functions.")
    }


@pytest.mark.usefixtures("stack")
@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_functions_settings_accept_what_its_variables_resolve_to(function: str) -> None:
    variables = _functions()[function]["Environment"]["Variables"]
    module = importlib.import_module(f"functions.{function}.settings")
    settings = getattr(module, f"{function.capitalize()}Settings")
    read = settings(**{name.lower(): value for name, value in variables.items()})
    assert (read.stage, read.database_tls, read.database_port) == ("local", "off", 5432)
    assert read.database_user == f"the-database-user-{function}"


def test_the_functions_speak_to_the_queues_that_the_stack_made(stack: dict[str, str]) -> None:
    api = _functions()["api"]["Environment"]["Variables"]
    assert api["JOBS_QUEUE_URL"] == stack["JobsQueueUrl"]
    assert api["RECONCILER_FUNCTION_NAME"] == _functions()["reconciler"]["FunctionName"]
    notifier = _functions()["notifier"]["Environment"]["Variables"]
    assert notifier["DEAD_LETTER_QUEUE_URL"] == stack["DeadLetterQueueUrl"]
    assert notifier["PUBLIC_BASE_URL"] == stack["ApiAddress"]


@pytest.mark.usefixtures("stack")
def test_the_mappings_keep_what_a_runner_has_to_know() -> None:
    mappings = boto3.client("lambda").list_event_source_mappings()["EventSourceMappings"]
    assert len(mappings) == 2
    for mapping in mappings:
        assert mapping["BatchSize"] == 10
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert mapping["ScalingConfig"]["MaximumConcurrency"] in {2, 5}


@pytest.mark.usefixtures("stack")
def test_the_routes_are_there_with_their_locks() -> None:
    gateway = boto3.client("apigateway")
    (api,) = gateway.get_rest_apis()["items"]
    resources = gateway.get_resources(restApiId=api["id"], limit=500)["items"]
    locks = {
        (method, resource["path"]): details["authorizationType"]
        for resource in resources
        for method, details in resource.get("resourceMethods", {}).items()
    }
    assert locks.pop(("POST", "/api/v1/zendesk/webhook")) == "NONE"
    assert len(locks) == 12
    assert set(locks.values()) == {"AWS_IAM"}


def test_the_dashboard_is_taken_with_every_reference_resolved(stack: dict[str, str]) -> None:
    found = boto3.client("cloudwatch").get_dashboard(DashboardName="creditor-mail-local")
    body = json.loads(found["DashboardBody"])
    assert "Fn::" not in found["DashboardBody"]
    queues = {url.rpartition("/")[2] for name, url in stack.items() if name.endswith("QueueUrl")}
    named = {
        metric[metric.index("QueueName") + 1]
        for widget in body["widgets"]
        for metric in widget["properties"].get("metrics", [])
        if "QueueName" in metric
    }
    assert named == queues


@pytest.fixture
def unread_queues(stack: dict[str, str]) -> dict[str, str]:
    """Switch off moto's own feeds, which would start a container for each message."""
    functions = boto3.client("lambda")
    for mapping in functions.list_event_source_mappings()["EventSourceMappings"]:
        functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
    return stack


def test_one_message_passes_both_redrives(unread_queues: dict[str, str]) -> None:
    queues = boto3.client("sqs")
    jobs, dead_letters, parking = (
        unread_queues[f"{name}QueueUrl"] for name in ("Jobs", "DeadLetter", "Parking")
    )
    correlation: Any = {"correlation_id": {"DataType": "String", "StringValue": "gateway-request"}}
    queues.send_message(QueueUrl=jobs, MessageBody="poison", MessageAttributes=correlation)

    def receives(url: str) -> int:
        count = 0
        while queues.receive_message(QueueUrl=url, VisibilityTimeout=0).get("Messages"):
            count += 1
            assert count < 100
        return count

    assert receives(jobs) == 20
    assert receives(dead_letters) >= 5
    (parked,) = queues.receive_message(QueueUrl=parking, MessageAttributeNames=["All"])["Messages"]
    assert parked["Body"] == "poison"
    assert parked["MessageAttributes"]["correlation_id"]["StringValue"] == "gateway-request"
