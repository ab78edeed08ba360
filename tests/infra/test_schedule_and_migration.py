"""What runs by itself, and in which order a deploy happens."""

from __future__ import annotations

import pytest

from tests.infra.template import Template, readable


def test_the_reconciler_runs_every_ten_minutes_and_gives_up_when_the_next_run_is_due(
    service: Template,
) -> None:
    schedule = service.the("AWS::Scheduler::Schedule")
    assert schedule["ScheduleExpression"] == "rate(10 minutes)"
    assert "Reconciler" in str(schedule["Target"]["Arn"])
    assert schedule["Target"]["Input"] == "{}"
    assert schedule["Target"]["RetryPolicy"] == {
        "MaximumEventAgeInSeconds": 600,
        "MaximumRetryAttempts": 1,
    }


def test_a_reconciler_that_fails_is_not_run_again_at_once(service: Template) -> None:
    asynchronous = service.the("AWS::Lambda::EventInvokeConfig")
    assert "Reconciler" in str(asynchronous["FunctionName"])
    assert asynchronous["MaximumRetryAttempts"] == 0
    assert asynchronous["MaximumEventAgeInSeconds"] == 600


def test_a_call_of_the_reconciler_that_comes_to_nothing_leaves_a_message(
    service: Template,
) -> None:
    """Scheduler's own queue sees what never arrived, Lambda's destination what failed inside."""
    never_arrived = service.the("AWS::Scheduler::Schedule")["Target"]["DeadLetterConfig"]["Arn"]
    failed = service.the("AWS::Lambda::EventInvokeConfig")["DestinationConfig"]["OnFailure"]
    assert readable(never_arrived) == readable(failed["Destination"]) == "QueuesMissedRuns.Arn"


def test_the_schedule_is_called_with_the_role_that_is_made_for_it(service: Template) -> None:
    role = service.the("AWS::Scheduler::Schedule")["Target"]["RoleArn"]
    assert readable(role) == "ReconcilerScheduleRole.Arn"


def test_a_changed_migrator_runs_and_is_given_its_whole_timeout(service: Template) -> None:
    migration = service.the("AWS::CloudFormation::CustomResource")
    assert migration["HandlerArn"]["Ref"].startswith("MigratorCurrentVersion")
    assert migration["ExecuteOnHandlerChange"] is True
    assert migration["Timeout"] == str(service.functions()["migrator"]["Timeout"] * 1000)


@pytest.mark.parametrize("function", ["Api", "Worker", "Notifier", "Reconciler", "Eraser"])
def test_the_schema_is_new_before_the_function_is(service: Template, function: str) -> None:
    resources = service.body["Resources"]
    (depends_on,) = [
        resource["DependsOn"]
        for name, resource in resources.items()
        if resource["Type"] == "AWS::Lambda::Function" and name.startswith(function)
    ]
    waits_for = [name for name in depends_on if resources[name]["Type"].endswith("CustomResource")]
    assert waits_for == ["Migration"]
