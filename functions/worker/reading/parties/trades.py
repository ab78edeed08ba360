"""Tells by trade who acts for others: agencies, lawyers, bailiffs, billing offices."""

from __future__ import annotations

import re

from functions.worker.reading.language.sentences import line_around
from functions.worker.reading.language.vocabulary import pattern

_LEAST_PART = 0.4
_LAWYER_SIGNS = re.compile(
    r"\n[^\n]{0,60}?(?<!\w)(?:(?:Fach|Rechts)anw[aä]lt(?:e|in)?|Obergerichtsvollzieher(?:in)?"
    r"|Gerichtsvollzieher(?:in)?)(?=[ ,|\n]|$)"
)


def is_agent(name: str) -> bool:
    """Whether a firm of this name lives on acting for others."""
    return bool(pattern("creditors", "representative").search(name))


def is_trade(word: str) -> bool:
    """Whether it is a trade alone, as behind a name: "Eva Kern, OGV"."""
    return bool(pattern("creditors", "representative").fullmatch(word))


def is_carrier(name: str) -> bool:
    """Whether a sender of this name lives on delivering other people's letters."""
    return bool(pattern("creditors", "carrier").search(name))


def acts_for_others(text: str, name: str, address: str) -> bool:
    """By name and address, by how the mail is signed, or by words for its principal."""
    if is_agent(name) or is_agent(address_words(address)) or _has_trade_behind(text, name):
        return True
    if pattern("creditors", "our_principal").search(text) or _enforces_for_another(text, name):
        return True
    return signs_as_lawyer(text)


def _enforces_for_another(text: str, name: str) -> bool:
    """An authority that says so: it may as well collect its own dues."""
    if not pattern("creditors", "authority").search(name):
        return False
    if pattern("creditors", "enforces_for").search(text):
        return True
    is_enforcer = pattern("creditors", "enforcer").search(name)
    is_own = pattern("creditors", "own_dues").search(text)
    return bool(is_enforcer and not is_own and pattern("creditors", "public_claimant").search(text))


def _has_trade_behind(text: str, name: str) -> bool:
    """As in the signature "MediKonto eG - Abrechnungen für Heilberufe"."""
    place = text.rfind(name) if name else -1
    line = line_around(text, place) if place >= 0 else ""
    return bool(pattern("creditors", "trade_line").search(line))


def address_words(address: str) -> str:
    """The words of the domain; and a mailbox such as kanzlei@."""
    mailbox, _, domain = address.casefold().rpartition("@")
    is_office = pattern("creditors", "agent_s_mailbox").fullmatch(mailbox)
    return re.sub(r"[^a-zäöü]+", " ", f"{'kanzlei' if is_office else ''} {domain}")


def signs_as_lawyer(text: str) -> bool:
    """Whether a lawyer's or a bailiff's title stands below the text."""
    return bool(_LAWYER_SIGNS.search(text, int(len(text.rstrip()) * _LEAST_PART)))
