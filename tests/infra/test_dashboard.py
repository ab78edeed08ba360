"""One dashboard, four questions in this order, and a picture of it that is current."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from functions.api.webhook.payload import Unreadable
from infra.dashboard_picture.body import dashboard_body
from infra.dashboard_picture.picture import draw_dashboard
from infra.dashboard_picture.sample_day import DAY, IN_ALARM, LOG_LINES
from infra.outputs import Output
from shared.domain import errors
from shared.domain.job import MatchStatus
from shared.postgres.stuck_jobs import Standstill
from tests.infra.conftest import Synthesise
from tests.infra.template import Template, readable

FAILED = "Jobs failed"
PICTURE = Path("docs/dashboard.svg")
QUESTIONS = [
    "Is mail flowing?",
    "What is stuck?",
    "What failed, and why?",
    "What does it cost?",
]
CAUSES: set[str] = {
    error().code
    for error in vars(errors).values()
    if isinstance(error, type) and issubclass(error, errors.MatcherError)
} | {errors.GAVE_NO_ANSWER, "unexpected", "headers_missing", "signature_wrong"}
WORDS: dict[str, set[str]] = {
    "Completed, by outcome": set(MatchStatus),
    "Healed by the reconciler, by kind": set(Standstill),
    "Jobs failed, by cause": CAUSES,
    "Work put off, by cause": CAUSES,
    "Deliveries refused or kept aside, by cause": CAUSES | set(Unreadable),
}


@pytest.fixture(scope="module")
def body(service: Template) -> dict[str, Any]:
    return dashboard_body(service.body)


def _headings(body: dict[str, Any]) -> list[tuple[int, str]]:
    texts = [widget for widget in body["widgets"] if widget["type"] == "text"]
    found = [(text["y"], re.match(r"# (.+)", text["properties"]["markdown"])) for text in texts]
    return sorted((y, match[1]) for y, match in found if match)


def test_it_is_named_after_its_stage(service: Template, local_service: Template) -> None:
    names = [
        template.the("AWS::CloudWatch::Dashboard")["DashboardName"]
        for template in (service, local_service)
    ]
    assert names == ["creditor-mail-dev", "creditor-mail-local"]


def test_the_questions_are_answered_in_their_order(body: dict[str, Any]) -> None:
    headings = _headings(body)
    assert [question for _, question in headings] == QUESTIONS
    ends = [y for y, _ in headings[1:]] + [10_000]
    for (begin, question), end in zip(headings, ends, strict=True):
        answers = [each for each in body["widgets"] if begin < each["y"] < end]
        assert len(answers) >= 5, question


def test_no_widget_lies_on_another_or_over_the_edge(body: dict[str, Any]) -> None:
    def overlap(a: dict[str, Any], b: dict[str, Any]) -> bool:
        beside = a["x"] + a["width"] <= b["x"] or b["x"] + b["width"] <= a["x"]
        below = a["y"] + a["height"] <= b["y"] or b["y"] + b["height"] <= a["y"]
        return not (beside or below)

    assert all(each["x"] + each["width"] <= 24 for each in body["widgets"])
    assert not [pair for pair in combinations(body["widgets"], 2) if overlap(*pair)]


def test_every_alarm_is_on_it(service: Template, body: dict[str, Any]) -> None:
    (shown,) = (each for each in body["widgets"] if each["type"] == "alarm")
    named = {arn.rpartition(":")[2] for arn in shown["properties"]["alarms"]}
    alarms = service.of_type("AWS::CloudWatch::Alarm").values()
    assert named == {alarm["AlarmName"] for alarm in alarms}
    assert f"creditor-mail-dev-{IN_ALARM}" in named


def test_the_number_of_failed_jobs_is_what_its_alarm_counts(
    service: Template, body: dict[str, Any]
) -> None:
    """The worker counts those whose attempt ended, the notifier those that it found dead."""
    (number,) = (each for each in body["widgets"] if each["properties"].get("title") == FAILED)
    shown = {tuple(metric[1:]) for *metric, _ in number["properties"]["metrics"] if metric}
    services = {dict(zip(each[1::2], each[2::2], strict=True))["service"] for each in shown}
    assert services == {"worker", "notifier"}
    (alarm,) = (
        each
        for each in service.of_type("AWS::CloudWatch::Alarm").values()
        if each["AlarmName"].endswith("-JobsFailed")
    )
    (formula,) = (part["Expression"] for part in alarm["Metrics"] if "Expression" in part)
    assert [
        line[0]["expression"] for line in number["properties"]["metrics"] if len(line) == 1
    ] == [formula]


def test_its_log_table_reads_every_functions_log(service: Template, body: dict[str, Any]) -> None:
    (table,) = (each for each in body["widgets"] if each["type"] == "log")
    sources = re.findall(r"SOURCE '(\w+)Logs'", table["properties"]["query"])
    assert {source.lower() for source in sources} == set(service.functions())


def test_the_address_that_a_deploy_prints_is_its_address(service: Template) -> None:
    address = readable(service.body["Outputs"][Output.DASHBOARD_URL]["Value"])
    name = service.the("AWS::CloudWatch::Dashboard")["DashboardName"]
    assert address.rpartition("/")[2] == name


def test_the_picture_shows_the_dashboard_as_it_is(synthesise: Synthesise) -> None:
    """To bring it up to date: make dashboard."""
    body = dashboard_body(Template.read(synthesise("stage=prod"), "Service").body)
    assert PICTURE.read_text("utf-8") == draw_dashboard("creditor-mail-prod", body)


@pytest.mark.parametrize("title", WORDS)
def test_the_invented_day_uses_words_that_the_functions_use(title: str) -> None:
    assert set(DAY[title]) <= WORDS[title]
    assert {line["cause"] for line in LOG_LINES} <= CAUSES | set(Unreadable)


def test_the_invented_day_has_no_line_that_the_dashboard_lacks(body: dict[str, Any]) -> None:
    titles = {each["properties"].get("title") for each in body["widgets"]}
    assert set(DAY) <= titles
