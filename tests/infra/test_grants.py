"""Who may do what: the whole of it, so that a new right is a change of this table."""

from __future__ import annotations

import json

import pytest

from tests.infra.conftest import Synthesise
from tests.infra.template import Pairs, Properties, Template, label, pairs, readable

SENDS = {"sqs:SendMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl"}
READS = {
    "sqs:ReceiveMessage",
    "sqs:DeleteMessage",
    "sqs:ChangeMessageVisibility",
    "sqs:GetQueueAttributes",
    "sqs:GetQueueUrl",
}
JOBS, DEAD_LETTERS = "QueuesJobs.Arn", "QueuesDeadLetters.Arn"
MISSED_RUNS = "QueuesMissedRuns.Arn"
WEBHOOK = "<creditor-mail-dev-webhook-secret-arn>"
HERE = "Region:AccountId"
IDENTITIES = f"arn:Partition:ses:{HERE}:identity/*"
MAIL_RESOURCES = (IDENTITIES, f"arn:Partition:ses:{HERE}:configuration-set/creditor-mail-dev")
WRITES_LOGS = ("logs:CreateLogStream", "logs:PutLogEvents")
MANAGED_LOGS = "arn:${Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"


def _on(resource: str, *actions: str) -> Pairs:
    return {(action, resource) for action in actions}


TRACES = _on("*", "xray:PutTraceSegments", "xray:PutTelemetryRecords")
JOINS_THE_NETWORK = _on(
    "*",
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
)

ALLOWED: dict[str, Pairs] = {
    "api": _on(JOBS, *SENDS)
    | _on(WEBHOOK, "secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret")
    | _on("Reconciler.Arn", "lambda:InvokeFunction"),
    "worker": _on(JOBS, *READS) | _on(DEAD_LETTERS, *SENDS),
    "notifier": _on(DEAD_LETTERS, *READS)
    | {
        (f"ses:{action}", resource)
        for action in ("SendEmail", "SendRawEmail")
        for resource in MAIL_RESOURCES
    },
    "reconciler": _on(JOBS, *SENDS) | _on(DEAD_LETTERS, *SENDS) | _on(MISSED_RUNS, *SENDS),
    "eraser": set(),
    "migrator": set(),
}
"""Beside this, each function signs in as itself, logs to its own group, traces and is joined to
the network."""

OTHERS: dict[str, Pairs] = {
    "ReconcilerScheduleRole": _on("Reconciler.Arn", "lambda:InvokeFunction")
    | _on(MISSED_RUNS, "sqs:SendMessage"),
    "AWSCDKTriggerCustomResourceProviderCustomResourceProviderRole": _on(
        "Migrator.Arn:*", "lambda:InvokeFunction"
    ),
    "NetworkFlowLogIAMRole": _on("NetworkFlowLogs.Arn", "logs:DescribeLogStreams", *WRITES_LOGS),
    "CustomVpcRestrictDefaultSGCustomResourceProviderRole": {
        (f"ec2:{verb}SecurityGroup{way}gress", resource)
        for verb in ("Authorize", "Revoke")
        for way in ("In", "E")
        for resource in (f"arn:Partition:ec2:{HERE}:security-group/Network.DefaultSecurityGroup",)
    },
    "GatewayCloudWatchRole": set(),
}
"""The roles that are no function's of ours."""

MANAGED = {
    "AWSCDKTriggerCustomResourceProviderCustomResourceProviderRole": [MANAGED_LOGS],
    "CustomVpcRestrictDefaultSGCustomResourceProviderRole": [MANAGED_LOGS],
    "GatewayCloudWatchRole": [
        "arn:Partition:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
    ],
}
"""The only roles with policies of AWS's: two helpers of CDK's, and the whole region's log role."""

