"""The options of a form that were not ticked count as not written."""

from __future__ import annotations

import re
from itertools import islice

_MOST_BOXES = 60
_TICKED = r"[\[(][ ]?[xX✓✔][ ]?[\])]|[☒☑🗹]"
_OPEN = r"\[[ _]{0,3}\]|\([ _]{1,3}\)|[☐□]"
_BOX = re.compile(rf"(?P<ticked>{_TICKED})|{_OPEN}")
_LONGEST_LINE, _LONGEST_LABEL = 200, 60
_LABEL_BEFORE = re.compile(r"[^\s|:][^|:\t\n\[\](){}☐☒☑□🗹]{0,59}$")


def only_ticked(text: str) -> str:
    """Blanks in place of the options left open, places kept; untouched if nothing is ticked."""
    boxes = list(islice(_BOX.finditer(text), _MOST_BOXES))
    if not any(box["ticked"] for box in boxes):
        return text
    pieces, place = [], 0
    for number, box in enumerate(boxes):
        if box["ticked"]:
            continue
        following = boxes[number + 1].start() if number + 1 < len(boxes) else len(text)
        start, end = _option(text, boxes[number - 1].end() if number else 0, box, following)
        start = max(start, place)
        pieces += [text[place:start], " " * (end - start)]
        place = end
    return "".join((*pieces, text[place:]))


def _option(text: str, earliest: int, box: re.Match[str], latest: int) -> tuple[int, int]:
    """The box with its words, which stand behind it or before it, as the line's form tells."""
    line_start = max(text.rfind("\n", earliest, box.start()) + 1, earliest)
    line_end = text.find("\n", box.end(), box.end() + _LONGEST_LINE)
    line_end = min(box.end() + _LONGEST_LINE, len(text)) if line_end < 0 else line_end
    if _labels_follow(text[text.rfind("\n", 0, box.start()) + 1 : line_end]):
        return box.start(), min(line_end, latest)
    before = text[line_start : box.start()].rstrip(" |:\t")
    label = _LABEL_BEFORE.search(before[-_LONGEST_LABEL:])
    return line_start + len(before) - (len(label[0]) if label else 0), box.end()


def _labels_follow(line: str) -> bool:
    """Whether a line reads "[ ] yes [x] no" and not "yes [ ] no [x]"."""
    first = _BOX.search(line)
    head = line[: first.start()].strip(" >-*•|\t") if first else ""
    return not head or (head.endswith(":") and not _BOX.search(line.rstrip()[-4:]))
