"""What CDK lets pass and AWS would refuse, or worse, accept."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

from tests.infra.conftest import Synthesise
from tests.infra.template import Template

FUNCTIONS = ("api", "worker", "notifier", "reconciler", "eraser", "migrator")
READERS = (("worker", "Jobs"), ("notifier", "DeadLetters"))
DAY = 24 * 60 * 60
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(params=["service", "pausing_service", "local_service"])
def any_service(request: pytest.FixtureRequest) -> Template:
    template: Template = request.getfixturevalue(request.param)
    return template


@pytest.fixture(params=["service", "pausing_service"])
def aws_service(request: pytest.FixtureRequest) -> Template:
    template: Template = request.getfixturevalue(request.param)
    return template


def _mapping(template: Template, function: str) -> dict[str, Any]:
    mappings = template.of_type("AWS::Lambda::EventSourceMapping")
    (found,) = [mapping for name, mapping in mappings.items() if name.lower().startswith(function)]
    return found


def test_every_folder_of_functions_is_a_function_and_nothing_else(service: Template) -> None:
    folders = {path.parent.name for path in ROOT.glob("functions/*/settings.py")}
    assert set(service.functions()) == folders == set(FUNCTIONS)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_gets_exactly_the_variables_that_its_settings_name(
    any_service: Template, function: str
) -> None:
    module = importlib.import_module(f"functions.{function}.settings")
    settings = getattr(module, f"{function.capitalize()}Settings")
    fields = {name.upper() for name in settings.model_fields}
    assert set(any_service.environment(function)) == fields


@pytest.mark.parametrize(("function", "queue"), READERS)
def test_a_message_stays_invisible_for_six_timeouts_of_its_reader(
    any_service: Template, function: str, queue: str
) -> None:
    visibility = any_service.queue(queue)["VisibilityTimeout"]
    assert visibility >= 6 * any_service.functions()[function]["Timeout"]


def test_a_lease_outlives_the_invocation_and_ends_before_the_message_comes_back(
    any_service: Template,
) -> None:
    timeout = any_service.functions()["worker"]["Timeout"]
    lease = timeout + int(any_service.environment("worker")["LEASE_MARGIN_SECONDS"])
    assert timeout < lease < any_service.queue("Jobs")["VisibilityTimeout"]


BUDGETS = [("worker", "JOB_BUDGET_SECONDS", 3), ("notifier", "NOTIFICATION_BUDGET_SECONDS", 2)]
"""Reader of a queue, what one message may cost, and the units of work that it takes."""


@pytest.mark.parametrize(("function", "budget", "units"), BUDGETS)
def test_one_message_fits_into_an_invocation(
    any_service: Template, function: str, budget: str, units: int
) -> None:
    cost = int(any_service.environment(function)[budget])
    assert 0 < cost < any_service.functions()[function]["Timeout"]


@pytest.mark.parametrize(("function", "budget", "units"), BUDGETS)
def test_a_message_keeps_its_budget_even_if_nothing_answers(
    aws_service: Template, function: str, budget: str, units: int
) -> None:
    variables = aws_service.environment(function)
    tries = 2 * units * int(variables["DATABASE_CONNECT_TIMEOUT_SECONDS"])
    assert tries + int(variables["AWS_CALL_TIMEOUT_SECONDS"]) <= int(variables[budget])


def test_a_lease_counts_as_dead_when_its_message_should_have_come_back(
    any_service: Template,
) -> None:
    dead_after = any_service.environment("reconciler")["LEASE_DEAD_AFTER_SECONDS"]
    assert int(dead_after) == any_service.queue("Jobs")["VisibilityTimeout"]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_statement_is_cancelled_before_its_connection_and_its_function_are(
    aws_service: Template, function: str
) -> None:
    variables = aws_service.environment(function)
    waits = [
        int(variables[f"DATABASE_{name}_TIMEOUT_SECONDS"])
        for name in ("LOCK", "STATEMENT", "CONNECT")
    ]
    waits.append(aws_service.functions()[function]["Timeout"])
    assert waits == sorted(set(waits))


@pytest.mark.parametrize(("function", "queue"), READERS)
def test_only_the_records_that_failed_come_back(
    any_service: Template, function: str, queue: str
) -> None:
    mapping = _mapping(any_service, function)
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert f"Queues{queue}" in str(mapping["EventSourceArn"])


@pytest.mark.parametrize("function", ["worker", "notifier"])
def test_a_feed_limits_itself_and_reserves_nothing(service: Template, function: str) -> None:
    mapping = _mapping(service, function)
    assert mapping["ScalingConfig"] == {"MaximumConcurrency": 5 if function == "worker" else 2}
    assert mapping["BatchSize"] == 10
    assert "MaximumBatchingWindowInSeconds" not in mapping


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_runs_beside_the_database_and_logs_for_thirty_days(
    service: Template, function: str
) -> None:
    found = service.functions()[function]
    assert (found["Runtime"], found["Architectures"]) == ("python3.13", ["arm64"])
    assert len(found["VpcConfig"]["SubnetIds"]) == 2
    assert "ReservedConcurrentExecutions" not in found
    log_group = service.of_type("AWS::Logs::LogGroup")[found["LoggingConfig"]["LogGroup"]["Ref"]]
    assert log_group["RetentionInDays"] == 30


@pytest.mark.parametrize(
    ("function", "lease"),
    [
        ("notifier", "NOTIFYING_LEASE_SECONDS"),
        ("reconciler", "RECONCILIATION_LEASE_SECONDS"),
    ],
)
def test_nobody_takes_over_while_an_invocation_may_still_run(
    any_service: Template, function: str, lease: str
) -> None:
    seconds = int(any_service.environment(function)[lease])
    assert seconds > any_service.functions()[function]["Timeout"]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_call_is_traced_without_any_package_for_it(service: Template, function: str) -> None:
    assert service.functions()[function]["TracingConfig"] == {"Mode": "Active"}
    assert service.the("AWS::ApiGateway::Stage")["TracingEnabled"] is True


def test_on_aws_the_times_of_keeping_are_the_settings(synthesise: Synthesise) -> None:
    wishes = ("bodyRetentionDays=365", "quarantineRetentionDays=30", "logRetentionDays=7")
    template = Template.read(synthesise("stage=prod", *wishes), "Service")
    reconciler, eraser = template.environment("reconciler"), template.environment("eraser")
    assert reconciler["CONTENT_RETENTION_SECONDS"] == str(365 * DAY)
    assert reconciler["QUARANTINE_RETENTION_SECONDS"] == str(30 * DAY)
    assert eraser["LOG_RETENTION_SECONDS"] == str(7 * DAY)
    groups = template.of_type("AWS::Logs::LogGroup").values()
    assert {group["RetentionInDays"] for group in groups} == {7}


def test_the_certificate_knows_how_long_the_database_is_backed_up(
    service: Template, data: Template
) -> None:
    backups = data.the("AWS::RDS::DBCluster")["BackupRetentionPeriod"]
    assert service.environment("eraser")["BACKUP_RETENTION_SECONDS"] == str(backups * DAY)


def test_the_command_line_is_answered_before_it_asks_again(service: Template) -> None:
    aws_cli_gives_up_after = 60
    assert service.functions()["eraser"]["Timeout"] < aws_cli_gives_up_after


def test_jobs_become_dead_letters_and_dead_letters_are_parked(service: Template) -> None:
    jobs, dead_letters = service.queue("Jobs"), service.queue("DeadLetters")
    assert jobs["RedrivePolicy"]["maxReceiveCount"] == 20
    assert "DeadLetters" in str(jobs["RedrivePolicy"]["deadLetterTargetArn"])
    assert dead_letters["RedrivePolicy"]["maxReceiveCount"] == 25
    assert "Parking" in str(dead_letters["RedrivePolicy"]["deadLetterTargetArn"])
    assert "RedrivePolicy" not in service.queue("Parking")


def test_a_message_is_kept_longer_by_each_queue_that_it_moves_on_to(service: Template) -> None:
    """Defect 8: dead letters were gone after a day, so a weekend erased them.

    A message keeps the age it came with, so what is parked last of all has four days left.
    """
    chain = ("Jobs", "DeadLetters", "Parking")
    kept = [service.queue(name)["MessageRetentionPeriod"] for name in chain]
    assert kept == [4 * DAY, 10 * DAY, 14 * DAY]
    assert service.queue("MissedRuns")["MessageRetentionPeriod"] == 14 * DAY


def test_reserved_concurrency_is_off_because_a_new_account_has_none_to_give(
    service: Template,
) -> None:
    for function in service.functions().values():
        assert "ReservedConcurrentExecutions" not in function


def test_reserved_on_request_no_queue_pulls_more_than_its_reader_may_take(
    synthesise: Synthesise,
) -> None:
    """Otherwise Lambda throws healthy messages back until they are dead letters."""
    template = Template.read(synthesise("stage=dev", "reserveConcurrency=on"), "Service")
    reserved = {
        name: properties.get("ReservedConcurrentExecutions")
        for name, properties in template.functions().items()
    }
    assert {name: number for name, number in reserved.items() if number} == {
        "api": 20,
        "worker": 5,
        "notifier": 2,
        "reconciler": 2,
    }
    for function, _queue in READERS:
        scaling = _mapping(template, function)["ScalingConfig"]
        assert scaling["MaximumConcurrency"] <= reserved[function]


def test_every_queue_refuses_plain_http(service: Template) -> None:
    policies = service.of_type("AWS::SQS::QueuePolicy").values()
    refused = {
        policy["Queues"][0]["Ref"]
        for policy in policies
        for statement in policy["PolicyDocument"]["Statement"]
        if statement["Effect"] == "Deny"
        and statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    }
    assert refused == set(service.of_type("AWS::SQS::Queue"))
