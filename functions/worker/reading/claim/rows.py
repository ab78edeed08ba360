"""Lines of a list: a label and its sum, or the sum and its label."""

from __future__ import annotations

import re

from functions.worker.reading.money.sums import Sum

_LONGEST_ROW = 120
_SUM_AT_END = re.compile(
    r"\d(?:,\d\d|,-|\.\d\d)?[^\w\n]{0,4}(?:EUR|Euro|€|CHF)?(?:[ ](?:S|H|Soll|Haben))?\W{0,3}$",
    re.IGNORECASE,
)
# "1. EUR 500,00 Zinsen gem. Titel bis 15.03.2026"
_SUM_THEN_LABEL = re.compile(
    r"(?:\s{0,8}(?:\d{1,2}[.)]|[a-z]\))(?=\s))?"
    r"[\s|*–-]{0,12}(?:(?:EUR|€)\s{0,8})?\d[\d.]{0,9},\d\d(?:\s?(?:EUR|€|Euro))?"
    r"[\s|:=–-]{1,12}[^\W\d_]"
    r"(?:[^\d.!?]|\d{1,2}\.(?:\d{1,2}\.(?:\d{2,4})?)?|\b(?:lt|gem|bzw|inkl|zzgl|vorger|Nr|v)\.){2,50}",
)


def is_row(one: Sum) -> bool:
    """A line of a list: a label and its sum, or the other way round."""
    line = one.line.rstrip()
    if len(line) > _LONGEST_ROW:
        return False
    return bool(_SUM_AT_END.search(line)) or begins_with_its_sum(one)


def begins_with_its_sum(one: Sum) -> bool:
    """Whether the label of the line stands behind the sum."""
    return bool(_SUM_THEN_LABEL.fullmatch(one.line.rstrip()))
