"""Two or three things told in sentences of their own, then "Beides steht noch aus"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from functions.worker.reading.claim.runs_of_parts import SignedPart
from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sums import Sum

_ASIDE = frozenset({Role.IRRELEVANT, Role.OURS, Role.OFFER, Role.INSTALMENT})
_LEFT_OF = 300
"""How much of the mail `Sum.surroundings` holds in front of the sum."""
_FARTHEST = 300
_BOTH = re.compile(
    r"[^.!?;]{0,60}(?:[.!?;,]\s)?(?P<said>[^.!?;]{0,40}\b(?:(?P<two>[Bb]eides"
    r"|[Dd]ie beiden Beträge|[Bb]eide "
    r"(?:Beträge|Posten|Summen|Rechnungen))|[Aa]lle[ns]? drei)\b(?:[^.!?;]|(?<=\d)\.){0,100})"
)
_IN_BOTH = ("eide", "drei")
_WANTED = re.compile(
    r"\b(?:zurück|gern|gerne|verlangen|fordern|fordere|erwarten|begleichen|überweisen|offen|aus"
    r"|unbezahlt"
    r"|fällig|rückständig|unbeglichen|überfällig|schuldet|geschuldet|auf(?:führen|nehmen)?"
    r"|steht)\b",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"\b(?:erledigt|beglichen|bezahlt|gezahlt|erlassen|storniert|verzicht\w{0,3}|ausgebucht"
    r"|getilgt)\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:nicht|nie|kein\w{0,2}|nichts|un\w{4,12})\b", re.IGNORECASE)


def told_together(sums: Sequence[Sum]) -> tuple[SignedPart, ...]:
    """The sums that the mail calls "beides" or "alle drei" and says are owed."""
    told = [one for one in sums if not one.is_aside and one.role not in _ASIDE]
    for place, last in enumerate(told):
        behind = _behind(last)
        both = _BOTH.match(behind) if any(word in behind for word in _IN_BOTH) else None
        if not both or not _is_owed(both["said"]):
            continue
        count = 2 if both["two"] else 3
        parts = told[max(place + 1 - count, 0) : place + 1]
        is_near = last.amount.start - parts[0].amount.start < _FARTHEST
        if len(parts) == count and is_near and not any(_is_paid(one) for one in parts):
            return tuple((one, 1) for one in parts)
    return ()


def _behind(one: Sum) -> str:
    place = min(one.amount.start, _LEFT_OF) + one.amount.end - one.amount.start
    return one.surroundings[place:]


def _is_owed(said: str) -> bool:
    if _OVER.search(said) and not _NOT.search(said):
        return False
    is_unpaid = pattern("amount_roles", "unpaid").search(said)
    return bool(is_unpaid or _WANTED.search(said))


def _is_paid(one: Sum) -> bool:
    is_lent = pattern("amount_roles", "lent").match(one.after, 1)
    return (
        one.role is Role.PAST
        and not is_lent
        and bool(pattern("amount_roles", "payment").search(one.context))
    )
