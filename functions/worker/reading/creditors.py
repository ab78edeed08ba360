"""Names the one who holds the claim, and the one who acts for him."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from functions.worker.reading.firms import FirmFound, find_firms
from functions.worker.reading.sender_firm import sender_firm, sender_words
from functions.worker.reading.vocabulary import pattern, source
from shared.domain.match_keys import creditor_words

__all__ = ["FirmFound", "Parties", "find_parties"]

_LOOK = 64
_ARTICLE = rf"(?:(?:{source('creditors', 'article')})\s{{0,2}}){{0,3}}"


def _before(key: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{source('creditors', key)})[\s:|,]{{0,4}}{_ARTICLE}$", re.IGNORECASE
    )


def _behind(key: str) -> re.Pattern[str]:
    return re.compile(rf"[ ,\n(]{{1,3}}(?:{source('creditors', key)})(?!\w)", re.IGNORECASE)


_PRINCIPAL_FIELD, _PRINCIPAL_TITLE = _before("principal_field"), _behind("principal_title")
_PRINCIPAL_BEFORE, _PRINCIPAL_BEHIND = _before("principal_before"), _behind("principal_after")
_ON_BEHALF, _HOLDER_BEFORE = _before("on_behalf"), _before("holder_before")
_HOLDER_BEHIND = _behind("holder_after")


@dataclass(frozen=True, kw_only=True)
class Parties:
    """Who holds the claim, and who acts for him if it is another one."""

    creditor: FirmFound | None
    representative: FirmFound | None


def find_parties(written: str, *, sender_name: str, sender_address: str = "") -> Parties:
    """Read both from the sender's name and address and his own words, signature included."""
    firms = list(find_firms(written))
    sender = sender_firm(written, firms, sender_name=sender_name, sender_address=sender_address)
    if sender and pattern("creditors", "sender_is_holder").search(written):
        return Parties(creditor=sender, representative=None)
    own = set(creditor_words(sender.name)) if sender else set()
    others = [firm for firm in firms if not _is_same(own, firm.name)]
    holder = _first(written, others, _HOLDER_BEFORE, _HOLDER_BEHIND, both=True)
    if holder:
        return Parties(creditor=holder, representative=None)
    named = _first(written, others, _PRINCIPAL_FIELD, _PRINCIPAL_TITLE, both=False)
    if sender and named:
        return Parties(creditor=named, representative=sender)
    if sender and _acts_for_others(sender.name, sender_address):
        principal = _first(written, others, _PRINCIPAL_BEFORE, _PRINCIPAL_BEHIND, both=False)
        return Parties(creditor=principal or sender, representative=sender if principal else None)
    delivered_for = _first(written, others, _ON_BEHALF, None, both=False)
    return Parties(creditor=delivered_for or sender, representative=None)


def _acts_for_others(name: str, address: str) -> bool:
    trade = pattern("creditors", "representative")
    return any(trade.search(words) for words in sender_words(name, address))


def _is_same(own: set[str], name: str) -> bool:
    found = set(creditor_words(name))
    return bool(own) and (found <= own or own <= found)


def _first(
    text: str,
    firms: Sequence[FirmFound],
    before: re.Pattern[str],
    behind: re.Pattern[str] | None,
    *,
    both: bool,
) -> FirmFound | None:
    """The first firm with a telling word before or behind it; an assignee needs both."""
    for firm in firms:
        if firm.place is None:
            continue
        start, end = firm.place
        is_after = bool(before.search(text[max(start - _LOOK, 0) : start]))
        is_before = bool(behind and behind.match(text, end))
        is_told = is_before if both else is_after or is_before
        if is_told:
            fuller = _fullest(firm, firms)
            return FirmFound(name=fuller.name, confidence=0.85, place=fuller.place)
    return None


def _fullest(firm: FirmFound, firms: Sequence[FirmFound]) -> FirmFound:
    known = creditor_words(firm.name)
    forms = [one for one in firms if creditor_words(one.name)[: len(known)] == known]
    return max(forms, key=lambda one: one.confidence, default=firm)