WILDCARDS = {
    **dict.fromkeys(TRACES, "X-Ray knows no resources for writing traces, and reads none by this."),
    **dict.fromkeys(JOINS_THE_NETWORK, "Lambda asks for all; the code itself is denied them."),
    **{
        (f"ses:{action}", IDENTITIES): "Which identity counts is SES's choice; one sender is named."
        for action in ("SendEmail", "SendRawEmail")
    },
    ("lambda:InvokeFunction", "Migrator.Arn:*"): "CDK's trigger calls the version just published.",
    (
        "bedrock:InvokeModel",
        "arn:Partition:bedrock:*::foundation-model/maker.reader-v1:0",
    ): "A profile chooses among its regions; the model is named.",
    **{
        (
            "execute-api:Invoke",
            f"arn:Partition:execute-api:{HERE}:Gateway/live/{route}",
        ): "It stands for the id of one job or inquiry."
        for route in (
            "GET/api/v1/jobs/*",
            "GET/api/v1/inquiries/*",
            "PUT/api/v1/inquiries/*",
            "POST/api/v1/jobs/*/retry",
        )
    },
}
"""(action, resource) with a wildcard that any policy of any shape allows, and why it may."""

TRUSTED = {
    "AWSCDKTriggerCustomResourceProviderCustomResourceProviderRole": "lambda",
    "CustomVpcRestrictDefaultSGCustomResourceProviderRole": "lambda",
    "GatewayCloudWatchRole": "apigateway",
    "NetworkFlowLogIAMRole": "vpc-flow-logs",
    "ReconcilerScheduleRole": "scheduler",
    **{f"{function.capitalize()}Role": "lambda" for function in ALLOWED},
}
"""Role → the one service that may take it."""


@pytest.fixture(scope="module")
def everything(synthesise: Synthesise) -> list[Template]:
    """Return both stacks with all that brings rights along."""
    output = synthesise(
        "stage=dev",
        "gatewayLogRole=create",
        "senderEmail=alerts@kanzlei.example",
        "secondReaderModelId=eu.maker.reader-v1:0",
        "secondReaderRegion=eu-central-1",
        "databaseKey=own",
    )
    return [Template.read(output, stack) for stack in ("Data", "Service")]


def _roles(templates: list[Template]) -> dict[str, tuple[Template, str]]:
    return {
        label(role): (template, role)
        for template in templates
        for role in template.of_type("AWS::IAM::Role")
    }


@pytest.mark.parametrize("function", ALLOWED)
def test_a_function_may_do_what_the_table_says_and_sign_in_as_itself(
    service: Template, function: str
) -> None:
    user = f"<creditor-mail-dev-database-resource-id>/<creditor-mail-dev-database-user-{function}>"
    sign_in = _on(f"arn:Partition:rds-db:{HERE}:dbuser:{user}", "rds-db:connect")
    logs = _on(f"{function.capitalize()}Logs.Arn", *WRITES_LOGS)
    everyones = sign_in | logs | TRACES | JOINS_THE_NETWORK
    assert service.grants(function) == ALLOWED[function] | everyones


@pytest.mark.parametrize("function", ALLOWED)
def test_a_functions_own_code_may_not_touch_the_network_that_lambda_joins_it_to(
    service: Template, function: str
) -> None:
    role = service.functions()[function]["Role"]["Fn::GetAtt"][0]
    (denial,) = [each for each in service.role_statements(role) if each["Effect"] == "Deny"]
    assert pairs([denial], "Deny") == JOINS_THE_NETWORK
    ((operator, keys),) = denial["Condition"].items()
    assert operator == "ArnLike"
    assert {key: readable(value) for key, value in keys.items()} == {
        "lambda:SourceFunctionArn": f"arn:Partition:lambda:{HERE}:function:*"
    }


