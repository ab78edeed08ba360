"""Names who writes through a gateway, a portal or a mailing service, which acts for nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence

from functions.worker.reading.language.vocabulary import pattern, source
from functions.worker.reading.parties.firms import FirmFound, looks_like_a_firm
from functions.worker.reading.parties.principals import marked, same_name
from functions.worker.reading.parties.sender_firm import sender_firm
from functions.worker.reading.parties.trades import address_words, is_carrier

_ARTICLE = rf"(?:(?:{source('creditors', 'article')})\s{{0,2}}){{0,3}}"
_DOCUMENT = source("creditors", "carried_document")
_LINE_BEGINS = re.compile(
    rf"(?:^|\n)[ >|]{{0,4}}(?:{source('creditors', 'carried_from')})[\s:|]{{1,3}}{_ARTICLE}$",
    re.IGNORECASE,
)
_CARRIED = re.compile(
    rf"¤ (?:hat|haben|sendet|schickt|übermittelt|stellt|schreibt)\b[^¤.]{{0,60}}"
    rf"\b(?:ihnen|an sie|für sie)\b"
    rf"|\b(?:{_DOCUMENT}) (?:der|des|von|vom) {_ARTICLE}¤"
    rf"|\b(?:{source('creditors', 'on_behalf')}) (?:der|des|von) {_ARTICLE}¤",
    re.IGNORECASE,
)
_LOOK = 72


def carried_for(
    text: str, firms: Sequence[FirmFound], *, name: str, address: str
) -> FirmFound | None:
    """The firm whose letter a gateway, or a mailbox that takes no answer, has delivered."""
    takes_no_answer = pattern("creditors", "no_answer").match(address)
    is_portal = takes_no_answer and not looks_like_a_firm(name)
    if not is_portal and not is_carrier(f"{name} {address_words(address)}"):
        return None
    others = [one for one in firms if not is_carrier(one.name) and not same_name(one.name, name)]
    named = next((one for one in others if _is_author(text, one)), None)
    if named or is_portal:
        return named
    return sender_firm(text, others, sender_name="", sender_address="")


def _is_author(text: str, firm: FirmFound) -> bool:
    start = firm.place[0] if firm.place else 0
    before = text[max(start - _LOOK, 0) : start]
    return bool(_LINE_BEGINS.search(before) or _CARRIED.search(marked(text, firm)))
