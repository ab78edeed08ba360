"""The claim of a mail whose words are none of the known ones: the one sum that can be nothing else.

Such words are never all known. A sum that the mail tells as of today, or that stands behind a case
in a mail without any proposal, is the claim unless something in its sentence speaks against it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from functions.worker.reading.language.sentences import sentence_end
from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sums import Sum
from functions.worker.reading.money.unowed_figures import is_denied
from functions.worker.reading.parties.names import is_first_name, name_runs
from functions.worker.reading.settlement.decisions import Decision
from shared.domain.extraction import SettlementDecision

_SMALLEST = Decimal(15)
_AGAINST = (
    "conditional",
    "irrelevant",
    "offer",
    "offer_after",
    "ours",
    "waived_after",
    "handed_over",
)
_CLAIMS = frozenset({Role.TOTAL, Role.BALANCE, Role.PRINCIPAL, Role.PART})
_NEVER_OWED = frozenset({Role.IRRELEVANT, Role.INSTALMENT, Role.OFFER, Role.OURS})
_DECISIONS = ("rejected", "insufficient", "accepted", "withdrawn", "weakly_rejected")
_FROM_OR_TO = re.compile(
    r"\b(?:bis|ab|bis zu|nur|je|pro|höchstens|maximal)\s(?:EUR |€ )?$", re.IGNORECASE
)
_UNPAID = re.compile(
    r"\b(?:nicht\w{0,2}|nie|kein\w{0,2}|niemand|trotz|ohne|not|un(?:be)?zahlt\w{0,2})\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\d.,])(?=[\w./-]{0,20}\d{3})[\w./-]{5,24}")
_LABEL = re.compile(
    r"[^:\n]{3,60}:[\s|]{0,12}(?:EUR |€ )?[\d.' ]{1,12}(?:,\d\d)?[ ]?(?:EUR|€|Euro)?\W*"
)
_AS_OF = re.compile(
    r"(?<!\w)(?:per|stand(?:\sper|\szum)?:?|(?<!bis\s)zum)\s{1,2}"
    r"(?:\d{1,2}\.\s?(?:\d{1,2}\.|[^\W\d]{3,9})|heutigen|heute|stichtag)",
    re.IGNORECASE,
)


def lone_claim(
    text: str, sums: Sequence[Sum], decision: Decision | None
) -> tuple[Sum, float] | None:
    """The only sum that nothing speaks against, with the confidence that its support gives."""
    if any(one.role in _CLAIMS for one in sums):
        return None
    may_be = [one for one in sums if _may_be(text, one)]
    best = _only_value([one for one in may_be if _is_of_today(one)])
    if best:
        return best, 0.6
    best = _only_value([one for one in sums if _might_be_owed(one)])
    if best is None or best not in may_be or _is_decided_on(best):
        return None
    if decision or pattern("decisions", "proposal").search(text):
        return (best, 0.52) if _is_refused_for(best, sums, decision) else None
    if "?" in text or _is_a_payment(best):
        return None
    return (best, 0.55) if _names_the_case(best) else None


def _might_be_owed(one: Sum) -> bool:
    return one.role not in _NEVER_OWED and not one.is_aside


def _may_be(text: str, one: Sum) -> bool:
    if one.role is not Role.UNKNOWN or one.amount.value < _SMALLEST or one.is_aside:
        return False
    asks = "?" in text[one.amount.end : sentence_end(text, one.amount.end) + 1]
    against = any(pattern("amount_roles", key).search(one.sentence) for key in _AGAINST)
    return not (asks or against or is_denied(one) or _FROM_OR_TO.search(one.before))


def _is_of_today(one: Sum) -> bool:
    return bool(pattern("amount_roles", "as_of_today").search(one.sentence)) or bool(
        _AS_OF.search(one.sentence)
    )


def _names_the_case(one: Sum) -> bool:
    named = (one.sentence[start:end] for start, end in name_runs(one.sentence))
    return (
        bool(_LABEL.fullmatch(one.line))
        or bool(_NUMBER.search(one.sentence))
        or bool(pattern("people", "debtor").search(one.sentence))
        or bool(pattern("amount_roles", "booked").search(one.sentence))
        or any(is_first_name(name) for name in named)
    )


def _is_a_payment(one: Sum) -> bool:
    is_paid = pattern("amount_roles", "payment").search(one.sentence)
    return bool(is_paid) and not _UNPAID.search(one.sentence)


def _is_decided_on(one: Sum) -> bool:
    return any(pattern("decisions", key).search(one.sentence) for key in _DECISIONS)


def _is_refused_for(best: Sum, sums: Sequence[Sum], decision: Decision | None) -> bool:
    """Whether it stands against a much smaller sum that was refused."""
    if decision is None or decision.decision is not SettlementDecision.REJECTED:
        return False
    offered = [one.owed for one in sums if one.role in {Role.OFFER, Role.OURS, Role.INSTALMENT}]
    return bool(offered) and best.amount.value >= 3 * max(offered)


def _only_value(sums: Sequence[Sum]) -> Sum | None:
    return sums[-1] if len({one.amount.value for one in sums}) == 1 else None