@pytest.mark.parametrize("function", ALLOWED)
def test_a_functions_rights_are_there_before_it_is(service: Template, function: str) -> None:
    """Otherwise Lambda can't join it to the network, and the first deploy fails now and then."""
    (resource,) = [
        item
        for item in service.body["Resources"].values()
        if item.get("Properties", {}).get("Handler") == f"functions.{function}.handler.handler"
    ]
    role = service.functions()[function]["Role"]["Fn::GetAtt"][0]
    policies = {
        name
        for name, policy in service.of_type("AWS::IAM::Policy").items()
        if {"Ref": role} in policy["Roles"]
    }
    assert policies
    assert policies <= set(resource["DependsOn"])


def test_there_is_no_role_beside_those_of_the_tables(everything: list[Template]) -> None:
    functions = {f"{function.capitalize()}Role" for function in ALLOWED}
    assert set(_roles(everything)) == functions | set(OTHERS) == set(TRUSTED)


@pytest.mark.parametrize("role", OTHERS)
def test_a_role_that_is_no_functions_may_do_what_the_table_says(
    everything: list[Template], role: str
) -> None:
    template, logical_id = _roles(everything)[role]
    assert pairs(template.role_statements(logical_id)) == OTHERS[role]


def test_policies_of_awss_own_are_where_the_table_says(everything: list[Template]) -> None:
    managed = {
        role: [readable(arn) for arn in arns]
        for role, (template, logical_id) in _roles(everything).items()
        if (arns := template.of_type("AWS::IAM::Role")[logical_id].get("ManagedPolicyArns"))
    }
    assert managed == MANAGED


def test_a_role_is_one_services(everything: list[Template]) -> None:
    trusted = {}
    for role, (template, logical_id) in _roles(everything).items():
        document = template.of_type("AWS::IAM::Role")[logical_id]["AssumeRolePolicyDocument"]
        (statement,) = document["Statement"]
        ((kind, service),) = statement["Principal"].items()
        assert (kind, statement["Action"]) == ("Service", "sts:AssumeRole")
        trusted[role] = service.removesuffix(".amazonaws.com")
    assert trusted == TRUSTED


def test_the_schedulers_role_is_this_accounts_and_its_default_groups(service: Template) -> None:
    _, role = _roles([service])["ReconcilerScheduleRole"]
    document = service.of_type("AWS::IAM::Role")[role]["AssumeRolePolicyDocument"]
    condition = document["Statement"][0]["Condition"]["StringEquals"]
    assert {key: readable(value) for key, value in condition.items()} == {
        "aws:SourceAccount": "AccountId",
        "aws:SourceArn": f"arn:Partition:scheduler:{HERE}:schedule-group/default",
    }


def _identity_statements(templates: list[Template]) -> list[Properties]:
    statements = [
        statement
        for template, role in _roles(templates).values()
        for statement in template.role_statements(role)
    ]
    for template in templates:
        for policy in template.of_type("AWS::IAM::ManagedPolicy").values():
            statements += policy["PolicyDocument"]["Statement"]
    return statements


def test_no_wildcard_is_allowed_without_a_reason_in_the_table(everything: list[Template]) -> None:
    statements = _identity_statements(everything)
    assert not [each for each in statements if {"NotAction", "NotResource"} & set(each)]
    allowed = pairs(statements)
    assert not [action for action, _ in allowed if "*" in action]
    assert {pair for pair in allowed if "*" in pair[1]} == set(WILDCARDS)
    assert all(reason.endswith(".") for reason in WILDCARDS.values())


def test_no_policy_goes_past_the_roles(everything: list[Template]) -> None:
    """A policy that is attached to a person or a group of theirs would be none of these."""
    roles = _roles(everything)
    for template in everything:
        for policy in template.of_type("AWS::IAM::Policy").values():
            assert not {"Users", "Groups"} & set(policy)
            assert all(label(role["Ref"]) in roles for role in policy["Roles"])
        for kind in ("User", "Group", "AccessKey", "UserPolicy", "RolePolicy"):
            assert not template.of_type(f"AWS::IAM::{kind}")


def test_no_queue_lets_anybody_in_by_a_policy_of_its_own(service: Template) -> None:
    policies = service.of_type("AWS::SQS::QueuePolicy").values()
    statements = [each for policy in policies for each in policy["PolicyDocument"]["Statement"]]
    assert {each["Effect"] for each in statements} == {"Deny"}


