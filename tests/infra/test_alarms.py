"""Who is woken, why, and what it says to do; and the traps of CloudWatch's own metrics."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from infra.costs import Usage
from tests.infra.asked_metrics import asked, asked_by_alarm
from tests.infra.conftest import Synthesise
from tests.infra.shapes import ADDRESSES
from tests.infra.template import Template, readable

GOOD, BAD, AS_BEFORE = "notBreaching", "breaching", "ignore"
ALARMS = {
    "WebhookRejected": (1, GOOD),
    "WebhookQuarantined": (1, GOOD),
    "ApiServerErrors": (3, GOOD),
    "ReconcilerSilent": (1, BAD),
    "OldestOpenJob": (1800, AS_BEFORE),
    "MessagesParked": (1, AS_BEFORE),
    "DeadLettersWaiting": (0.9, GOOD),
    "ReconcilerCallsMissed": (1, AS_BEFORE),
    "AsyncEventsDropped": (1, GOOD),
    "JobsFailed": (5, GOOD),
    "NotificationSkipped": (1, GOOD),
    "FunctionErrors": (3, GOOD),
    "FunctionNearTimeout": (80, GOOD),
    "FunctionThrottled": (1, GOOD),
    "FunctionConcurrency": (25, GOOD),
    "DatabaseCapacity": (90, GOOD),
    "DatabaseConnections": (100, GOOD),
}
"""Name → threshold, and what missing data means."""

KNOWN: dict[str, tuple[set[str], set[str]]] = {
    "AWS/ApiGateway": ({"ApiName", "Stage"}, {"4XXError", "5XXError", "Count", "Latency"}),
    "AWS/Lambda": (
        {"FunctionName"},
        {
            "AsyncEventsDropped",
            "ConcurrentExecutions",
            "DestinationDeliveryFailures",
            "Duration",
            "Errors",
            "Invocations",
            "Throttles",
        },
    ),
    "AWS/Logs": ({"LogGroupName"}, {"IncomingBytes"}),
    "AWS/RDS": (
        {"DBClusterIdentifier"},
        {"ACUUtilization", "DatabaseConnections", "ServerlessDatabaseCapacity"},
    ),
    "AWS/SQS": (
        {"QueueName"},
        {
            "ApproximateNumberOfMessagesNotVisible",
            "ApproximateNumberOfMessagesVisible",
            "NumberOfEmptyReceives",
            "NumberOfMessagesSent",
        },
    ),
}
"""AWS's namespace → the dimensions we ask by, and metrics that its user guides name."""


def _alarms(template: Template) -> dict[str, dict[str, Any]]:
    found = template.of_type("AWS::CloudWatch::Alarm").values()
    return {alarm["AlarmName"].rpartition("-")[2]: alarm for alarm in found}


def _seconds(alarm: dict[str, Any]) -> int:
    periods = [
        part["MetricStat"]["Period"] for part in alarm.get("Metrics", []) if "MetricStat" in part
    ]
    return int(alarm.get("Period") or periods[0])


@pytest.fixture(params=["service", "local_service"])
def any_service(request: pytest.FixtureRequest) -> Template:
    template: Template = request.getfixturevalue(request.param)
    return template


def test_the_alarms_are_these_and_each_says_what_missing_data_means(service: Template) -> None:
    alarms = _alarms(service)
    found = {name: (each["Threshold"], each["TreatMissingData"]) for name, each in alarms.items()}
    assert found == ALARMS


@pytest.mark.parametrize("name", ALARMS)
def test_an_alarm_tells_the_topic_when_it_begins_and_ends_and_what_to_do(
    service: Template, name: str
) -> None:
    alarm = _alarms(service)[name]
    (topic,) = service.of_type("AWS::SNS::Topic")
    assert alarm["AlarmActions"] == alarm["OKActions"] == [{"Ref": topic}]
    assert alarm["AlarmName"] == f"creditor-mail-dev-{name}"
    reason, _, runbook = alarm["AlarmDescription"].partition(" Runbook: ")
    assert reason.endswith(".")
    assert runbook.endswith(".")
    assert len(alarm["AlarmDescription"]) <= 1024


