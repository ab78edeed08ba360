"""Where a mail says that nothing is owed any more, or that the claim is somebody else's now."""

from __future__ import annotations

import re

from functions.worker.reading.sentences import sentence_around, sentence_end
from functions.worker.reading.sums import Sum
from functions.worker.reading.vocabulary import pattern

_OF_SUM = re.compile(
    r"\s{0,2}(?:in Höhe von|i\.\s?H\.\s?v\.|über|von|\()?\s{0,2}(?:EUR |€ )?", re.IGNORECASE
)

Place = tuple[int, int]


def is_handed_over(text: str) -> bool:
    """Whether the writer gave the claim away; "an uns abgetreten" says the opposite."""
    if pattern("amount_roles", "collects_anyway").search(text):
        return False
    for match in pattern("amount_roles", "handed_over").finditer(text):
        sentence = sentence_around(text, match.start(), match.end())
        if not pattern("amount_roles", "not_handed_over").search(sentence):
            return True
    return False


def settled_at(text: str) -> Place | None:
    """Where the mail says first, and without a condition, that nothing is owed."""
    for match in pattern("amount_roles", "settled").finditer(text):
        sentence = _clause_around(text, match.start(), match.end())
        if not pattern("amount_roles", "conditional").search(sentence):
            return match.start(), match.end()
    return None


def _clause_around(text: str, start: int, end: int) -> str:
    before = re.split(r"[.!?]\s|\n\n", text[max(start - 200, 0) : start])[-1]
    after = re.split(r"[.!?](?:\s|$)|\n\n", text[end : end + 120])[0]
    return before + text[start:end] + after


def settles(text: str, settled: Place, claimed: Sum) -> bool | None:
    """Whether `claimed` is what was settled: None if the mail can be read both ways."""
    sentence = _clause_around(text, *settled)
    amount = claimed.amount
    same_sentence = text[amount.start : amount.end] in sentence
    waives = "verzicht" in text[settled[0] : settled[1]].casefold()
    if waives and _OF_SUM.fullmatch(text, settled[1], amount.start):
        return True
    if amount.start >= settled[1]:
        return None if same_sentence and not _is_still_open(claimed) else False
    if same_sentence:
        return True
    if pattern("amount_roles", "side_claim").search(sentence):
        return False
    behind = text[amount.end : sentence_end(text, amount.end)]
    was = pattern("amount_roles", "once").search(claimed.sentence)
    return True if was or pattern("amount_roles", "past_after").search(behind) else None


def _is_still_open(claimed: Sum) -> bool:
    return bool(pattern("amount_roles", "still_open").search(claimed.context))
