"""Finds the agency that a creditor, or a mail in his name, says acts for him."""

from __future__ import annotations

import re
from collections.abc import Sequence

from functions.worker.reading.language.vocabulary import pattern, source
from functions.worker.reading.parties.firms import FirmFound, has_legal_form
from functions.worker.reading.parties.principals import marked, same_name
from functions.worker.reading.parties.trades import is_agent

_ARTICLE = rf"(?:(?:{source('creditors', 'article')})\s{{0,2}}){{0,3}}"
_AGENT = rf"(?:{source('creditors', 'agent_of_ours')})"
_ON_OUR_BEHALF = source("creditors", "on_our_behalf")
_FOR_US = re.compile(
    rf"\b(?:{_ON_OUR_BEHALF})\s(?:durch |by |von )?{_ARTICLE}¤"
    rf"|¤[^¤.]{{0,60}}\b(?:{_ON_OUR_BEHALF})\b",
    re.IGNORECASE,
)
_OURS = re.compile(
    rf"\b(?:unser(?:e|en|em|er|es)?|von uns beauftragte[nrsm]?)\s(?:\w{{3,20}}\s){{0,2}}{_AGENT}"
    rf"[\s,:]{{1,3}}{_ARTICLE}¤",
    re.IGNORECASE,
)
_WE_HAVE = re.compile(
    rf"\b(?:haben|hatten) wir\b[^¤.]{{0,60}}¤[^¤.]{{0,60}}\b(?:{source('creditors', 'appointed')})"
    rf"|\bwir (?:haben|hatten)\b[^¤.]{{0,60}}¤[^¤.]{{0,60}}\b(?:{source('creditors', 'appointed')})"
    rf"|\ban {_ARTICLE}(?:\w{{4,30}} )?¤[^¤.]{{0,60}}\b(?:{source('creditors', 'to_collect')})\b",
    re.IGNORECASE,
)


def named_agent(text: str, firms: Sequence[FirmFound]) -> FirmFound | None:
    """As in "mit dem Einzug haben wir die Muster Inkasso GmbH beauftragt"."""
    for firm in firms:
        sentence = marked(text, firm)
        if _OURS.search(sentence) or acts_for_us(sentence):
            return firm
        is_collector = is_agent(firm.name) or pattern("creditors", "collection").search(sentence)
        if is_collector and _WE_HAVE.search(sentence):
            return firm
    return None


def acts_for_us(sentence: str) -> bool:
    """Whether ¤, in its sentence, does the creditor's collecting or accounts for him."""
    is_work = pattern("creditors", "agency").search(sentence)
    return bool(is_work) and bool(_FOR_US.search(sentence))


def signing_agent(text: str, firms: Sequence[FirmFound], sender: FirmFound) -> FirmFound | None:
    """The agency with its legal form that signs a mail in the creditor's name, on its own line."""
    lines = {line.strip() for line in text.rstrip().split("\n")}
    signed = [
        one
        for one in firms
        if has_legal_form(one.name)
        and is_agent(one.name)
        and one.name in lines
        and not same_name(one.name, sender.name)
    ]
    return signed[-1] if signed and not is_agent(sender.name) else None