def test_a_silent_reconciler_is_the_alarm_that_needs_no_data(any_service: Template) -> None:
    alarm = _alarms(any_service)["ReconcilerSilent"]
    rate = any_service.the("AWS::Scheduler::Schedule")["ScheduleExpression"]
    (minutes,) = re.findall(r"\d+", rate)
    assert alarm["ComparisonOperator"] == "LessThanThreshold"
    assert alarm["Period"] == 3 * 60 * int(minutes)
    assert alarm["TreatMissingData"] == "breaching"


def test_the_oldest_job_is_asked_of_the_database_as_often_as_it_is_told(
    any_service: Template,
) -> None:
    alarm = _alarms(any_service)["OldestOpenJob"]
    assert (alarm["MetricName"], alarm["Statistic"]) == ("OldestOpenJobAge", "Maximum")
    assert alarm["Period"] * 3 == _alarms(any_service)["ReconcilerSilent"]["Period"]


def test_an_alarms_formula_uses_what_it_asks_for_and_nothing_else(service: Template) -> None:
    for name, alarm in _alarms(service).items():
        parts = alarm.get("Metrics", [])
        stats = {part["Id"] for part in parts if "MetricStat" in part}
        formulas = [part["Expression"] for part in parts if "Expression" in part]
        if formulas:
            used = set(re.findall(r"\b[a-z]\w*\b", formulas[0]))
            assert used == stats, name
        assert len([part for part in parts if part.get("ReturnData", True)]) <= 1, name


def test_every_alarm_is_within_cloudwatchs_own_bounds(any_service: Template) -> None:
    """Ten metrics; a look back of a day, or of a week if the periods are hours."""
    for alarm in _alarms(any_service).values():
        seconds = _seconds(alarm)
        assert seconds % 60 == 0
        looks_back = seconds * alarm["EvaluationPeriods"]
        assert looks_back <= (7 if seconds >= 3600 else 1) * 24 * 3600
        assert alarm["DatapointsToAlarm"] <= alarm["EvaluationPeriods"]
        assert len(list(asked_by_alarm(alarm))) <= 10


def test_a_functions_share_of_its_timeout_is_of_its_own_timeout(any_service: Template) -> None:
    (formula,) = (
        part["Expression"]
        for part in _alarms(any_service)["FunctionNearTimeout"]["Metrics"]
        if "Expression" in part
    )
    shares = dict(re.findall(r"FILL\(duration_(\w+), 0\) / (\d+)", formula))
    timeouts = {name: each["Timeout"] for name, each in any_service.functions().items()}
    # Durations are milliseconds: divided by ten times the seconds they are percent.
    assert {name: int(divisor) for name, divisor in shares.items()} == {
        name: timeout * 10 for name, timeout in timeouts.items()
    }


def test_no_metric_is_asked_that_hides_what_it_should_show(service: Template) -> None:
    """SQS leaves retried messages out of the age, and redriven ones out of what was sent."""
    for alarm in _alarms(service).values():
        names = {one.name for one in asked_by_alarm(alarm)}
        assert not names & {"ApproximateAgeOfOldestMessage", "NumberOfMessagesSent"}
    for one in asked(service):
        if one.name in {"Duration", "Latency"}:
            assert one.statistic in {"p99", "Sum"}, "An average of durations hides the slow ones."


def test_every_metric_of_aws_is_one_that_there_is(service: Template) -> None:
    for one in asked(service):
        if one.namespace != "CreditorMail":
            dimensions, names = KNOWN[one.namespace]
            assert one.dimension_names == dimensions, one
            assert one.name in names, one


def test_the_gateways_metrics_are_asked_by_the_name_that_it_has(any_service: Template) -> None:
    named = any_service.the("AWS::ApiGateway::RestApi")["Name"]
    stage = any_service.the("AWS::ApiGateway::Stage")["StageName"]
    seen = {one.dimensions for one in asked(any_service) if one.namespace == "AWS/ApiGateway"}
    assert seen == {frozenset({("ApiName", named), ("Stage", stage)})}


@pytest.fixture(scope="module")
def inside(synthesise: Synthesise) -> Template:
    """Return a stage whose callers have a gateway of their own."""
    output = synthesise("access=network", "jobsApiVpcEndpoints=vpce-0a1b2c3d4e5f67890")
    return Template.read(output, "Service")


