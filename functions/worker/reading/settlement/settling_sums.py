"""Which of several sums would settle the matter, by the sentence that decides and the next one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from functions.worker.reading.language.split_sentences import split_sentences
from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.money.amount_roles import assign_roles
from functions.worker.reading.money.amounts import Amount
from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sum_model import LikelySums, SumKind
from functions.worker.reading.money.sums import Sum
from functions.worker.reading.settlement.decisions import Decision, is_proposed
from functions.worker.reading.settlement.yes_or_no import clause_around
from shared.domain.extraction import SettlementDecision

_NEVER = frozenset({Role.INSTALMENT, Role.INTEREST, Role.COSTS, Role.TOTAL, Role.IRRELEVANT})
_BY_ITSELF = frozenset({Role.OFFER, Role.UNKNOWN})
_MONTHLY_REACH, _AFTER_REACH, _BARE_REACH = 40, 24, 30
_QUESTION_REACH = 60
_LIKELY, _RATHER_LIKELY = 0.4, 0.6
_DOUBTED = 0.5
_MOST_BARE = 10
_KNOWN = re.compile(r"\b(?:die|den|diese|der)\s(?:EUR |€ )?$", re.IGNORECASE)
_ONCE_PAID = re.compile(
    r"\b(?:mit|nach|bei|gegen)\s(?:de[mr]\s)?(?:Eingang|Zahlung|Zahlungseingang|Gutschrift|Erhalt)"
    r"\s(?:der|von|des Betrages von|über|in Höhe von)\s(?:EUR |€ )?$",
    re.IGNORECASE,
)
_INSTEAD = re.compile(r"[\s,]{0,3}(?:anstatt|statt|anstelle|instead of|(?:und )?nicht)\b")
_BEHIND_INSTEAD = re.compile(r"\b(?:anstatt|statt|anstelle|instead of|nicht)(?: der| den| von)? $")
# "Dann verzichte ich auf den Rest" speaks of the sum in the sentence before.
_REFERS_BACK = re.compile(
    r"(?:dann|also|darum|deshalb|daher|damit|danach|dafür|somit|darunter|mehr|weniger|then)\b"
)
_BARE = re.compile(
    r"(?<![\w.,:/'’§-])(?<!\d )(?:[1-9]\d?\.\d{3}|(?!20[0-4]\d\b|19\d\d\b)[1-9]\d{2,4})"
    r"(?![\w%/]|[.,:-]\d| \d| ?(?:%|prozent|monat|jahr|tag|uhr|raten|bgb|zpo|inso|ao\b))",
    re.IGNORECASE,
)


def with_settling_sum(
    decision: Decision, said: str, sums: Sequence[Sum], ours: Collection[Decimal]
) -> Decision:
    """The decision with the sum that is said to settle it, and without a monthly one."""
    if decision.decision is SettlementDecision.REJECTED:
        return decision
    chosen = decision.settling
    if chosen and _is_monthly(chosen):
        return replace(decision, settling=None)
    largest = max((one.amount.value for one in sums), default=Decimal(0))
    if chosen and (chosen.amount.value < largest or chosen.amount.value in ours):
        return decision
    start, end = _surroundings(decision, said)
    is_counter = decision.decision is SettlementDecision.COUNTER_OFFER
    near = [one for one in sums if start <= one.amount.start < end]
    smaller = [
        one
        for one in near
        if _may_be_chosen(said, one)
        and one.amount.value < largest
        and not (is_counter and (one.role is Role.OURS or is_proposed(said, one, ours)))
    ]
    better = _only([one for one in smaller if _settles(one)]) or _only(
        [one for one in smaller if one.role in _BY_ITSELF and "|" not in one.line]
    )
    if not better and not chosen and decision.decision is SettlementDecision.ACCEPTED:
        only = sums[0] if len(sums) == 1 else None
        better = only if only in near and _is_agreed_on(said, only) else None
    if not better and not chosen and not any(one.role in _BY_ITSELF for one in near):
        better = _only(list(_bare_sums(said, start, end, sums)))
    return replace(decision, settling=better) if better else decision


def with_likely_sum(decision: Decision | None, likely: LikelySums) -> Decision | None:
    """The decision with the sum that is likeliest to settle, if no word tells it.

    It is less than the largest one, which is what is owed.
    """
    if decision is None or decision.settling or decision.decision is SettlementDecision.REJECTED:
        return decision
    values = {one.amount.value for one in likely.sums}
    largest = max(values) if len(values) > 1 else None
    candidates = [one for one in likely.sums if 0 < one.amount.value != largest]
    found = likely.likeliest(SumKind.SETTLES, candidates)
    if found is None or likely.share(found, SumKind.SETTLES) < _LIKELY:
        return decision
    return replace(decision, settling=found)


def with_counter_offer(
    decision: Decision | None, likely: LikelySums, said: str, ours: Collection[Decimal]
) -> Decision | None:
    """A refusal beside another sum that is likely to settle is a counter offer of it."""
    if decision is None or decision.decision is not SettlementDecision.REJECTED:
        return decision
    candidates = [
        one
        for one in likely.sums
        if one.amount.value not in ours and not is_proposed(said, one, ours)
    ]
    found = likely.likeliest(SumKind.SETTLES, candidates)
    if found is None or likely.share(found, SumKind.SETTLES) < _RATHER_LIKELY:
        return decision
    confidence = min(decision.confidence, _DOUBTED)
    counter = SettlementDecision.COUNTER_OFFER
    return replace(decision, decision=counter, settling=found, confidence=confidence)


def _only(sums: Sequence[Sum]) -> Sum | None:
    return sums[0] if len({one.amount.value for one in sums}) == 1 else None


def _surroundings(decision: Decision, said: str) -> tuple[int, int]:
    """Where the sentence that decides begins, or the one it refers to, and the next one ends."""
    sentences = list(split_sentences(said))
    deciding = next(
        (place for place, (_, end) in enumerate(sentences) if end > decision.start), None
    )
    if deciding is None:
        return 0, 0
    first = sentences[deciding][0]
    if deciding and _REFERS_BACK.match(said[first : first + 12].lower()):
        first = sentences[deciding - 1][0]
    return first, sentences[min(deciding + 1, len(sentences) - 1)][1]


def _may_be_chosen(said: str, one: Sum) -> bool:
    is_printed = bool(said[one.amount.start : one.amount.end].strip())
    is_rejected = _BEHIND_INSTEAD.search(one.before.lower())
    return is_printed and not is_rejected and one.role not in _NEVER and not _is_monthly(one)


def _is_agreed_on(said: str, one: Sum) -> bool:
    """As in "mit Eingang von 187 EUR ist alles erledigt" and "dann nehmen wir eben die 187 EUR"."""
    is_known = _KNOWN.search(one.before) or _ONCE_PAID.search(one.before)
    is_owed = pattern("amount_roles", "balance_after").search(one.after)
    return bool(is_known and not is_owed) and _may_be_chosen(said, one)


def _settles(one: Sum) -> bool:
    """Whether the words around the sum say that paying it ends the matter."""
    return bool(
        pattern("decisions", "settles").search(one.before)
        or pattern("decisions", "settles_after").search(one.after)
        or _INSTEAD.match(one.after.lower())
    )


def _is_monthly(one: Sum) -> bool:
    before = one.before[-_MONTHLY_REACH:]
    is_total = pattern("decisions", "makes").search(before)
    return bool(
        pattern("decisions", "monthly").match(one.after[:_AFTER_REACH].lstrip())
        or (not is_total and pattern("decisions", "monthly").search(before))
    )


def _bare_sums(said: str, start: int, end: int, sums: Sequence[Sum]) -> Iterator[Sum]:
    """Numbers without a currency, as people write them: "900 statt 600, dann passt es"."""
    for match in islice(_BARE.finditer(said, start, end), _MOST_BARE):
        has_currency = any(
            one.amount.start < match.end() and match.start() < one.amount.end for one in sums
        )
        before = said[max(match.start() - _BARE_REACH, start) : match.start()]
        is_theirs = _BEHIND_INSTEAD.search(before.lower()) or _is_refused(said, match)
        if has_currency or is_theirs or pattern("decisions", "no_sum").search(before):
            continue
        value = Decimal(match[0].replace(".", "")).quantize(Decimal("0.01"))
        amount = Amount(value=value, currency=None, start=match.start(), end=match.end())
        found = assign_roles(said, said, (amount,))[0]
        if not _is_monthly(found):
            yield replace(found, role=Role.OFFER)


def _is_refused(said: str, match: re.Match[str]) -> bool:
    """As in "800 nehme ich nicht"; "kann er nicht 3.000 auf den Tisch legen?" asks for more."""
    clause = clause_around(said, match.start(), match.end())
    asks = (
        said[match.end() : match.end() + _QUESTION_REACH]
        .split(".", maxsplit=1)[0]
        .partition("?")[1]
    )
    return bool(pattern("decisions", "negation").search(clause)) and not asks
