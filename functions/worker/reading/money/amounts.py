"""The money grammar: where sums of money stand in a text, and how much they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from functions.worker.reading.money.spoken_sums import NOTHING_MORE, cents_behind, spoken_sums

_CURRENCY = r"(?i:euros?|eur)|€|CHF|[Ss]?Fr\.|SFr|Franken|USD|US\$|\$|GBP|£"
_MANY = r"(?:(?:[Tt]ausend|[Tt]sd\.?)(?=[ ]?(?:Euro|EUR|€))|[Tk](?=€|EUR\b))"
_COUNTED = r"(?:%|Prozent|Tage|Monat|Raten|Mahnung|Jahre|Woche|Stück)"
# Digits behind a currency belong to it, unless they are cents or a number of other things.
_NO_CENTS = rf"(?!\d?\s{{1,3}}[Cc]ent|\d{NOTHING_MORE}|\d?\d?\s{{0,2}}{_COUNTED})"
_CODES = {
    "CHF": "CHF",
    "SFR": "CHF",
    "FR": "CHF",
    "FRANKEN": "CHF",
    "USD": "USD",
    "US$": "USD",
    "$": "USD",
}
_CODES |= {"GBP": "GBP", "£": "GBP"}
_DEBITED, _CREDITED = frozenset({"S", "Soll", "DR"}), frozenset({"H", "Haben", "CR"})
_POSTED = frozenset({"DR", "CR"})
_AMOUNT = re.compile(
    rf"""
    (?: (?<!\w)(?P<before>{_CURRENCY}):?\s{{0,3}} | (?<![\w.,/'’:-]) | (?<=\.\.\.) )
    (?P<sign>[-−](?=\d))?
    (?P<digits>
        \d{{1,3}}(?:\.\d{{3}}){{1,3}} (?!\d)
      | \d{{1,3}}(?:['’]\d{{3}}){{1,3}} (?!\d)
      | \d{{1,3}}(?:,\d{{3}}){{1,3}} (?=\.\d\d(?!\d))
      | (?(before)[1-9]\d{{0,2}}(?:,\d{{3}}){{1,2}}(?![\d,/])|(?!)) (?![ ]?[ck/])
      | (?P<spaced>\d{{1,3}}(?:[ ]\d{{3}}){{1,3}}) (?=,\d\d(?!\d))
      | \d{{1,7}} (?!\d)
    )
    (?P<decimals> [,.]\d\d(?!\d) | [,.](?:--?|–|—|=) | ,\d(?=[ ]?{_MANY}) )?
    (?P<minus>(?<=\d)[-−](?=[ \n|;)]|$))?
    (?P<many>[ ]?{_MANY})?
    (?: \s{{0,3}}-?(?P<after>{_CURRENCY})(?!\w)(?(decimals)|(?!\s{{0,2}}\d{_NO_CENTS}))
      | (?![\w%/]|[.,:'’-]\d|[ ]{{0,2}}[%‰]) )
    (?:[ ](?:im[ ])?(?P<side>[SH]|Soll|Haben|DR|CR)(?!\w))?
    """,
    re.VERBOSE,
)
_NOT_MONEY_AFTER = re.compile(
    r"[ ]{0,2}(?:prozent|v\.\s?h\.|uhr|stunden?|tagen?|monaten?|jahren?|mal|qm|m²|m2|kwh|km|kg"
    r"|(?:prozent)?punkten?)(?!\w)",
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
_LABEL_BEFORE_SPACED = re.compile(
    r"(?:[:|=(]|(?<!\w)[a-zäöüß]{2,20}|\d\.(?:\d{4}|\d\d)"
    r"|(?:Saldo|saldo|Betrag|betrag|Summe|summe|[Ff]orderung|[Rr]ückstand|[Ss]chuld))\s{0,3}$"
)

# In a mail that surely writes one number with blanks, "Kapital 1 430,00" is one, too.
_LABEL_OF_A_PART = re.compile(
    r"(?<!\w)(?!(?:Position|Pos|Posten|Nr|Nummer|Rechnung|Rate|Mahnung|Anlage|Blatt|Stück)\b)"
    r"[^\W\d]{3,25}\s{1,3}$"
)


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
    """All sums in order of place. Dates, percentages, numbers of files are none."""
    in_digits = tuple(_in_digits(text))
    taken = {place for one in in_digits for place in range(one.start, one.end)}
    spoken: list[Amount] = []
    for one in spoken_sums(text):
        if one.start not in taken:
            taken.update(range(one.start, one.end))
            spoken.append(
                Amount(value=one.value, currency=one.currency, start=one.start, end=one.end)
            )
    return tuple(sorted((*in_digits, *spoken), key=lambda amount: amount.start))


def _in_digits(text: str) -> Iterator[Amount]:
    matches = list(_AMOUNT.finditer(text))
    has_blanks = any(match["spaced"] and _is_surely_one_number(match) for match in matches)
    for match in matches:
        currency = match["before"] or match["after"]
        if not currency and not _is_bare_sum(match, text):
            continue
        if (
            match["spaced"]
            and not _is_surely_one_number(match)
            and not (
                has_blanks
                and _LABEL_OF_A_PART.search(text[max(match.start() - 30, 0) : match.start()])
            )
        ):
            continue
        if match["before"] and _is_a_heading(match):
            continue
        sign = -1 if match["sign"] or match["minus"] else 1
        whole = _value(match["digits"], match["decimals"] or "") * (1000 if match["many"] else 1)
        is_whole = not match["decimals"]
        cents, end = cents_behind(text, match.end()) if is_whole else (Decimal(0), match.end())
        yield Amount(
            value=sign * (whole + cents),
            currency=_code(currency) if currency else None,
            start=match.start("before") if match["before"] else match.start(),
            end=end,
            is_credit=match["side"] in _CREDITED or sign < 0,
            is_debit=match["side"] in _DEBITED,
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


def _is_bare_sum(match: re.Match[str], text: str) -> bool:
    decimals = match["decimals"] or ""
    if match["side"] in _POSTED:
        return True
    if not (decimals.startswith(",") and decimals[1:].isdigit()) and decimals[1:2] != "-":
        return False
    return not _NOT_MONEY_AFTER.match(text, match.end())


def _is_surely_one_number(match: re.Match[str]) -> bool:
    return bool(match["before"]) or _is_one_number(match.string, match.start())


def _is_one_number(text: str, start: int) -> bool:
    # "Position 3 120,00 EUR" is a position and a sum, "noch 3 120,00 EUR" is one number.
    before = text[max(start - 24, 0) : start]
    return not before.strip() or bool(_LABEL_BEFORE_SPACED.search(before))


def _value(digits: str, decimals: str) -> Decimal:
    whole = re.sub(r"\D", "", digits)
    cents = decimals[1:] if decimals[1:].isdigit() else "00"
    return Decimal(f"{whole}.{cents:0<2}")


def _code(currency: str) -> str:
    return _CODES.get(currency.upper().rstrip("."), "EUR")