def test_a_second_gateways_metrics_are_asked_wherever_the_firsts_are(inside: Template) -> None:
    names = {each["Name"] for each in inside.of_type("AWS::ApiGateway::RestApi").values()}
    assert len(names) == 2
    by_gateway: dict[str, set[tuple[str, str]]] = {name: set() for name in names}
    for one in asked(inside):
        if one.namespace == "AWS/ApiGateway":
            by_gateway[dict(one.dimensions)["ApiName"]].add((one.name, one.statistic))
    public, private = by_gateway.values()
    assert public == private
    assert {name for name, _ in public} == {"4XXError", "5XXError", "Count", "Latency"}


def test_either_gateways_errors_wake_somebody(inside: Template) -> None:
    alarm = _alarms(inside)["ApiServerErrors"]
    names = {each["Name"] for each in inside.of_type("AWS::ApiGateway::RestApi").values()}
    assert {dict(one.dimensions)["ApiName"] for one in asked_by_alarm(alarm)} == names
    (formula,) = (part["Expression"] for part in alarm["Metrics"] if "Expression" in part)
    assert formula == "SUM([FILL(gateway_1_5xxerror, 0), FILL(gateway_2_5xxerror, 0)])"


def test_the_bill_counts_each_metric_that_an_alarm_asks_for(synthesise: Synthesise) -> None:
    alarms = _alarms(Template.read(synthesise("stage=prod"), "Service"))
    assert Usage().alarms == sum(len(list(asked_by_alarm(alarm))) for alarm in alarms.values())


def test_only_on_the_stage_that_gets_mail_its_absence_is_an_alarm(
    synthesise: Synthesise, service: Template
) -> None:
    prod = _alarms(Template.read(synthesise("stage=prod", *ADDRESSES), "Service"))
    assert set(prod) - set(_alarms(service)) == {"NoMailArrives"}
    assert prod["NoMailArrives"]["TreatMissingData"] == "breaching"
    assert prod["NoMailArrives"]["Period"] * prod["NoMailArrives"]["EvaluationPeriods"] == 3 * 86400


def test_somebody_is_mailed_only_if_the_settings_name_somebody(
    synthesise: Synthesise, service: Template
) -> None:
    assert not service.of_type("AWS::SNS::Subscription")
    told = Template.read(synthesise("stage=dev", "alarmEmail=oncall@kanzlei.example"), "Service")
    subscription = told.the("AWS::SNS::Subscription")
    assert (subscription["Protocol"], subscription["Endpoint"]) == (
        "email",
        "oncall@kanzlei.example",
    )


def test_the_topic_takes_what_cloudwatch_of_this_account_says_and_nothing_unencrypted(
    service: Template,
) -> None:
    """A topic with a policy of its own has lost the one that lets alarms publish."""
    statements = service.the("AWS::SNS::TopicPolicy")["PolicyDocument"]["Statement"]
    by_effect = {statement["Effect"]: statement for statement in statements}
    assert by_effect["Deny"]["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    allowed = by_effect["Allow"]
    assert allowed["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
    assert readable(allowed["Condition"]["StringEquals"]["aws:SourceAccount"]) == "AccountId"


def test_the_page_about_alarms_names_them_all(synthesise: Synthesise) -> None:
    page = Path("docs/observability.md").read_text("utf-8")
    section = page.partition("## Alarms")[2].partition("\n`ReconcilerSilent` is")[0]
    named = set(re.findall(r"`([A-Z]\w+)`", section))
    assert named == set(_alarms(Template.read(synthesise("stage=prod"), "Service")))


def test_no_runbook_sends_to_what_the_database_does_not_keep(
    service: Template, data: Template
) -> None:
    cluster, writer = (data.the(f"AWS::RDS::{kind}") for kind in ("DBCluster", "DBInstance"))
    for part in (cluster, writer):
        assert not {"EnableCloudwatchLogsExports", "EnablePerformanceInsights"} & set(part)
        assert not {"DatabaseInsightsMode", "PerformanceInsightsEnabled"} & set(part)
    runbooks = [
        alarm["AlarmDescription"] for alarm in service.of_type("AWS::CloudWatch::Alarm").values()
    ]
    assert not [words for words in runbooks if "Insights" in words or "database's log" in words]


def test_the_page_asks_the_database_what_it_is_doing_in_words_that_it_answers(
    sql: Connection,
) -> None:
    page = Path("docs/observability.md").read_text("utf-8")
    (question,) = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    running = sql.execute(text(question)).mappings().all()
    assert "SELECT usename" in " ".join(row["statement"] for row in running)
    assert {row["usename"] for row in running} >= {
        sql.execute(text("SELECT current_user")).scalar_one()
    }
