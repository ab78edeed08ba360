"""The role of a sum of money by the words beside it."""

from __future__ import annotations

import re

from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.money.amounts import Amount
from functions.worker.reading.money.phrases_around import LABEL_OF_NEXT, claimed_up_to, over_up_to
from functions.worker.reading.money.role_words import (
    AFTER,
    NOUNS_AFTER,
    Found,
    Role,
    first_after,
    nearest_before,
)

_NO_CLAIM = frozenset({Role.PAST, Role.OFFER, Role.OURS, Role.IRRELEVANT, Role.INSTALMENT})
_CONNECTIVE = re.compile(
    r"[\s:|=.(]*(?:(?:von|i\.\s?h\.\s?v\.|in höhe von|über|beträgt|betragen|macht|ist|sind|lautet"
    r"|beläuft sich|belaufen sich|auf|heute|derzeit|aktuell|noch|insgesamt|also|somit"
    r"|of|is|at|stands|amounts|to)"
    r"[\s:|]*){0,5}",
    re.IGNORECASE,
)
_SEPARABLE = (
    (re.compile(r"\bweis(?:t|en)\b"), re.compile(r"\s{1,3}(?:aus|auf)\b")),
    (re.compile(r"\bmach(?:t|en|e)\b"), re.compile(r"[^.;,]{0,40}\bgeltend\b")),
    (re.compile(r"\bsteh(?:t|en)\b"), re.compile(r"[^.;,]{0,40}\b(?:offen|aus|zu Buche|an)\b")),
    (re.compile(r"\bmeld(?:et|en|e)\b"), re.compile(r"[^.;,]{0,40}\ban\b")),
    (re.compile(r"\bsteh(?:t|en)\b"), re.compile(r"\s{1,3}zu(?=[.,;!]|$)")),
    (re.compile(r"\bstell(?:t|en|e)\b"), re.compile(r"\s{1,3}(?:\w{3,12}\s)?in Rechnung\b")),
    (re.compile(r"\bklag(?:t|en|e)\b"), re.compile(r"\s{1,3}(?:\w{3,12}\s)?ein\b")),
    (re.compile(r"\b(?:treib|zieh)(?:t|en|e)\b"), re.compile(r"\s{1,3}(?:ein|bei)\b")),
)
_UNIT_PRICE = re.compile(
    r"(?:\d\s?[x×*]|\bà|\bje|(?:raten|rate)\sa|\d\s\w{3,20}\s(?:zu|à))\s{0,2}$", re.IGNORECASE
)
_BRACKETS = re.compile(r"\([^()\d]{0,60}\d[^()]{0,80}\)")
_LABEL_IN_BRACKETS = re.compile(r"\([^()\n]{2,60}\)(?=[\s|:.]{1,12}(?:EUR |€ )?$)")
_IF = re.compile(r"(?:^|[.,;:]\s|\s)(?:sofern|wenn|falls|sobald)\s[^.,;:]{0,60}$", re.IGNORECASE)
_COMES_IN = re.compile(r"\b(?:ein|eingehen|eingeht|kommen|kommt|fließen|zahlt|zahlen|überweist)\b")
_UNDER = re.compile(r"\W{0,4}(?:nicht )?unter\s{1,2}(?:EUR |€ )?", re.IGNORECASE)


def role_by_words(text: str, amount: Amount, left_from: int, right: str) -> tuple[Role, int, int]:
    """The role, where its words begin, and up to where the text is used up."""
    if _UNIT_PRICE.search(text[max(amount.start - 32, 0) : amount.start]):
        return Role.INSTALMENT, amount.start, amount.end
    claimed = claimed_up_to(text, amount, left_from, right)
    if claimed:
        return Role.BALANCE, amount.start, claimed
    over = over_up_to(text, amount, left_from, right)
    if over:
        return Role.PAST, amount.start, over
    if _UNDER.fullmatch(text[left_from : amount.start]):
        return Role.OFFER, amount.start, amount.end
    return _by_neighbours(text, amount, left_from, right)


