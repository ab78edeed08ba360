"""Words beside a name that say: this person owes the claim."""

from __future__ import annotations

import re

from functions.worker.reading.language.vocabulary import pattern, source
from functions.worker.reading.parties.names import ADDRESS, TITLES

LOOK_BACK = 64
_NUMBER = r"(?:[\w./-]*\d[\w ./-]{0,20}[ ,:–-]{1,3})?"
_BETWEEN = r"(?:[\s:|,(–-]{1,4})(?:in\b)?"
_ARTICLE = r"(?:(?:den|die|ihre[nmrs]?|our client|unsere[nmrs]?)\s)?"


def before_name(key: str, between: str) -> re.Pattern[str]:
    """One of these words, what may stand between, a form of address and titles."""
    return re.compile(
        rf"(?<!\w)(?:{source('people', key)}){between}{ADDRESS}?{TITLES}$", re.IGNORECASE
    )


_DEBTOR = before_name("debtor", rf"{_BETWEEN}{_NUMBER}")
_ABOUT = before_name("about", rf"{_BETWEEN}{_ARTICLE}")
CASE = before_name("case", _BETWEEN)
_SURNAME_FOLLOWS = re.compile(
    rf"(?<!\w)(?:{source('people', 'surname_follows')})[\s:]{{1,2}}$", re.IGNORECASE
)
ADDRESSED = re.compile(rf"(?<!\w){ADDRESS}{TITLES}$", re.IGNORECASE)
# "Die Zustimmung Ihres Mandanten zur Weitergabe".
_PHRASE = re.compile(r"(?:zum|zur|zu|vom) ")
_COUPLE = re.compile(rf"(?<!\w)(?:{source('people', 'joint')})\s{{1,3}}$", re.IGNORECASE)
_BEHIND_NUMBER = re.compile(r"\d[\w./-]{0,20} ?[,:/|–-]{1,2} ?$")
_BEFORE_NUMBER = re.compile(r" ?[,:/|–(-]{1,2} ?[A-Z.: -]{0,12}[\w./-]{0,12}\d{3}")


def is_full_name(name: str) -> bool:
    """Whether it is more than a surname, or a surname and an initial."""
    several = "," in name or sum(not word.islower() for word in name.split()) > 1
    return several and not name.endswith(".")


def by_cue(before: str, name: str, *, known: bool) -> float:
    """How surely the words in front make `name` the debtor's; `known` if its first name is."""
    addressed = bool(ADDRESSED.search(before))
    if is_full_name(name):
        return _of_full_name(before, known=known, addressed=addressed)
    follows = bool(_SURNAME_FOLLOWS.search(before)) and not _PHRASE.match(name)
    if _DEBTOR.search(before):
        is_field = before.rstrip(" ").endswith(":") or follows
        return 0.75 if addressed else 0.6 if is_field else 0.0
    is_noun = pattern("people", "noun_ending").fullmatch(name)
    if follows and not is_noun:
        return 0.58
    if addressed:
        return 0.45 if _COUPLE.search(before) else 0.62
    return 0.6 if name.endswith(".") and _is_concerned(before) else 0.0


def _is_concerned(before: str) -> bool:
    return bool(_ABOUT.search(before) or CASE.search(before))


def _of_full_name(before: str, *, known: bool, addressed: bool) -> float:
    if _DEBTOR.search(before):
        return 0.95 if known else 0.88
    if (known or addressed) and _is_concerned(before):
        return 0.92 if known else 0.85
    if CASE.search(before):
        return 0.7
    return 0.88 if addressed else 0.0


def without_cue(text: str, start: int, end: int, *, known: bool, in_subject: bool) -> float:
    """How surely a full name is the debtor's that no word introduces."""
    before = text[max(start - LOOK_BACK, 0) : start]
    if known:
        return 0.8 if in_subject or before.endswith("(") else 0.72
    is_short = len(text[start:end].split()) <= 3  # noqa: PLR2004
    beside = _BEHIND_NUMBER.search(before) or _BEFORE_NUMBER.match(text, end)
    return 0.55 if is_short and beside else 0.0
