"""Where a number of a case stands in a text, compared by letters and digits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from functions.worker.reading.references import is_stopped
from shared.domain.match_keys import fold_reference

Place = tuple[int, int]

_LEAST_SIGNS, _LEAST_DIGITS, _MOST_SIGNS = 4, 3, 32
_TIGHT = "-/._"
_LINE_END = "\n"
_WIDE_GAP = 3


@dataclass(frozen=True, kw_only=True)
class FoldedText:
    """The letters and digits of a text; `places[i]` is where the sign `signs[i]` stands.

    A line end and a wide gap stay as a line end: no number goes on behind them.
    """

    text: str
    signs: str
    places: tuple[int, ...]


def fold_text(text: str) -> FoldedText:
    """`text` made ready for `reference_places`."""
    known: dict[str, str] = {}
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if sign == _LINE_END or text.startswith(" " * _WIDE_GAP, place):
            folded = _LINE_END
        else:
            folded = known.setdefault(sign, fold_reference(sign))
        signs.append(folded)
        places.extend([place] * len(folded))
    return FoldedText(text=text, signs="".join(signs), places=tuple(places))


def reference_places(folded: FoldedText, number: str) -> Iterator[Place]:
    """Where `number` is printed whole, and not as a register, tax, bank or phone number."""
    wanted = fold_reference(number)
    digits = sum(sign.isdigit() for sign in wanted)
    if digits < _LEAST_DIGITS or not _LEAST_SIGNS <= len(wanted) <= _MOST_SIGNS:
        return
    found = folded.signs.find(wanted)
    while found >= 0:
        start, end = folded.places[found], folded.places[found + len(wanted) - 1] + 1
        whole = not (_goes_on(folded.text, start - 1, -1) or _goes_on(folded.text, end, +1))
        if whole and not is_stopped(folded.text, start):
            yield start, end
        found = folded.signs.find(wanted, found + 1)


def _goes_on(text: str, position: int, step: int) -> bool:
    """Whether the number goes on there: "47112" and "4711-2" do not print 4711."""
    if not 0 <= position < len(text):
        return False
    if text[position].isalnum():
        return True
    beyond = position + step
    tight = text[position] in _TIGHT and 0 <= beyond < len(text)
    return tight and text[beyond].isdigit()
