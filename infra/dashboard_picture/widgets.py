"""Draws each kind of widget into its place on the sheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from infra.dashboard_picture import charts, sample_day
from infra.dashboard_picture.svg import Drawing, Point

_BORDER, _RED, _GREEN = "#d5dbdb", "#d13212", "#1d8102"
_QUIET = "#545b64"
_INNER = 14
_ALARMS_PER_ROW = 6

Widget = Mapping[str, Any]


def draw_widget(drawing: Drawing, widget: Widget, at: Point, size: Point) -> None:
    """Raises KeyError for a kind, or a line, that the drawing does not know."""
    kind = widget["type"]
    properties = widget["properties"]
    if kind == "metric":
        kind = properties.get("view", "timeSeries")
    if kind != "text":
        drawing.rectangle(at, size, fill="#ffffff", stroke=_BORDER, radius=6)
        title = properties.get("title", "")
        drawing.text((at[0] + _INNER, at[1] + 22), title, size=13, bold=True)
    _DRAWERS[kind](drawing, properties, at, size)


def _text(drawing: Drawing, properties: Widget, at: Point, _size: Point) -> None:
    y = at[1] + 30
    for line in properties["markdown"].splitlines():
        if line.startswith("# "):
            drawing.text((at[0] + 2, y), line[2:], size=22, bold=True)
        else:
            drawing.text((at[0] + 2, y), line, size=13, fill=_QUIET)
        y += 22


def _single_value(drawing: Drawing, properties: Widget, at: Point, size: Point) -> None:
    numbers = sample_day.NUMBERS[properties["title"]]
    labels = _labels(properties["metrics"])
    width = (size[0] - 2 * _INNER) / len(labels)
    for number, label in enumerate(labels):
        x = at[0] + _INNER + number * width
        drawing.text((x, at[1] + size[1] - 42), numbers[label], size=34)
        drawing.rectangle((x, at[1] + size[1] - 27), (9, 9), fill=charts.COLOURS[number], radius=2)
        drawing.text((x + 14, at[1] + size[1] - 19), label, size=11, fill="#414d5c")


def _graph(drawing: Drawing, properties: Widget, at: Point, size: Point) -> None:
    left, right = _series(properties)
    stacked = bool(properties.get("stacked"))
    limits = properties.get("annotations", {}).get("horizontal", [])
    most = charts.round_most(
        max(charts.largest(left, stacked=stacked), *(limit["value"] * 1.2 for limit in limits), 0)
    )
    right_most = charts.round_most(charts.largest(right, stacked=False)) if right else None
    labels = [each.label for each in (*left, *right)]
    legend = 15 * charts.legend_rows(size[0] - 2 * _INNER, labels)
    plot = charts.Plot(
        left=at[0] + 48,
        top=at[1] + 38,
        width=size[0] - 48 - (44 if right else 18),
        height=size[1] - 38 - 30 - legend,
    )
    charts.draw_axes(drawing, plot, most, right_most)
    (charts.draw_stack if stacked else charts.draw_lines)(drawing, plot, left, most)
    if right_most is not None:
        charts.draw_lines(drawing, plot, right, right_most)
    for limit in limits:
        _draw_limit(drawing, plot, limit, most)
    bottom = at[1] + size[1] - legend + 4
    charts.draw_legend(drawing, (at[0] + _INNER, bottom), size[0] - 2 * _INNER, [*left, *right])


def _draw_limit(drawing: Drawing, plot: charts.Plot, limit: Widget, most: float) -> None:
    y = plot.height_of(limit["value"], most)
    drawing.dashes((plot.left, y), (plot.left + plot.width, y), stroke=_RED)
    drawing.text((plot.left + 6, y - 5), limit["label"], size=11, fill=_RED)


def _alarms(drawing: Drawing, properties: Widget, at: Point, size: Point) -> None:
    names = [arn.rpartition("-")[2] for arn in properties["alarms"]]
    width = (size[0] - 2 * _INNER) / _ALARMS_PER_ROW
    rows = -(-len(names) // _ALARMS_PER_ROW)
    height = (size[1] - 46) / rows
    for number, name in enumerate(names):
        row, column = divmod(number, _ALARMS_PER_ROW)
        x, y = at[0] + _INNER + column * width, at[1] + 36 + row * height
        in_alarm = name == sample_day.IN_ALARM
        fill = "#fdf3f1" if in_alarm else "#f2f8f0"
        drawing.rectangle((x, y), (width - 8, height - 8), fill=fill, stroke=_BORDER, radius=4)
        colour = _RED if in_alarm else _GREEN
        drawing.circle((x + 16, y + (height - 8) / 2), 5, fill=colour)
        drawing.text((x + 30, y + (height - 8) / 2 + 4), name, size=12)


def _log_table(drawing: Drawing, properties: Widget, at: Point, size: Point) -> None:
    (fields,) = re.findall(r"fields (.+)", properties["query"])
    columns = [field.strip() for field in fields.split(",")]
    width = (size[0] - 2 * _INNER) / (len(columns) + 1)
    y = at[1] + 52
    for number, column in enumerate(columns):
        x = at[0] + _INNER + number * width
        drawing.text((x, y), column, size=12, fill=_QUIET, bold=True)
        for row, line in enumerate(sample_day.LOG_LINES, start=1):
            drawing.text((x, y + 12 + row * 26), line.get(column, ""), size=12)
    for row in range(len(sample_day.LOG_LINES) + 1):
        level = y + 20 + row * 26
        ends = (at[0] + _INNER, level), (at[0] + size[0] - _INNER, level)
        drawing.line(ends, stroke="#e9ebed", width=1)


def _series(properties: Widget) -> tuple[list[charts.Series], list[charts.Series]]:
    day = sample_day.DAY[properties["title"]]
    on_the_right = {
        _options(metric).get("label")
        for metric in properties["metrics"]
        if _options(metric).get("yAxis") == "right"
    }
    labels = _labels(properties["metrics"])
    searched = any(label.startswith("$") for label in labels)
    shown = list(day) if searched else labels
    left = {label: day[label]() for label in shown if label not in on_the_right}
    right = {label: day[label]() for label in shown if label in on_the_right}
    return charts.coloured(left), charts.coloured(right, first=len(left))


def _labels(metrics: Sequence[Sequence[Any]]) -> list[str]:
    """Name the lines that are shown; those that only feed an expression are not."""
    shown = [_options(metric) for metric in metrics if _options(metric).get("visible", True)]
    return [options["label"] for options in shown]


def _options(metric: Sequence[Any]) -> Widget:
    return metric[-1] if isinstance(metric[-1], Mapping) else {}


_DRAWERS: Mapping[str, Callable[[Drawing, Widget, Point, Point], None]] = {
    "text": _text,
    "singleValue": _single_value,
    "timeSeries": _graph,
    "alarm": _alarms,
    "log": _log_table,
}