def _by_neighbours(text: str, amount: Amount, left_from: int, right: str) -> tuple[Role, int, int]:
    """The role by words that touch the amount, else by the nearest."""
    before = _BRACKETS.sub(_blank, text[left_from : amount.start])
    left = nearest_before(_LABEL_IN_BRACKETS.sub(_blank, before)) or nearest_before(before)
    noun = first_after(right, NOUNS_AFTER)
    if (
        left
        and left[0] is Role.BALANCE
        and noun
        and _is_named_behind(text, amount.end, noun, right)
    ):
        return noun[0], amount.start, amount.end + noun[2]
    if left and _CONNECTIVE.fullmatch(text, left_from + left[2], amount.start):
        role = _corrected(left[0], right)
        return role, left_from + left[1], amount.end
    if noun and _is_named_behind(text, amount.end, noun, right):
        return noun[0], amount.start, amount.end + noun[2]
    after = first_after(right, AFTER)
    if after and after[0] is Role.INSTALMENT and LABEL_OF_NEXT.match(text, amount.end + after[2]):
        # "720 EUR in sechs Raten von 120 EUR": the instalments are the next sum.
        after = None
    if (left is None or left[0] in _NO_CLAIM) and (
        pattern("decisions", "insufficient").search(right)
        or (_IF.search(text[left_from : amount.start]) and _COMES_IN.search(right))
    ):
        return Role.OFFER, amount.start, amount.end
    found = _loosely(amount, left_from, left, after)
    if found[0] is Role.UNKNOWN and _has_verb_around(text, amount, left_from):
        return Role.BALANCE, amount.start, amount.end
    return found


def _has_verb_around(text: str, amount: Amount, left_from: int) -> bool:
    """As in "das Konto weist heute 450 EUR aus" and "wir machen 450 EUR geltend"."""
    left = text[left_from : amount.start]
    return any(verb.search(left) and rest.match(text, amount.end) for verb, rest in _SEPARABLE)


def _corrected(role: Role, right: str) -> Role:
    """Words behind the sum that weigh more: "insgesamt 50 EUR gezahlt", "mindestens 5 EUR mtl."."""
    after = first_after(right, AFTER)
    if after and role is Role.OFFER and after[0] is Role.INSTALMENT:
        return Role.INSTALMENT
    if after and role in {Role.TOTAL, Role.BALANCE} and after[0] in {Role.PAST, Role.IRRELEVANT}:
        return after[0]
    return role


def _stands_beside(text: str, end: int, noun: Found, right: str) -> bool:
    """As in "60,00 EUR Zinsen" and "60,00 EUR (Zinsen)", not in "60,00 EUR (Zinsen 5,00 EUR)"."""
    between = right[: noun[1]].strip()
    return not between or (between == "(" and text[end + noun[2] : end + noun[2] + 1] == ")")


def _is_named_behind(text: str, end: int, noun: Found, right: str) -> bool:
    """As in "offen sind 60,00 EUR Zinsen", not in "Forderung 60,00 EUR Zinsen 5,00 EUR"."""
    ends_line = text[end + noun[2] :].lstrip(" ")[:1] in {"", "\n"}
    is_label_of_next = not ends_line and LABEL_OF_NEXT.match(text, end + noun[2])
    return _stands_beside(text, end, noun, right) and not is_label_of_next


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _loosely(
    amount: Amount, left_from: int, left: Found | None, after: Found | None
) -> tuple[Role, int, int]:
    """The role by words that do not touch the amount."""
    if after and (left is None or left[0] in {Role.BALANCE, Role.TOTAL, Role.PAST}):
        if after[0] is Role.BALANCE and left and left[0] is Role.TOTAL:
            return Role.TOTAL, left_from + left[1], amount.end
        return after[0], amount.start, amount.end + after[2]
    if left:
        return left[0], left_from + left[1], amount.end
    return (Role.BALANCE if amount.is_debit else Role.UNKNOWN), amount.start, amount.end


def is_claimed(left: str) -> bool:
    """Costs or interest that are the only sum, right behind words of a claim."""
    found = nearest_before(left)
    return bool(found and found[0] is Role.BALANCE and _CONNECTIVE.fullmatch(left, found[2]))
