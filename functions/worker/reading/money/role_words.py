"""The meanings a sum of money can have, and the words that give it one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from functions.worker.reading.language.vocabulary import pattern, source


class Role(StrEnum):
    """The meaning of a sum."""

    TOTAL = "total"
    BALANCE = "balance"
    PRINCIPAL = "principal"
    INTEREST = "interest"
    COSTS = "costs"
    PART = "part"
    INSTALMENT = "instalment"
    OFFER = "offer"
    PAST = "past"
    OURS = "ours"
    IRRELEVANT = "irrelevant"
    UNKNOWN = "unknown"


Found = tuple[Role, int, int]
"""A role, and where its word begins and ends."""

BEFORE = (
    ("arrears", Role.BALANCE),
    ("irrelevant", Role.IRRELEVANT),
    ("ours", Role.OURS),
    ("instalment", Role.INSTALMENT),
    ("offer", Role.OFFER),
    ("demand", Role.BALANCE),
    ("past", Role.PAST),
    ("interest", Role.INTEREST),
    ("balance_of_costs", Role.BALANCE),
    ("part", Role.PART),
    ("costs", Role.COSTS),
    ("principal", Role.PRINCIPAL),
    ("total", Role.TOTAL),
    ("balance", Role.BALANCE),
)
AFTER = (
    ("irrelevant_after", Role.IRRELEVANT),
    ("instalment_after", Role.INSTALMENT),
    ("offer_after", Role.OFFER),
    ("balance_after", Role.BALANCE),
    ("past_after", Role.PAST),
    ("total_after", Role.TOTAL),
)
NOUNS_AFTER = (("interest", Role.INTEREST), ("costs", Role.COSTS), ("principal", Role.PRINCIPAL))

_ACCESSORY = "|".join(
    (source("amount_roles", "interest"), source("amount_roles", "costs"), r"neben\w+")
)
# "Die Forderung einschließlich der Kosten beträgt" speaks of the claim, not of the costs.
_INCLUDED = re.compile(
    rf"(?<!\w)(?:{source('amount_roles', 'including')})\s(?:\w{{1,16}}\s){{0,4}}?"
    rf"(?:{_ACCESSORY})(?!\w)(?:\sund\s(?:{_ACCESSORY})(?!\w))?",
    re.IGNORECASE,
)
# "Nach Abzug der Zahlungen verbleibt" speaks of what is left.
_AFTER_PAYMENTS = re.compile(
    r"\b(?:nach|unter|abzüglich)\s(?:(?:Abzug|Anrechnung|Verrechnung|Verbuchung|Berücksichtigung)\s)?"
    r"(?:der|des|aller|Ihrer|dieser|sämtlicher)\s(?:\w{4,20}\s)?"
    r"(?:\w{0,12}zahlung(?:en)?|gutschrift(?:en)?|eingänge|zahlungseingänge|guthabens|erlöses)"
    r"(?=\s(?!von\b|über\b|vom\b|in\s|i\.|zu\b|EUR|€|\d))",
    re.IGNORECASE,
)
# "Die Forderung setzt sich zusammen aus 500 EUR Kapital und" speaks of parts.
_MADE_OF = re.compile(r"\bsetz(?:t|en) sich[^.;\d]{0,50}?\bzusammen\b", re.IGNORECASE)
# "Waren | 50,00" names goods, "waren 50,00" is the verb.
_GOODS = re.compile(r"^\W*Waren(?=\s{0,3}(?:[|:.]|\s{2}|EUR|€|\d|$))", re.MULTILINE)
# "Pachtzins" is a rent.
_RENT = re.compile(r"\b(?:miet|pacht|erbbau|erbpacht)zins(?:es|e)?\b", re.IGNORECASE)
_VERB = pattern("amount_roles", "gives_the_sum")
_CLAUSE_END = re.compile(r"[,;:.]\s")
_OPENS = re.compile(r"\s?\(\s?")
_OF = re.compile(r"\s(?:von|in Höhe von|i\.\s?H\.\s?v\.|mit)\s(?:EUR\s|€\s)?", re.IGNORECASE)


def nearest_before(context: str) -> Found | None:
    """The role of the last telling word in front of a sum."""
    best: Found | None = None
    context = _INCLUDED.sub(_blank_unless_named, context)
    context = _AFTER_PAYMENTS.sub(lambda match: " " * len(match[0]), context)
    for silent in (_MADE_OF, _GOODS, _RENT):
        context = silent.sub(lambda match: " " * len(match[0]), context)
    for key, role in BEFORE:
        for match in pattern("amount_roles", key).finditer(context):
            if best is None or match.end() > best[2]:
                best = (role, match.start(), match.end())
    return _of_its_subject(best, context) if best else None


def _of_its_subject(found: Found, context: str) -> Found:
    """In "Der Rückkaufswert beläuft sich auf" the verb speaks of a noun that is never owed."""
    role, start, end = found
    if role is not Role.BALANCE or not _VERB.fullmatch(context[start:end]):
        return found
    clause = _CLAUSE_END.split(context[:start])[-1]
    subject = list(pattern("amount_roles", "irrelevant").finditer(clause))
    owed = list(pattern("amount_roles", "balance").finditer(clause))
    if not subject or (owed and owed[-1].end() > subject[-1].end()):
        return found
    return Role.IRRELEVANT, start, end


def _blank_unless_named(match: re.Match[str]) -> str:
    """In "inkl. Zinsen (5 EUR" and "nebst Zinsen von 5 EUR" the sum is the interest's own."""
    behind = match.string[match.end() :]
    on_top = pattern("amount_roles", "on_top").match(match[0])
    is_named = _OPENS.fullmatch(behind) or (on_top and _OF.fullmatch(behind))
    return match[0] if is_named else " " * len(match[0])


def first_after(context: str, tables: Sequence[tuple[str, Role]]) -> Found | None:
    """The role of the first telling word behind a sum."""
    best: Found | None = None
    for key, role in tables:
        match = pattern("amount_roles", key).search(context)
        if match and (best is None or match.start() < best[1]):
            best = (role, match.start(), match.end())
    return best
