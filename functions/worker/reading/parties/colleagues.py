"""Recognises a note that one person of the firm writes to another, by what and how he writes."""

from __future__ import annotations

import re

from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.parties.names import is_first_name
from shared.domain.match_keys import fold_letters

_ENOUGH = 3
_MOST_WORDS = 3
_LEAST_LETTERS = 4
_GREETING = r"(?:(?:hallo|hi|hey|liebe[rs]?|moin|guten (?:morgen|tag)|servus)[ ,]{1,2})?"
_BY_FIRST_NAME = re.compile(rf"{_GREETING}(?P<name>[^\W\d_][\w-]{{1,20}})[,!]?", re.IGNORECASE)
_TO_ALL = re.compile(
    rf"{_GREETING}(?:zusammen|alle|kolleg(?:en|innen)(?: und kollegen)?|team|ihr lieben)[,!]?",
    re.IGNORECASE,
)
_INITIALS = re.compile(
    r"(?:(?:danke|gruß|grüße|lg|vg)[, ]{1,2})?[A-ZÄÖÜ](?:[A-ZÄÖÜ]{0,2}|\. ?[A-ZÄÖÜ])\.?",
    re.IGNORECASE,
)
_YOUR = re.compile(r"\bIhr(?:e[mnrs]?)?\b")
_YOUR_CLIENT = re.compile(r"\bIhre?[mnrs]? (?:Mandant|Klient)")


def is_between_colleagues(address: str, own_words: str, *, subject_length: int) -> bool:
    """Whether enough signs come together, of which each alone may stand in a creditor's mail.

    First names, initials and talk of files speak for it; so does a house whose name is not
    printed, as creditors sign. "Ihre Anfrage" speaks against it, "Ihr Mandant" rules it out.
    """
    body = own_words[subject_length:]
    lines = [line.strip() for line in body.split("\n") if line.strip()]
    if not lines or _YOUR_CLIENT.search(body):
        return False
    talk = {match[0] for match in pattern("intents", "file_talk").finditer(own_words)}
    signs = min(len(talk), _MOST_WORDS) - min(len(_YOUR.findall(body)), _MOST_WORDS)
    signs += 2 * _greets_colleagues(lines[0]) + _signs_shortly(lines[-1])
    return signs + _hides_its_house(address, own_words) >= _ENOUGH


def _greets_colleagues(line: str) -> bool:
    named = _BY_FIRST_NAME.fullmatch(line)
    return bool(_TO_ALL.fullmatch(line)) or bool(named and is_first_name(named["name"]))


def _signs_shortly(line: str) -> bool:
    """With a first name, or with initials in capitals."""
    name = line.strip(" .,")
    is_initials = _INITIALS.fullmatch(line) and name.split()[-1].isupper()
    return bool(is_initials) or (" " not in name and is_first_name(name))


def _hides_its_house(address: str, own_words: str) -> bool:
    """Whether no part of the domain's name stands in what the mail says."""
    domain = address.rpartition("@")[2].casefold().rpartition(".")[0]
    parts = [part for part in re.split(r"[-.]", domain) if len(part) >= _LEAST_LETTERS]
    folded = fold_letters(own_words, umlaut_with_e=True)
    letters = "".join(sign for sign in folded if sign.isalnum())
    return not any(part in letters for part in parts)
