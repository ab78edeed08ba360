"""Claims told as a count and the sum of each: "die Mieten Mai bis Juli, je 620 EUR, stehen aus"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from functions.worker.reading.language.sentences import sentence_start
from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.money.counted_periods import count_of_periods, count_of_things
from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sums import Sum

_ZERO = Decimal("0.00")
_KEPT = frozenset({Role.TOTAL, Role.OURS, Role.OFFER, Role.INTEREST})
_EACH_BEFORE = re.compile(
    r"(?:\b(?:je|jeweils|à|a|pro \w{3,12}|je Monat|mal|monatlich|monatlich\w{1,2} [\w-]{3,30})"
    r"\s{0,2}"
    r"(?:(?:werden|wurden|sind|waren|fielen|kosten|kostet|von|zu|in Höhe von|über|mit)\s){0,2}"
    r"|\d\s?[x×]\s?)(?:EUR |€ )?$",
    re.IGNORECASE,
)
_EACH_BEHIND = re.compile(
    r"\s?(?:die|pro|je|das|im|/\s?)\s?(?:Nacht|Monat|Stunde|Stück|Tag|Woche|Quartal|Jahr|Sitzung"
    r"|Termin|Person|Platz)\b|\s(?:monatlich|jährlich|vierteljährlich)\b",
    re.IGNORECASE,
)
_REMINDED = re.compile(r"(?<!\w)(?:mahn|inkasso|rücklast|verzugs)", re.IGNORECASE)
_NOT = re.compile(r"\b(?:nicht|nie|kein\w{0,2})\b", re.IGNORECASE)
# Nothing is owed yet.
_PERHAPS = re.compile(
    r"\b(?:wenn|falls|sofern|sobald|wären?|würden?|könn(?:t?e?n|te)|möchten?|künftig\w{0,2}|dann|ob"
    r"|sollten?|(?:an)?bieten|angeboten\w{0,2}|bietet|biete|möglich|vor(?:ge)?schlag\w{0,4}|einverstanden)\b",
    re.IGNORECASE,
)


def counted_claims(text: str, sums: Sequence[Sum]) -> list[Sum]:
    """With the product in place of the sum of each, unless the mail prints what is owed."""
    counted = [_counted(text, one) for one in sums]
    rest = [one for one, product in zip(sums, counted, strict=True) if product is None]
    products = [one for one in counted if one]
    starts = {one.sentence for one in products}
    elsewhere = any(
        one.role is Role.TOTAL or (one.role is Role.BALANCE and one.sentence not in starts)
        for one in rest
    )
    eaches = [one for one in sums if one.amount.start in {each.amount.start for each in products}]
    if elsewhere or any(_comes_to(one, each) for one in rest for each in eaches):
        return list(sums)
    return [product or one for one, product in zip(sums, counted, strict=True)]


def _comes_to(one: Sum, each: Sum) -> bool:
    """Whether a sum may be what `each` comes to, however often the mail counts it."""
    is_over = one.role in {Role.PAST, Role.IRRELEVANT}
    is_multiple = one.owed > each.amount.value > _ZERO and not one.owed % each.amount.value
    return one.amount.value == each.owed or (is_multiple and not is_over)


def _counted(text: str, one: Sum) -> Sum | None:
    is_each = _EACH_BEFORE.search(one.before) or _EACH_BEHIND.match(one.after)
    if one.role in _KEPT or not (is_each or one.times > 1) or _REMINDED.search(one.before):
        return None
    if not _is_unpaid(one) or _PERHAPS.search(one.sentence):
        return None
    count = one.times if one.times > 1 else _count_in(one.sentence) or _count_above(text, one)
    if count is None:
        return None
    amount = replace(one.amount, value=one.amount.value * count)
    before = _EACH_BEFORE.sub("", one.before)
    return replace(one, amount=amount, role=Role.BALANCE, before=before, times=1, is_aside=False)


def _is_unpaid(one: Sum) -> bool:
    behind = one.after.partition(".")[0]
    paid = pattern("amount_roles", "past_after").search(behind)
    if paid and not (_NOT.search(behind) or pattern("amount_roles", "unpaid").search(behind)):
        return False
    return bool(pattern("amount_roles", "unpaid").search(one.sentence))


def _count_in(sentence: str) -> int | None:
    """How many there are; None if months and things are told and do not agree."""
    periods, things = count_of_periods(sentence), count_of_things(sentence)
    if periods and things and periods != things:
        return None
    return periods or things


def _count_above(text: str, one: Sum) -> int | None:
    """By the sentence before, as in "Es fehlen Mai und Juni. Pro Monat sind es 60 EUR"."""
    end = sentence_start(text, one.amount.start)
    if not text[max(end - 2, 0) : end].strip(" ."):
        end = max(end - 2, 0)
    return _count_in(text[sentence_start(text, end) : end])