def test_the_databases_key_is_used_as_the_accounts_policies_say(everything: list[Template]) -> None:
    data, _ = everything
    (statement,) = data.the("AWS::KMS::Key")["KeyPolicy"]["Statement"]
    assert readable(statement["Principal"]["AWS"]) == "arn:Partition:iam::AccountId:root"
    assert not [each for each in _identity_statements(everything) if "kms:" in json.dumps(each)]


def test_the_notifier_sends_as_the_sender_only(service: Template) -> None:
    statements = [
        statement
        for policy in service.of_type("AWS::IAM::Policy").values()
        for statement in policy["PolicyDocument"]["Statement"]
        if "ses:SendEmail" in statement["Action"]
    ]
    (statement,) = statements
    sender = {"ses:FromAddress": "alerts@kanzlei.example"}
    assert statement["Condition"] == {"StringEquals": sender}


def test_only_who_is_given_the_policy_may_erase_and_nothing_of_the_product_is(
    service: Template,
) -> None:
    policies = service.of_type("AWS::IAM::ManagedPolicy").items()
    (policy,) = [found for name, found in policies if name.startswith("MayErase")]
    (statement,) = policy["PolicyDocument"]["Statement"]
    assert (statement["Effect"], statement["Action"]) == ("Allow", "lambda:InvokeFunction")
    assert readable(statement["Resource"]) == "Eraser.Arn"
    assert not {"Roles", "Users", "Groups"} & set(policy)
    for _, role in _roles([service]).values():
        allowed = pairs(service.role_statements(role))
        assert not [place for action, place in allowed if "lambda:" in action and "Eraser" in place]
    permissions = service.of_type("AWS::Lambda::Permission").values()
    assert not [each for each in permissions if "Eraser" in str(each["FunctionName"])]


def test_without_a_sender_nobody_may_send(synthesise: Synthesise) -> None:
    template = Template.read(synthesise("stage=dev"), "Service")
    assert not [action for action, _ in template.grants("notifier") if action.startswith("ses:")]


def test_without_a_second_reader_no_model_may_be_asked(service: Template) -> None:
    assert not [action for action, _ in service.grants("worker") if action.startswith("bedrock:")]


@pytest.mark.parametrize(
    ("model_id", "resources"),
    [
        (
            "maker.reader-v1:0",
            {"arn:Partition:bedrock:eu-central-1::foundation-model/maker.reader-v1:0"},
        ),
        (
            "eu.maker.reader-v1:0",
            {
                "arn:Partition:bedrock:*::foundation-model/maker.reader-v1:0",
                "arn:Partition:bedrock:eu-central-1:AccountId:inference-profile/eu.maker.reader-v1:0",
            },
        ),
    ],
)
def test_the_worker_may_ask_the_second_readers_model_and_no_other(
    synthesise: Synthesise, model_id: str, resources: set[str]
) -> None:
    context = f"secondReaderModelId={model_id}", "secondReaderRegion=eu-central-1"
    template = Template.read(synthesise("stage=dev", *context), "Service")
    asked = {place for action, place in template.grants("worker") if action.startswith("bedrock:")}
    assert asked == resources
    feeds = template.of_type("AWS::Lambda::EventSourceMapping")
    (batch,) = [feed["BatchSize"] for name, feed in feeds.items() if name.startswith("Worker")]
    assert batch == 1  # A job that asks a model may take a call's whole time.


def test_the_failure_mail_goes_encrypted_through_the_set_that_the_notifier_names(
    service: Template,
) -> None:
    configuration_set = service.the("AWS::SES::ConfigurationSet")
    assert configuration_set["DeliveryOptions"] == {"TlsPolicy": "REQUIRE"}
    named = service.environment("notifier")["SES_CONFIGURATION_SET"]
    assert configuration_set["Name"] == named
