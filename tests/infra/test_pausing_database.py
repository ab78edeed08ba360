"""A database that may pause: what it needs of everything else, and what is refused and said."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.data_choices import INTERVAL_WITH_PAUSES
from infra.settings import Settings, SettingsError
from tests.infra.conftest import Synthesise
from tests.infra.template import Template

WAKING_SECONDS = 30
"""The longest that Aurora takes to resume, after more than a day's pause (its user guide)."""
BACKGROUND = ("worker", "notifier", "reconciler", "eraser", "migrator")


def _problems(**context: object) -> list[str]:
    with pytest.raises(SettingsError) as refused:
        Settings.from_context({"stage": "dev", **context})
    return str(refused.value).splitlines()


def test_it_pauses_after_five_minutes_or_when_it_is_told_to(
    pausing_output: Path, synthesise: Synthesise
) -> None:
    cluster = Template.read(pausing_output, "Data").the("AWS::RDS::DBCluster")
    scaling = cluster["ServerlessV2ScalingConfiguration"]
    assert scaling == {"MinCapacity": 0, "MaxCapacity": 4, "SecondsUntilAutoPause": 300}
    context = "databaseMinAcu=0", "databaseAutoPauseSeconds=900", "databaseMaxAcu=1.5"
    cluster = Template.read(synthesise(*context), "Data").the("AWS::RDS::DBCluster")
    scaling = cluster["ServerlessV2ScalingConfiguration"]
    assert scaling == {"MinCapacity": 0, "MaxCapacity": 1.5, "SecondsUntilAutoPause": 900}


def test_no_function_keeps_a_connection_that_would_keep_it_awake(
    service: Template, pausing_service: Template, local_service: Template
) -> None:
    for template, pool in ((service, "one"), (pausing_service, "none"), (local_service, "one")):
        pools = {template.environment(name)["DATABASE_POOL"] for name in template.functions()}
        assert pools == {pool}


@pytest.mark.parametrize("function", BACKGROUND)
def test_whoever_has_time_waits_until_it_is_awake(pausing_service: Template, function: str) -> None:
    variables = pausing_service.environment(function)
    assert int(variables["DATABASE_CONNECT_TIMEOUT_SECONDS"]) > WAKING_SECONDS


def test_the_webhook_does_not_wait(service: Template, pausing_service: Template) -> None:
    names = [f"DATABASE_{name}_TIMEOUT_SECONDS" for name in ("CONNECT", "STATEMENT", "LOCK")]
    never, sometimes = (
        [template.functions()["api"]["Timeout"], *map(template.environment("api").get, names)]
        for template in (service, pausing_service)
    )
    assert sometimes == never == [10, "3", "2", "1"]


def test_the_reconciler_leaves_it_time_to_pause(pausing_service: Template) -> None:
    schedule = pausing_service.the("AWS::Scheduler::Schedule")
    assert schedule["ScheduleExpression"] == "rate(30 minutes)"
    assert schedule["Target"]["RetryPolicy"]["MaximumEventAgeInSeconds"] == 1800


def test_whoever_deploys_is_told_the_consequences(pausing_output: Path, aws_output: Path) -> None:
    def warnings(output: Path) -> str:
        metadata = (output / "Data.metadata.json").read_text()
        return metadata if "aws:cdk:warning" in metadata else ""

    told = warnings(pausing_output)
    for words in ("300 seconds", "15 to 30 seconds to wake", "answers 503", "every 30 minutes"):
        assert words in told
    assert not warnings(aws_output)


def test_prod_refuses_it_with_the_reason() -> None:
    (problem,) = _problems(stage="prod", databaseMinAcu="0")
    assert problem.startswith("databaseMinAcu 0 is not for prod")
    assert "webhook" in problem


@pytest.mark.parametrize(
    ("context", "words"),
    [
        ({"databaseMinAcu": 8, "databaseMaxAcu": 2}, "databaseMinAcu 8 is more than"),
        ({"databaseMinAcu": "0.7"}, "steps of 0.5"),
        ({"databaseMinAcu": -1}, "0 to 256"),
        ({"databaseMaxAcu": "0.5"}, "1 to 256"),
        ({"databaseMaxAcu": 300}, "1 to 256"),
        ({"databaseMinAcu": "much"}, "databaseMinAcu is 'much'; it must be a number"),
        ({"databaseMinAcu": "nan"}, "it must be a number"),
        ({"databaseMinAcu": True}, "it must be a number"),
        ({"databaseAutoPauseSeconds": 600}, "never pauses"),
        ({"databaseMinAcu": 0, "databaseAutoPauseSeconds": 60}, "300 (5 minutes) to 86400"),
        ({"databaseMinAcu": 0, "databaseAutoPauseSeconds": "1e30"}, "it must be a number"),
        ({"databaseMinAcu": 0, "databaseAutoPauseSeconds": 300.5}, "must be a whole number"),
        ({"databaseMinAcu": 0, "databaseAutoPauseSeconds": 1800}, "would never come about"),
    ],
)
def test_what_does_not_go_together_is_refused_in_one_sentence(
    context: dict[str, object], words: str
) -> None:
    (problem,) = _problems(**context)
    assert words in problem


def test_any_pause_that_is_admitted_is_shorter_than_the_reconcilers_interval() -> None:
    longest = int(INTERVAL_WITH_PAUSES.total_seconds()) - 1
    context = {"databaseMinAcu": 0, "databaseAutoPauseSeconds": longest}
    pause = Settings.from_context(context).capacity.pauses_after
    assert pause is not None
    assert pause < INTERVAL_WITH_PAUSES


@pytest.mark.parametrize("gateways", [0, 3, "1.5", "two"])
def test_the_functions_need_one_gateway_or_two(gateways: object) -> None:
    assert "natGateways is" in _problems(natGateways=gateways)[0]


def test_an_endpoint_or_a_log_that_there_is_not_is_refused_with_those_there_are() -> None:
    (problem,) = _problems(interfaceEndpoints="sqs,ses")
    assert problem == (
        "interfaceEndpoints holds ses; it takes any of sqs, secretsmanager, email, lambda."
    )
    (problem,) = _problems(flowLogs="some")
    assert problem == "flowLogs is 'some'; it must be one of none, rejected, all."
