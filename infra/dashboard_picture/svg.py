"""A small writer of SVG: shapes in, text out, always the same for the same shapes."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

Point = tuple[float, float]
FONT = "Helvetica, Arial, 'DejaVu Sans', sans-serif"


class Drawing:
    """Collects shapes; later ones lie above earlier ones."""

    def __init__(self, width: int, height: int) -> None:
        """Begin an empty sheet of that many pixels."""
        self._width = width
        self._height = height
        self._shapes: list[str] = []

    def rectangle(
        self,
        at: Point,
        size: Point,
        *,
        fill: str,
        stroke: str = "none",
        radius: float = 0,
    ) -> None:
        """`at` is the upper left corner."""
        (x, y), (width, height) = at, size
        self._add("rect", x=x, y=y, width=width, height=height, rx=radius, fill=fill, stroke=stroke)

    def line(self, points: Sequence[Point], *, stroke: str, width: float = 1.5) -> None:
        """Join the points."""
        path = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
        self._add(
            "polyline",
            points=path,
            fill="none",
            stroke=stroke,
            stroke_width=width,
            stroke_linejoin="round",
        )

    def dashes(self, start: Point, end: Point, *, stroke: str) -> None:
        """Draw a straight line that is a limit and no data."""
        (x1, y1), (x2, y2) = start, end
        self._add("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, stroke_dasharray="6 4")

    def area(self, points: Sequence[Point], *, fill: str) -> None:
        """Fill what the points surround."""
        path = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
        self._add("polygon", points=path, fill=fill)

    def circle(self, centre: Point, radius: float, *, fill: str) -> None:
        """Draw a dot."""
        self._add("circle", cx=centre[0], cy=centre[1], r=radius, fill=fill)

    def text(  # noqa: PLR0913 - a text has these parts
        self,
        at: Point,
        words: str,
        *,
        size: float = 12,
        fill: str = "#16191f",
        anchor: str = "start",
        bold: bool = False,
    ) -> None:
        """`at` is the baseline's start, middle or end, as `anchor` says."""
        weight = "bold" if bold else "normal"
        attributes = _attributes(
            x=at[0], y=at[1], font_size=size, fill=fill, text_anchor=anchor, font_weight=weight
        )
        self._shapes.append(f"<text {attributes}>{escape(words)}</text>")

    def to_svg(self) -> str:
        """Return the whole document, a shape per line."""
        size = f'width="{self._width}" height="{self._height}"'
        box = f'viewBox="0 0 {self._width} {self._height}"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box} font-family="{FONT}">'
        return "\n".join([head, *self._shapes, "</svg>"]) + "\n"

    def _add(self, name: str, **attributes: object) -> None:
        self._shapes.append(f"<{name} {_attributes(**attributes)}/>")


def _attributes(**attributes: object) -> str:
    return " ".join(
        f"{name.replace('_', '-')}={quoteattr(_number(value))}"
        for name, value in attributes.items()
    )


def _number(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
