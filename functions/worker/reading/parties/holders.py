"""Finds who holds a claim after it was sold or assigned."""

from __future__ import annotations

import re
from collections.abc import Sequence

from functions.worker.reading.language.vocabulary import pattern, source
from functions.worker.reading.parties.firms import FirmFound
from functions.worker.reading.parties.principals import marked

_ARTICLE = rf"(?:(?:{source('creditors', 'article')})\s{{0,2}}){{0,3}}"
_ASSIGNED = source("creditors", "assigned")
_NEW_HOLDER = re.compile(
    rf"\b(?:an|auf|to) {_ARTICLE}¤[^¤]{{0,100}}\b(?:{_ASSIGNED})\b"
    rf"|\b(?:{_ASSIGNED})\b[^¤]{{0,40}}\b(?:an|auf|to) {_ARTICLE}¤"
    rf"|\b(?:wurde|wurden|ist|sind|worden|was)\b[^¤]{{0,60}}\b(?:von|durch|by) {_ARTICLE}¤"
    rf"[^¤]{{0,40}}\b(?:{source('creditors', 'bought')})\b"
    rf"|¤,? (?:hat|haben|has)\b[^¤]{{0,120}}\b(?:{source('creditors', 'bought')})\b"
    rf"|¤,? (?:als )?(?:{source('creditors', 'holder')}) (?:der|dieser|ihrer) [^¤.]{{0,20}}"
    r"(?:forderung|ansprüche)"
    rf"|¤ ist\b[^¤.]{{0,30}}\b(?:{source('creditors', 'holder')})\b"
    rf"|\b(?:{source('creditors', 'holder')})\b[^¤.]{{0,40}}\b(?:ist|wurde|is) {_ARTICLE}¤",
    re.IGNORECASE,
)
_PURCHASED = re.compile(
    rf"¤(?:, [^,¤.]{{1,60}},|,)? (?:hat|haben|has)\b[^¤]{{0,200}}"
    rf"\b(?:{source('creditors', 'purchased')})\b",
    re.IGNORECASE,
)
_FOR_THE_HOLDER = re.compile(
    rf"\bfür {_ARTICLE}(?:{source('creditors', 'holder')})\b[^¤.]{{0,40}}"
    rf"\b(?:handelt|tritt|verwaltet|betreut|zieht|übernimmt|bearbeitet)\b[^¤.]{{0,40}}¤"
    rf"|¤[^¤.]{{0,60}}\bfür {_ARTICLE}(?:{source('creditors', 'holder')})\b",
    re.IGNORECASE,
)


def acts_for_the_holder(text: str, firm: FirmFound) -> bool:
    """As in "Für die Erwerberin handelt die X Servicing GmbH"."""
    return bool(_FOR_THE_HOLDER.search(marked(text, firm)))


def sender_holds(text: str) -> bool:
    """Whether the sender says that he bought the claim, or that it was assigned to him."""
    return bool(pattern("creditors", "sender_is_holder").search(text))


def new_holder(text: str, firms: Sequence[FirmFound]) -> FirmFound | None:
    """The firm to which the claim, and not only its collection, was handed on."""
    for firm in firms:
        sentence = marked(text, firm)
        if pattern("creditors", "not_sold").search(sentence):
            continue
        if _PURCHASED.search(sentence):
            return firm
        if _NEW_HOLDER.search(sentence) and not pattern("creditors", "collection").search(sentence):
            return firm
    return None
