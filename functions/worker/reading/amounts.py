"""The money grammar: where sums of money stand in a text, and how much they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from functions.worker.reading.number_words import LONGEST_NUMBER_WORD, number_from_words
from functions.worker.reading.vocabulary import source

_MAX_AMOUNTS = 400
_CURRENCY = r"EUR(?:O|os?)?|Euro|euro|eur|€|CHF|SFr\.?|Fr\.|USD|US\$|\$|GBP|£"
_CODES = {"CHF": "CHF", "SFR": "CHF", "FR": "CHF", "USD": "USD", "US$": "USD", "$": "USD"}
_CODES |= {"GBP": "GBP", "£": "GBP"}
_MONTHS = "Jan|Feb|Mär|Mae|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez"
_NOTHING_MORE = rf"(?=[ ]{{0,3}}(?:[!?;)\n]|,(?!\d)|$|\.(?!\d|\s{{0,3}}(?:{_MONTHS}))))"
_COUNTED = r"(?:%|Prozent|Tage|Monat|Raten|Mahnung|Jahre|Woche|Stück)"
_AMOUNT = re.compile(
    rf"""
    (?: (?<!\w)(?P<before>{_CURRENCY})\s{{0,3}} | (?<![\w.,/'’:-]) )
    (?P<sign>[-−](?=\d))?
    (?P<digits>
        \d{{1,3}}(?:\.\d{{3}}){{1,3}} (?!\d)
      | \d{{1,3}}(?:['’]\d{{3}}){{1,3}} (?!\d)
      | \d{{1,3}}(?:,\d{{3}}){{1,3}} (?=\.\d\d(?!\d))
      | (?(before)[1-9]\d{{0,2}}(?:,\d{{3}}){{1,2}}(?![\d,/])|(?!)) (?![ ]?[ck/])
      | (?P<spaced>\d{{1,3}}(?:[ ]\d{{3}}){{1,3}}) (?=,\d\d(?!\d))
      | \d{{1,7}} (?!\d)
    )
    (?P<decimals> [,.]\d\d(?!\d) | [,.](?:--?|–|—) )?
    (?: \s{{0,3}}-?(?P<after>{_CURRENCY})(?!\w)
        (?(decimals)|(?!\s{{0,2}}\d(?!\d?\s{{1,3}}[Cc]ent|\d{_NOTHING_MORE}|\d?\d?\s{{0,2}}{_COUNTED})))
      | (?![\w%/]|[.,:'’-]\d|[ ]{{0,2}}[%‰]) )
    (?:[ ](?:im[ ])?(?P<side>[SH]|Soll|Haben)(?!\w))?
    """,
    re.VERBOSE,
)
_IN_WORDS = re.compile(
    rf"(?<!\w)(?P<words>[^\W\d_]{{3,{LONGEST_NUMBER_WORD}}})\s{{1,3}}(?:Euro|EUR|€)(?!\w)",
    re.IGNORECASE,
)
_CENTS = re.compile(
    r"\s{1,3}(?:und\s{1,3})?(?:(?P<digits>\d{1,2})|(?P<words>[^\W\d_]{3,20}))\s{1,3}Cents?(?!\w)",
    re.IGNORECASE,
)
# "743 Euro 20" and "siebzehn Euro achtzig", not "5 Euro 20 Prozent" or "5 Euro 20. Mai".
_SPOKEN_CENTS = re.compile(
    r"[ ]{1,2}(?:(?P<digits>\d\d)|(?P<words>[^\W\d_]{4,20}))"
    rf"{_NOTHING_MORE}"
)
_NOT_MONEY_AFTER = re.compile(
    r"[ ]{0,2}(?:prozent|v\.\s?h\.|uhr|stunden?|tagen?|monaten?|jahren?|mal|qm|m²|m2|kwh|km|kg"
    r"|(?:prozent)?punkten?)(?!\w)",
    re.IGNORECASE,
)
_FILLERS = r"(?:(?:also|noch|mir|uns|jetzt|dann|damit|heute|genau|immer|somit|ja|nun|halt)\s){0,3}"
# People who leave out the currency: "macht 1.650 die ich noch kriege", "bleiben 750".
_BARE_SUM = re.compile(
    rf"(?<!\w)(?:{source('amount_roles', 'before_bare_sum')})\s{{1,3}}{_FILLERS}"
    r"(?P<digits>[1-9]\d?\.\d{3}|(?!20[0-4]\d\b)[1-9]\d{2,4})"
    r"(?=[.!;?)](?!\d)|,(?!\d)|[ ]{0,3}(?:\n|$)|\s{1,3}"
    r"(?:und|die|der|das|zu|für|mit|aus|nach|übrig|offen|zurück|noch|stehen|fehlen)\b)",
    re.IGNORECASE,
)
_BARE_SUM_FIRST = re.compile(
    r"(?<![\w.,:/'’-])(?P<digits>[1-9]\d?\.\d{3}|(?!20[0-4]\d\b)[1-9]\d{2,4})"
    r"(?=\s(?:will|krieg|kriege|bekomm|bekomme)\s(?:ich|wir)\b)",
    re.IGNORECASE,
)
_BARE_WORDS = re.compile(
    rf"(?<!\w)(?:{source('amount_roles', 'before_bare_sum')})\s{{1,3}}{_FILLERS}"
    rf"(?P<words>[^\W\d_]{{8,{LONGEST_NUMBER_WORD}}})(?!\w)",
    re.IGNORECASE,
)
# What stands before "297,48 EUR" or "48 EUR" of a number with blanks or a line's end inside.
_TORN_THOUSANDS = re.compile(r"[^\s\d.,/|-][ ]{1,2}\d{1,3}(?:[.'’]\s{1,3}|[ ]|\s?\n\s{0,3})$")
_TORN_CENTS = re.compile(r"(?:\d\s{1,2},\s{0,3}|(?<!\d)\d{1,3}[. ]\d{3},\s{1,3})$")
_TORN_GROUP = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})?[.,]\d{1,2}[ ]$")
_TORN_BEHIND = re.compile(
    r"[ ]\d{3}(?:[ ]\d{3})?\s?,[ ]?\d\d(?!\d)|\.\s{1,3}\d{3},\d\d(?!\d)"
    r"|\s{1,2},\s{0,2}\d\d(?![\d.,])|[ ]\d{3}(?![\d.,])"
)
_LEAST_BARE = 100
_LABEL_BEFORE_SPACED = re.compile(r"(?:[:|=(]|(?<!\w)[a-zäöüß]{2,20})\s{0,3}$")


@dataclass(frozen=True, kw_only=True)
class Amount:
    """A sum of money at `text[start:end]`; `value` is negative if it is printed so.

    `currency` is None for a number with decimals that has no currency beside it.
    """

    value: Decimal
    currency: str | None
    start: int
    end: int
    is_credit: bool = False
    is_debit: bool = False
    is_torn: bool = False
    """Whether it may be only the end, or the beginning, of a larger number."""


def find_amounts(text: str) -> tuple[Amount, ...]:
    """All sums in order of place, at most 400. Dates, percentages, numbers of files are none."""
    in_digits = tuple(_in_digits(text))
    taken = {amount.start for amount in in_digits}
    in_words = tuple(_in_words(text))
    taken |= {amount.start for amount in in_words}
    bare = (
        amount
        for amount in (*_without_currency(text), *_bare_words(text))
        if amount.start not in taken
    )
    found = sorted((*in_digits, *in_words, *bare), key=lambda amount: amount.start)
    return tuple(found[:_MAX_AMOUNTS])


def _in_digits(text: str) -> Iterator[Amount]:
    for match in _AMOUNT.finditer(text):
        currency = match["before"] or match["after"]
        if not currency and not _is_bare_sum(match, text):
            continue
        if match["spaced"] and not match["before"] and not _is_one_number(text, match.start()):
            continue
        if match["before"] and _is_a_heading(match):
            continue
        sign = -1 if match["sign"] else 1
        cents, end = _cents_behind(text, match)
        yield Amount(
            value=sign * (_value(match["digits"], match["decimals"] or "") + cents),
            currency=_code(currency) if currency else None,
            start=match.start("before") if match["before"] else match.start(),
            end=end,
            is_credit=match["side"] in {"H", "Haben"} or sign < 0,
            is_debit=match["side"] in {"S", "Soll"},
            is_torn=_is_torn(match),
        )


def _is_torn(match: re.Match[str]) -> bool:
    digits, decimals = match["digits"], match["decimals"]
    if match["before"]:
        return not decimals and bool(_TORN_BEHIND.match(match.string, match.end("digits")))
    before = match.string[max(match.start() - 24, 0) : match.start()]
    if len(digits) <= 2:  # noqa: PLR2004
        is_end = not decimals and _TORN_CENTS.search(before)
        group = _TORN_GROUP.search(before)
        is_group = group and (("," in group[0]) != bool(decimals))
        return bool(is_end or is_group)
    return len(re.split(r"\D", digits)[0]) == 3 and bool(_TORN_THOUSANDS.search(before))  # noqa: PLR2004


def _is_a_heading(match: re.Match[str]) -> bool:
    """A column head "EUR" above the number of the first row is no currency of it."""
    between = match.string[match.end("before") : match.start("digits")]
    return "\n" in between and match["digits"].isdigit() and not match["decimals"]


def _cents_behind(text: str, euros: re.Match[str]) -> tuple[Decimal, int]:
    """As in "247 Euro und 80 Cent" or "247 Euro 80", with the place behind it."""
    match = _CENTS.match(text, euros.end())
    is_spoken = match is None and euros[0].casefold().endswith("euro")
    match = _SPOKEN_CENTS.match(text, euros.end()) if is_spoken else match
    if not match or (euros.groupdict().get("decimals")):
        return Decimal(0), euros.end()
    cents = int(match["digits"]) if match["digits"] else number_from_words(match["words"])
    if cents is None or cents >= 100 or (is_spoken and cents < 10):  # noqa: PLR2004
        return Decimal(0), euros.end()
    return Decimal(cents) / 100, match.end()


def _without_currency(text: str) -> Iterator[Amount]:
    for match in (*_BARE_SUM.finditer(text), *_BARE_SUM_FIRST.finditer(text)):
        yield Amount(
            value=_value(match["digits"], ""),
            currency=None,
            start=match.start("digits"),
            end=match.end("digits"),
        )


def _bare_words(text: str) -> Iterator[Amount]:
    """As in "bleiben zweitausendachthundert"."""
    for match in _BARE_WORDS.finditer(text):
        value = number_from_words(match["words"])
        if value is not None and value >= _LEAST_BARE:
            place = match.span("words")
            yield Amount(value=_cents(value), currency=None, start=place[0], end=place[1])


def _is_bare_sum(match: re.Match[str], text: str) -> bool:
    decimals = match["decimals"] or ""
    if not (decimals.startswith(",") and decimals[1:].isdigit()) and decimals[1:2] != "-":
        return False
    return not _NOT_MONEY_AFTER.match(text, match.end())


def _is_one_number(text: str, start: int) -> bool:
    # "Position 3 120,00 EUR" is a position and a sum, "noch 3 120,00 EUR" is one number.
    before = text[max(start - 24, 0) : start]
    return not before.strip() or bool(_LABEL_BEFORE_SPACED.search(before))


def _in_words(text: str) -> Iterator[Amount]:
    for match in _IN_WORDS.finditer(text):
        value = number_from_words(match["words"])
        if value is not None:
            cents, end = _cents_behind(text, match)
            whole = _cents(value) + cents
            yield Amount(value=whole, currency="EUR", start=match.start(), end=end)


def _value(digits: str, decimals: str) -> Decimal:
    whole = re.sub(r"\D", "", digits)
    cents = decimals[1:] if decimals[1:].isdigit() else "00"
    return Decimal(f"{whole}.{cents}")


def _cents(value: int) -> Decimal:
    return Decimal(value).quantize(Decimal("0.01"))


def _code(currency: str) -> str:
    return _CODES.get(currency.upper().rstrip("."), "EUR")
