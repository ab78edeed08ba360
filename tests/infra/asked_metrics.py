"""Every metric that an alarm or the dashboard asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from infra.dashboard_picture.body import dashboard_body
from tests.infra.template import Template, readable

_SEARCH = re.compile(
    r"SEARCH\('\{(?P<namespace>\w+),(?P<names>[\w,]+)\}"
    r' MetricName="(?P<name>\w+)" stage="(?P<stage>\w+)"\''
)


@dataclass(frozen=True)
class Asked:
    """`dimensions` are names and values; of a searched metric only `stage` has its value."""

    namespace: str
    name: str
    dimensions: frozenset[tuple[str, str]]
    statistic: str

    @property
    def dimension_names(self) -> frozenset[str]:
        return frozenset(name for name, _ in self.dimensions)


def asked_by_alarm(alarm: dict[str, Any]) -> Iterator[Asked]:
    """Of one alarm's properties."""
    if "MetricName" in alarm:
        yield _of_metric(alarm, alarm.get("Statistic") or alarm["ExtendedStatistic"])
    for part in alarm.get("Metrics", []):
        if "MetricStat" in part:
            yield _of_metric(part["MetricStat"]["Metric"], part["MetricStat"]["Stat"])


def asked_by_dashboard(template: Template) -> Iterator[Asked]:
    """Of every widget."""
    for widget in dashboard_body(template.body)["widgets"]:
        for metric in widget["properties"].get("metrics", []):
            yield from _of_line(metric)


def asked(template: Template) -> set[Asked]:
    """Of all alarms and the dashboard."""
    alarms = template.of_type("AWS::CloudWatch::Alarm").values()
    found = {one for alarm in alarms for one in asked_by_alarm(alarm)}
    return found | set(asked_by_dashboard(template))


def _of_metric(metric: dict[str, Any], statistic: str) -> Asked:
    dimensions = {each["Name"]: readable(each["Value"]) for each in metric["Dimensions"]}
    return Asked(
        metric["Namespace"], metric["MetricName"], frozenset(dimensions.items()), statistic
    )


def _of_line(metric: Sequence[Any]) -> Iterator[Asked]:
    *words, options = metric
    if not words:
        searched = _SEARCH.search(options["expression"])
        if searched:
            names = dict.fromkeys(searched["names"].split(","), "any")
            dimensions = frozenset((names | {"stage": searched["stage"]}).items())
            yield Asked(searched["namespace"], searched["name"], dimensions, "Sum")
        return
    namespace, name, *pairs = words
    dimensions = frozenset(zip(pairs[::2], pairs[1::2], strict=True))
    yield Asked(namespace, name, dimensions, options.get("stat", "Average"))
