"""Tells for which body an authority enforces a claim that is not its own."""

from __future__ import annotations

import re

from functions.worker.reading.language.vocabulary import pattern, source
from functions.worker.reading.parties.firms import FirmFound
from functions.worker.reading.parties.principals import has_other_role, marked

_ARTICLE = rf"(?:(?:{source('creditors', 'article')})\s{{0,2}}){{0,3}}"
_ENFORCES = source("creditors", "enforces")
_FOR_IT = re.compile(
    # for X we enforce; X, for which we enforce
    rf"\bfür {_ARTICLE}¤[^¤]{{0,120}}\b(?:{_ENFORCES})\b"
    rf"|\b(?:{_ENFORCES})\b[^¤]{{0,80}}\b(?:für|zugunsten|zu gunsten|namens) {_ARTICLE}¤"
    rf"|¤,? (?:für|in deren|in dessen|zu deren)\b[^¤]{{0,100}}\b(?:{_ENFORCES})\b"
    # the claim of X
    rf"|\b(?:{source('creditors', 'enforced_claim')}) (?:der|des|von|vom) {_ARTICLE}¤"
    rf"|\b(?:{source('creditors', 'enforced_claim')}) [^¤]{{0,40}}\b(?:durch|seitens) {_ARTICLE}¤"
    rf"|\bschulde[nt] {_ARTICLE}¤"
    # X asked us, we were asked by X
    rf"|\b(?:von|durch|seitens) {_ARTICLE}¤[^¤]{{0,120}}\b(?:{source('creditors', 'asked_to')})\b"
    rf"|¤[^¤]{{0,20}}\b(?:hat|haben)\b[^¤]{{0,80}}\b(?:{source('creditors', 'asked_to')})\b",
    re.IGNORECASE,
)


def is_authority(name: str) -> bool:
    """Whether offices of this name enforce claims."""
    return bool(pattern("creditors", "authority").search(name))


def is_enforced_for(text: str, firm: FirmFound, *, sender: str) -> bool:
    """Whether the sender, an authority, says that it enforces a claim of this firm or body."""
    if firm.place is None or not is_authority(sender) or has_other_role(text, firm.place[0]):
        return False
    if not pattern("creditors", "enforces").search(text):
        return False
    if pattern("creditors", "no_claimant").search(firm.name):
        return False
    sentence = marked(text, firm)
    is_handed_on = pattern("creditors", "assigned").search(sentence)
    return bool(_FOR_IT.search(sentence)) and not is_handed_on
