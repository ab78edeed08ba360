"""Where sentences begin and end around a place in a text."""

from __future__ import annotations

import re
from functools import lru_cache

_REACH = 160
# A sum that stands alone between empty lines belongs to the open sentence around it.
_LONE_SUM = r"(?:EUR|€|CHF)?[ ]?\d[\d.' ]{0,12}(?:,\d\d|,-)?[ ]?(?:EUR|€|Euro|CHF)?[ ]*(?:\n|$)"
_LONE = re.compile(_LONE_SUM)
# A full stop behind one or two digits belongs to a date, behind "Nr" to an abbreviation.
_SENTENCE_END = re.compile(
    rf"(?<=[.!?;])[ ]*\n[ >]*\n|\n[ >]*\n(?!\s*{_LONE_SUM})|[!?;]\s"
    r"|(?<![\s(]\d)(?<![\s(]\d\d)(?<!Nr)(?<!Az)(?<!bzgl)(?<!\bgem)(?<!\blt)(?<!abzgl)(?<!zzgl)(?<!urspr)"
    r"(?<!inkl)(?<!einschl)(?<!\bca)(?<!mtl)(?<!bzw)(?<!\bRe)(?<!\bvgl)(?<!\bAbs)(?<!\bDr)(?<!Prof)(?<!\bHr)(?<!\bFr)(?<!\bInh)(?<!\bTel)(?<!\bggf)(?<!\bvorm)"
    r"(?<!rückst)(?<!\bZi)(?<!\b\w)(?<!/)(?<!\.\.)"
    r"\.\s+(?=[A-ZÄÖÜ0-9>])",
)


@lru_cache(maxsize=512)
def sentence_start(text: str, place: int, earliest: int = 0) -> int:
    """Where the sentence around `place` begins, at most 160 signs back."""
    border = max(place - _REACH, earliest, 0)
    # One sign more, as the pattern looks at the sign behind the gap.
    for match in _SENTENCE_END.finditer(text, border, place + 1):
        if match.end() > place:
            break
        if match.end() == place and _is_before_a_lone_sum(match):
            break
        border = match.end()
    return border


def _is_before_a_lone_sum(gap: re.Match[str]) -> bool:
    """The pattern itself cannot look beyond the place where it is to stop."""
    ends_sentence = gap.string[max(gap.start() - 3, 0) : gap.start()].rstrip(" ")[-1:] in {
        ".",
        "!",
        "?",
        ";",
        "",
    }
    is_gap = "\n" in gap[0] and not ends_sentence
    return is_gap and bool(_LONE.match(gap.string, gap.end()))


@lru_cache(maxsize=512)
def sentence_end(text: str, place: int) -> int:
    """Where the sentence around `place` ends, at most 160 signs on."""
    match = _SENTENCE_END.search(text, place, place + _REACH)
    return match.start() if match else min(place + _REACH, len(text))


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence that holds `text[start:end]`."""
    return text[sentence_start(text, start) : sentence_end(text, end)]


def line_around(text: str, place: int) -> str:
    """The line that holds `place`, cut at 300 signs to both sides."""
    start = text.rfind("\n", max(place - 300, 0), place) + 1
    end = text.find("\n", place, place + 300)
    return text[max(start, place - 300, 0) : end if end >= 0 else place + 300]
