"""Who may do what: the whole of it, so that a new right is a change of this table."""

from __future__ import annotations

import pytest

from tests.infra.conftest import Synthesise
from tests.infra.template import Template, readable

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
TRACES = {"xray:PutTraceSegments", "xray:PutTelemetryRecords"}
"""X-Ray knows no resources for them. A function may write traces, and can't read any."""
WEBHOOK = "<creditor-mail-dev-webhook-secret-arn>"
MAIL_RESOURCES = ("identity/*", "configuration-set/creditor-mail-dev")


def _on(resource: str, *actions: str) -> set[tuple[str, str]]:
    return {(action, resource) for action in actions}


ALLOWED = {
    "api": _on(JOBS, *SENDS)
    | _on(WEBHOOK, "secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret")
    | _on("Reconciler.Arn", "lambda:InvokeFunction")
    | _on("Reconciler.Arn:*", "lambda:InvokeFunction"),
    "worker": _on(JOBS, *READS) | _on(DEAD_LETTERS, *SENDS),
    "notifier": _on(DEAD_LETTERS, *READS)
    | {
        (f"ses:{action}", f"arn:Partition:ses:Region:AccountId:{resource}")
        for action in ("SendEmail", "SendRawEmail")
        for resource in MAIL_RESOURCES
    },
    "reconciler": _on(JOBS, *SENDS) | _on(DEAD_LETTERS, *SENDS) | _on(MISSED_RUNS, *SENDS),
    "eraser": set(),
    "migrator": set(),
}


@pytest.mark.parametrize("function", ALLOWED)
def test_a_function_may_do_what_the_table_says_and_sign_in_as_itself(
    service: Template, function: str
) -> None:
    user = f"<creditor-mail-dev-database-resource-id>/<creditor-mail-dev-database-user-{function}>"
    sign_in = _on(f"arn:Partition:rds-db:Region:AccountId:dbuser:{user}", "rds-db:connect")
    assert service.grants(function) == ALLOWED[function] | sign_in | _on("*", *TRACES)


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
    for function in ALLOWED:
        assert not [place for _, place in service.grants(function) if "Eraser" in place]
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
        ("maker.reader-v1:0", {"arn:aws:bedrock:eu-central-1::foundation-model/maker.reader-v1:0"}),
        (
            "eu.maker.reader-v1:0",
            {
                "arn:aws:bedrock:*::foundation-model/maker.reader-v1:0",
                "arn:aws:bedrock:eu-central-1:AccountId:inference-profile/eu.maker.reader-v1:0",
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
