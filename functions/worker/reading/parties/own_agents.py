"""Finds whom a creditor has commissioned: "an unseren Dienstleister Muster Inkasso GmbH"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from functions.worker.reading.language.vocabulary import pattern, source
from functions.worker.reading.parties.enforcers import is_authority
from functions.worker.reading.parties.firms import FirmFound, has_legal_form
from functions.worker.reading.parties.principals import has_other_role, marked
from functions.worker.reading.parties.trades import is_agent

_ARTICLE = rf"(?:(?:{source('creditors', 'article')})\s{{0,2}}){{0,3}}"
_AGENT = source("creditors", "own_agent")
_ASKED = rf"(?:{source('creditors', 'appointed')}|{source('creditors', 'given')})"
_US = r"(?:uns|unsere[nmrs]?|unser)"
# Our agency X, "agency: X"; X represents us, collects for us, was asked by us.
_COMMISSIONED = re.compile(
    rf"\b{_US}(?: \w{{4,20}})? (?:{_AGENT}),? {_ARTICLE}¤"
    rf"|\b{_US} (?:{_AGENT}) (?:ist|sind) {_ARTICLE}¤"
    rf"|¤, {_US} (?:{_AGENT})"
    rf"|\bwir lassen\b[^¤]{{0,80}}\b(?:durch|von) {_ARTICLE}¤"
    rf"|\bunserer? (?:interessen|rechte|forderung(?:en)?|ansprüche)\b[^¤]{{0,40}}¤"
    rf"[^¤]{{0,60}}\b{_ASKED}\b"
    rf"|\bin unserem (?:auftrag|namen)\b[^¤]{{0,40}}¤"
    rf"|(?:^|[.;,(] ?)(?:{_AGENT})\s?:\s?¤"
    rf"|¤[^¤]{{0,60}}\b(?:für|von) uns\b|¤[^¤]{{0,40}}\b(?:vertritt|vertreten) uns\b"
    rf"|\b(?:durch|von) {_ARTICLE}¤[^¤]{{0,40}}\bvertreten\b"
    r"|¤[^¤]{0,60}\bin unserem (?:auftrag|namen)\b"
    rf"|¤[^¤]{{0,60}}\bvon uns\b[^¤]{{0,20}}\b{_ASKED}\b"
    rf"|\b(?:haben wir|wir haben)\b[^¤,;]{{0,60}}¤[^¤]{{0,80}}"
    rf"\b(?:{source('creditors', 'appointed')})\b"
    rf"|\bfür uns\b[^¤,;]{{0,40}}¤",
    re.IGNORECASE,
)
_ON_OUR_BEHALF = source("creditors", "on_our_behalf")
_FOR_US = re.compile(
    rf"\b(?:{_ON_OUR_BEHALF})\s(?:durch |by |von )?{_ARTICLE}¤"
    rf"|¤[^¤.]{{0,60}}\b(?:{_ON_OUR_BEHALF})\b",
    re.IGNORECASE,
)
# Given to X: only if we keep the claim, for it may as well be his now.
_GIVEN = re.compile(
    rf"\b(?:an|bei|beim|zu) {_ARTICLE}¤[^¤]{{0,80}}\b{_ASKED}\b"
    rf"|\b{_ASKED}\b[^¤]{{0,40}}\ban {_ARTICLE}¤"
    rf"|\b(?:liegt|befindet sich|ist)\b[^¤]{{0,40}}\b(?:bei|beim) {_ARTICLE}¤",
    re.IGNORECASE,
)


def own_agent(text: str, firms: Sequence[FirmFound]) -> FirmFound | None:
    """The agency or the law firm that acts for the sender, if he says so and means it."""
    if pattern("creditors", "no_longer_ours").search(text):
        return None
    for firm in firms:
        sentence = marked(text, firm)
        if has_other_role(text, (firm.place or (0, 0))[0]):
            continue
        if _is_denied(sentence):
            continue
        if _accounts_for_us(sentence):
            return firm
        enforces = is_authority(firm.name) and pattern("creditors", "enforces").search(sentence)
        if not enforces and not is_agent(firm.name):
            continue
        if _COMMISSIONED.search(sentence) or _collects(firm, sentence):
            return firm
        if _GIVEN.search(sentence) and _keeps(text, sentence):
            return firm
    return None


def signing_agent(text: str, firms: Sequence[FirmFound]) -> FirmFound | None:
    """The agency with its legal form that signs a mail in the creditor's name, on its own line."""
    lines = {line.strip() for line in text.rstrip().split("\n")}
    agents = [one for one in firms if has_legal_form(one.name) and is_agent(one.name)]
    return next((one for one in reversed(agents) if one.name in lines), None)


def _accounts_for_us(sentence: str) -> bool:
    """Whether ¤, of whatever trade, does the creditor's collecting or accounts for him."""
    is_work = pattern("creditors", "agency").search(sentence)
    return bool(is_work) and bool(_FOR_US.search(sentence))


def _is_denied(sentence: str) -> bool:
    """Not yet, not any more, or sold; but "not sold" denies nothing."""
    kept = pattern("creditors", "not_sold").search(sentence)
    rest = sentence[: kept.start()] + sentence[kept.end() :] if kept else sentence
    return bool(pattern("creditors", "no_agent").search(rest))


def _collects(firm: FirmFound, sentence: str) -> bool:
    """An agency beside a word for its work is the sender's; a law firm may be the debtor's."""
    if not is_agent(firm.name) or pattern("creditors", "law_firm").search(firm.name):
        return False
    return any(pattern("creditors", key).search(sentence) for key in ("appointed", "collection"))


def _keeps(text: str, sentence: str) -> bool:
    """Whether only the collection was given away, or the sender says that he still holds it."""
    is_collection = pattern("creditors", "collection").search(sentence)
    return bool(is_collection or pattern("creditors", "keeps_the_claim").search(text))
