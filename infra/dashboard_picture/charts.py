"""Time series as lines or as stacked areas, on one or two axes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import ceil, floor, log10

from infra.dashboard_picture.svg import Drawing, Point

COLOURS = (
    *("#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd"),
    *("#8c564b", "#e377c2", "#7f7f7f", "#bcbd22", "#17becf"),
)
_GRID, _SMALL_PRINT = "#e9ebed", "#687078"
_HOURS = (0, 6, 12, 18, 24)
_TICKS = 4
_LETTER = 6.1
"""About how wide a letter of the legend is."""


@dataclass(frozen=True, kw_only=True)
class Series:
    """One line of a graph."""

    label: str
    values: Sequence[float]
    colour: str


@dataclass(frozen=True, kw_only=True)
class Plot:
    """The place of a graph's data on the sheet."""

    left: float
    top: float
    width: float
    height: float

    def points(self, values: Sequence[float], most: float) -> list[Point]:
        """Return where the values lie when `most` is at the top."""
        step = self.width / (len(values) - 1)
        return [
            (self.left + number * step, self.height_of(value, most))
            for number, value in enumerate(values)
        ]

    def height_of(self, value: float, most: float) -> float:
        """Return the place of one value between bottom and top."""
        return self.top + self.height * (1 - min(value, most) / most)


def draw_axes(drawing: Drawing, plot: Plot, most: float, right_most: float | None) -> None:
    """Draw the grid with the hours below and each axis's numbers beside."""
    for tick in range(_TICKS + 1):
        y = plot.top + plot.height * (1 - tick / _TICKS)
        drawing.line([(plot.left, y), (plot.left + plot.width, y)], stroke=_GRID, width=1)
        number = _short(most * tick / _TICKS)
        drawing.text((plot.left - 6, y + 4), number, size=10, fill=_SMALL_PRINT, anchor="end")
        if right_most is not None:
            at = plot.left + plot.width + 6, y + 4
            drawing.text(at, _short(right_most * tick / _TICKS), size=10, fill=_SMALL_PRINT)
    for hour in _HOURS:
        at = plot.left + plot.width * hour / 24, plot.top + plot.height + 15
        drawing.text(at, f"{hour:02}:00", size=10, fill=_SMALL_PRINT, anchor="middle")


def draw_lines(drawing: Drawing, plot: Plot, series: Sequence[Series], most: float) -> None:
    """Draw each for itself."""
    for each in series:
        drawing.line(plot.points(each.values, most), stroke=each.colour)


def draw_stack(drawing: Drawing, plot: Plot, series: Sequence[Series], most: float) -> None:
    """Draw each upon those before it."""
    floors = [[0.0] * len(series[0].values), *_sums(series)]
    for each, (below, above) in zip(series, pairwise(floors), strict=True):
        outline = plot.points(above, most) + plot.points(below, most)[::-1]
        drawing.area(outline, fill=each.colour)


def draw_legend(drawing: Drawing, at: Point, width: float, series: Sequence[Series]) -> None:
    """Name the lines from left to right, and on as many rows as that takes."""
    x, y = at
    for each in series:
        needed = 18 + len(each.label) * _LETTER + 12
        if x > at[0] and x + needed > at[0] + width:
            x, y = at[0], y + 15
        drawing.rectangle((x, y - 8), (9, 9), fill=each.colour, radius=2)
        drawing.text((x + 14, y), each.label, size=11, fill="#414d5c")
        x += needed


def legend_rows(width: float, labels: Sequence[str]) -> int:
    """Return how many rows the legend needs."""
    rows, x = 1, 0.0
    for label in labels:
        needed = 18 + len(label) * _LETTER + 12
        if x > 0 and x + needed > width:
            rows, x = rows + 1, 0.0
        x += needed
    return rows


def round_most(largest: float) -> float:
    """Return the round number at the top of an axis that has to show `largest`."""
    if largest <= 0:
        return 1.0
    step = 10.0 ** floor(log10(largest))
    nice = (factor * step for factor in (1, 2, 3, 4, 5, 6, 8, 10))
    return next(each for each in nice if each >= largest)


def largest(series: Sequence[Series], *, stacked: bool) -> float:
    """Return the highest that any of them, or all upon each other, reach."""
    tops = list(_sums(series)) if stacked else [each.values for each in series]
    return max((max(values) for values in tops), default=0)


def coloured(days: Mapping[str, Sequence[float]], first: int = 0) -> list[Series]:
    """Give each its colour, in the order of the dashboard."""
    return [
        Series(label=label, values=values, colour=COLOURS[(first + number) % len(COLOURS)])
        for number, (label, values) in enumerate(days.items())
    ]


def _sums(series: Sequence[Series]) -> Iterator[list[float]]:
    rows = ([*each.values] for each in series)
    return accumulate(rows, lambda total, row: [a + b for a, b in zip(total, row, strict=True)])


def _short(number: float) -> str:
    if number >= 1000:  # noqa: PLR2004 - as CloudWatch writes thousands
        return f"{number / 1000:g}K"
    return f"{number:g}" if number < 10 else str(ceil(number))  # noqa: PLR2004
