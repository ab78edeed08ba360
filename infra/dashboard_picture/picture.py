"""The whole picture: every widget where the dashboard's body puts it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from infra.dashboard_picture.svg import Drawing
from infra.dashboard_picture.widgets import draw_widget

_COLUMN, _ROW = 60, 50
"""Pixels of one unit of CloudWatch's grid, which is 24 columns wide."""
_COLUMNS = 24
_GAP = 8
_HEAD = 44


def draw_dashboard(name: str, body: Mapping[str, Any]) -> str:
    """Return the picture as SVG; the same body always gives the same text."""
    widgets = body["widgets"]
    rows = max(widget["y"] + widget["height"] for widget in widgets)
    drawing = Drawing(_COLUMNS * _COLUMN + 2 * _GAP, rows * _ROW + _HEAD + 2 * _GAP)
    drawing.rectangle(
        (0, 0), (_COLUMNS * _COLUMN + 2 * _GAP, rows * _ROW + _HEAD + 2 * _GAP), fill="#f2f3f3"
    )
    drawing.rectangle((0, 0), (_COLUMNS * _COLUMN + 2 * _GAP, _HEAD), fill="#232f3e")
    drawing.text((20, 28), name, size=16, fill="#ffffff", bold=True)
    right = _COLUMNS * _COLUMN - 12
    note = "layout of the deployed dashboard; the data of this day is invented"
    drawing.text((right, 28), note, size=12, fill="#d5dbdb", anchor="end")
    for widget in widgets:
        at = widget["x"] * _COLUMN + _GAP, widget["y"] * _ROW + _HEAD + _GAP
        size = widget["width"] * _COLUMN - _GAP, widget["height"] * _ROW - _GAP
        draw_widget(drawing, widget, at, size)
    return drawing.to_svg()
