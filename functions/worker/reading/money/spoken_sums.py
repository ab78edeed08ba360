"""Sums as people say them: in words, with cents behind the currency, without any currency."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from functions.worker.reading.language.number_words import LONGEST_NUMBER_WORD, number_from_words
from functions.worker.reading.language.vocabulary import source

_CURRENCY_BEHIND = re.compile(r"(?<=[^\W\d_])\s{1,3}(?:Euros?|EUR|€)(?!\w)", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]+")
_MOST_WORDS = 5
_LONGEST_RUN_OF_WORDS = 120
_CENTS = re.compile(
    r"\s{1,3}(?:und\s{1,3})?(?:(?P<digits>\d{1,2})|(?P<words>[^\W\d_]{3,20}))\s{1,3}Cents?(?!\w)",
    re.IGNORECASE,
)
_MONTHS = "Jan|Feb|Mär|Mae|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez"
NOTHING_MORE = rf"(?=[ ]{{0,3}}(?:[!?;)\n]|,(?!\d)|$|\.(?!\d|\s{{0,3}}(?:{_MONTHS}))))"
# "743 Euro 20" and "siebzehn Euro achtzig", not "5 Euro 20 Prozent" or "5 Euro 20. Mai".
_CENTS_UNSAID = re.compile(
    rf"(?<=euro)\s{{1,2}}(?:(?P<digits>[1-9]\d){NOTHING_MORE}|(?P<words>[^\W\d_]{{4,20}})(?:{NOTHING_MORE}|(?=\s[a-zäöü])))",
    re.IGNORECASE,
)
_LEAST_UNSAID = 10
_FILLERS = (
    r"(?:(?:also|noch|no|mir|uns|jetzt|dann|damit|heute|genau|immer|somit|ja|nun|halt)\s){0,3}"
)
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
    r"(?=\s(?:will|krieg|kriege|bekomm|bekomme|fehlen|fehlt)\s(?:ich|wir|mir|uns|noch|der)\b)",
    re.IGNORECASE,
)
# A round number between small words is money too: "ich hab ihm 5.300 gegeben". Units follow nouns.
_ROUND_SUM = re.compile(
    r"(?<=[a-zäöüß]\s)(?<!\bnummer\s)(?<!\bnr\s)(?P<digits>[1-9]\d{0,2}\.000|[1-9]\d?\.\d{3})"
    r"(?=[!;?)]|[.,](?!\d)|[ ]{0,3}(?:\n|$)|\s{1,2}(?!km\b|kwh\b|qm\b|m\b|kg\b|mal\b)[a-zäöü])"
)
_BEFORE_ROUND = re.compile(
    r"(?<!\w)(?:die|den|der|von|auf|um|ihm|ihr|ihnen|mir|ja|also|noch|etwa|rund|circa|gut|knapp"
    r"|über|mit|waren|sind|jetzt|heute|genau|insgesamt|zusammen|nur|fehlen|restlichen|anderen"
    r"|ganzen|geliehen|geliehenen)\s$"
)
_BARE_WORDS = re.compile(
    rf"(?<!\w)(?:{source('amount_roles', 'before_bare_sum')})\s{{1,3}}{_FILLERS}"
    rf"(?P<words>[^\W\d_]{{8,{LONGEST_NUMBER_WORD}}})(?!\w)",
    re.IGNORECASE,
)
# "Achthundert hat er mir wiedergegeben", "seine Mutter hat 100 hingelegt"
_PAID_OR_LEFT = (
    r"(?=\s(?:be|ab|zurück|an|ein|ange)?(?:zahlt|gezahlt)\b|\s(?:hinge|wiederge|zurückge|ge)(?:legt|geben|bracht)\b"
    r"|\s(?:überwiesen|abgestottert|abgetragen|erhalten|bekommen|zurückbekommen|abbezahlt|getilgt)\b"
    r"|\s(?:hat|haben|hab|habe|sind|stehen|bleiben|fehlen|kamen|fehlt)\s(?:er|sie|es|ich|wir|noch|mir|uns|also)\b"
    r"|\s(?:fehlen|fehlt|offen|ausständig|übrig)(?:\s(?:sind|ist|stehen))?[.,;!])"
)
_BARE_PAYMENT = re.compile(
    rf"(?<=[a-zäöüß,]\s)(?P<digits>[1-9]\d?\.\d{{3}}|(?!20[0-4]\d\b)[1-9]\d{{1,3}}){_PAID_OR_LEFT}",
    re.IGNORECASE,
)
_BARE_WORDS_PAID = re.compile(
    rf"(?<!\w)(?P<words>[^\W\d_]{{0,40}}(?:hundert|tausend)[^\W\d_]{{0,40}})(?:{_PAID_OR_LEFT})",
    re.IGNORECASE,
)
# The first two of "drei Rechnungen: 90, 130 und 45 Euro".
_NEXT_OF_A_ROW = r"(?:\s?[,+]\s|\s(?:und|sowie|plus)\s)"
_WHOLE = r"(?:[1-9]\d?\.\d{3}|(?!(?:19|20)\d\d\b)[1-9]\d{1,3})"
_ROW = re.compile(
    rf"(?:(?<=:\s)|(?<=\()|(?<=[a-zäöü]{{3}}\s)){_WHOLE}(?:{_NEXT_OF_A_ROW}{_WHOLE}){{1,7}}"
    r"(?=\s?(?:Euro|EUR|€)(?!\w))"
)
_ONE_OF_A_ROW = re.compile(_WHOLE)
_NO_EXACT_NUMBER = re.compile(r"\b(?:paar|einige|mehrere|etliche|viele)\s$", re.IGNORECASE)
_LEAST_BARE = 100
_HUNDRED = 100


@dataclass(frozen=True, kw_only=True)
class SpokenSum:
    """A sum at `text[start:end]`; `currency` is None if none is named."""

    value: Decimal
    currency: str | None
    start: int
    end: int


def spoken_sums(text: str) -> Iterator[SpokenSum]:
    """Sums in words with a currency, then those in words or digits without one."""
    yield from _in_words(text)
    yield from _in_rows(text)
    yield from _in_bare_digits(text)
    yield from _in_bare_words(text)


def cents_behind(text: str, end: int) -> tuple[Decimal, int]:
    """As in "247 Euro und 80 Cent" with the euros ending at `end`, and where the cents end."""
    said = _CENTS.match(text, end)
    match = said or _CENTS_UNSAID.match(text, end)
    if not match:
        return Decimal(0), end
    cents = int(match["digits"]) if match["digits"] else number_from_words(match["words"])
    if cents is None or cents >= _HUNDRED or not (said or cents >= _LEAST_UNSAID):
        return Decimal(0), end
    return Decimal(cents) / _HUNDRED, match.end()


def _in_words(text: str) -> Iterator[SpokenSum]:
    for match in _CURRENCY_BEHIND.finditer(text):
        found = _number_ending_at(text, match.start())
        if found and not _NO_EXACT_NUMBER.search(text, max(found[1] - 12, 0), found[1]):
            cents, end = cents_behind(text, match.end())
            value = _exact(found[0]) + cents
            yield SpokenSum(value=value, currency="EUR", start=found[1], end=end)


def _number_ending_at(text: str, end: int) -> tuple[int, int] | None:
    """The longest number in one word or several, as "ein tausend zweihundert"; and its place."""
    begin = max(end - _LONGEST_RUN_OF_WORDS, 0)
    best: tuple[int, int] | None = None
    joined, next_start = "", end
    for word in reversed(list(_WORDS.finditer(text, begin, end))[-_MOST_WORDS:]):
        gap = text[word.end() : next_start]
        joined, next_start = word[0] + joined, word.start()
        value = number_from_words(joined)
        if gap.strip(" \n-") or len(gap) > 3 or (value is None and not _may_go_on(joined)):  # noqa: PLR2004
            break
        if value is not None:
            best = (value, word.start())
    return best


def _may_go_on(joined: str) -> bool:
    """The end of a number, as "undfünfzig" of "hundert und fünfzig"."""
    rest = joined.casefold().removeprefix("und")
    return rest != joined.casefold() and (not rest or number_from_words(rest) is not None)


def _in_bare_digits(text: str) -> Iterator[SpokenSum]:
    rounds = (match for match in _ROUND_SUM.finditer(text) if _follows_a_small_word(match))
    paid = _BARE_PAYMENT.finditer(text)
    for match in (*_BARE_SUM.finditer(text), *_BARE_SUM_FIRST.finditer(text), *paid, *rounds):
        value = _exact(int(match["digits"].replace(".", "")))
        start, end = match.span("digits")
        yield SpokenSum(value=value, currency=None, start=start, end=end)


def _in_rows(text: str) -> Iterator[SpokenSum]:
    for row in _ROW.finditer(text):
        for match in list(_ONE_OF_A_ROW.finditer(text, row.start(), row.end()))[:-1]:
            value = _exact(int(match[0].replace(".", "")))
            yield SpokenSum(value=value, currency="EUR", start=match.start(), end=match.end())


def _follows_a_small_word(match: re.Match[str]) -> bool:
    before = match.string[max(match.start() - 16, 0) : match.start()]
    return bool(_BEFORE_ROUND.search(before))


def _in_bare_words(text: str) -> Iterator[SpokenSum]:
    """As in "bleiben zweitausendachthundert"."""
    for match in (*_BARE_WORDS.finditer(text), *_BARE_WORDS_PAID.finditer(text)):
        value = number_from_words(match["words"])
        if value is not None and value >= _LEAST_BARE:
            start, end = match.span("words")
            yield SpokenSum(value=_exact(value), currency=None, start=start, end=end)


def _exact(value: int) -> Decimal:
    return Decimal(value).quantize(Decimal("0.01"))
