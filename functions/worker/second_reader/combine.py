"""Makes one reading of two: the rules' values stand, the second fills gaps and raises doubts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from functions.worker.second_reader.agreement import agrees
from functions.worker.second_reader.disputes import dispute_key
from functions.worker.second_reader.printed_names import is_same_firm
from shared.domain.extraction import Evidence, ExtractedReply

MOST_FOR_FILLED = 0.8
DISPUTED = 0.45
"""Under the least confidence with which a claim is recorded (weigh_claim.py)."""
_DOUBTFUL_CLASS = 0.5
_RAISE, _MOST_AFTER_RAISE, _LEAST_RAISED = 0.02, 0.99, 0.5
_ZERO = Decimal("0.00")

MONEY_OR_IDENTITY = frozenset(
    {"debt_amount", "settlement_amount", "iban", "client_name", "creditor_name"}
)
_FIELDS = (
    "client_name",
    "creditor_name",
    "representative_name",
    "reference_numbers",
    "iban",
    "debt_amount",
    "settlement_decision",
    "settlement_amount",
)
_PARTS = ("principal", "interest", "costs")


def combine(first: ExtractedReply, second: ExtractedReply) -> ExtractedReply:
    """One reading of both.

    Where they agree, or the second is silent, the first's value stands. A gap is filled only if
    both hold the mail for a creditor's. On money or identity a disagreement is noted
    (disputes.py) and takes the confidence of that field, and of the debt, which may then be
    another's or another, under what is recorded without a person.
    """
    both = replace(first, extractor=f"{first.extractor}+{second.extractor}")
    both = replace(both, evidence=_weighed(first, second))
    if first.is_creditor_reply and second.is_creditor_reply:
        both = _filled(both, second)
    disputed = [
        field
        for field in _FIELDS
        if field in MONEY_OR_IDENTITY and _is_disputed(field, first, second)
    ]
    for field in disputed:
        both = _noted(both, second, field)
    if disputed:
        both = _capped(both, "debt_amount")
    if disputed or first.is_creditor_reply != second.is_creditor_reply:
        both = replace(both, confidence=min(both.confidence, _DOUBTFUL_CLASS))
    return both


def _is_empty(value: object) -> bool:
    # Zero is a value.
    return value is None or value == ()


def _is_disputed(field: str, first: ExtractedReply, second: ExtractedReply) -> bool:
    if _is_empty(getattr(first, field)) or _is_empty(getattr(second, field)):
        return False
    return not agrees(field, first, second)


def _weighed(first: ExtractedReply, second: ExtractedReply) -> dict[str, Evidence]:
    """The first's evidence, a little surer where the second agrees; a doubt stays a doubt."""
    evidence = dict(first.evidence)
    for field, known in first.evidence.items():
        one, other = getattr(first, field, None), getattr(second, field, None)
        agreed = not _is_empty(one) and not _is_empty(other) and agrees(field, first, second)
        if agreed and known.confidence >= _LEAST_RAISED:
            raised = max(known.confidence, min(known.confidence + _RAISE, _MOST_AFTER_RAISE))
            evidence[field] = replace(known, confidence=round(raised, 2))
    return evidence


def _filled(both: ExtractedReply, second: ExtractedReply) -> ExtractedReply:
    """In the order of _FIELDS, so that a settlement's sum finds its decision."""
    for field in _FIELDS:
        value = getattr(second, field)
        if _is_empty(getattr(both, field)) and not _is_empty(value) and _fits(field, value, both):
            changes: dict[str, Any] = {field: value}
            if field == "debt_amount":
                changes["currency"] = second.currency or both.currency
            if field == "settlement_amount":
                changes["currency"] = both.currency or second.currency
            both = replace(both, **changes, evidence=_with_filled(both.evidence, second, field))
    return _with_parts(both, second)


def _fits(field: str, value: object, both: ExtractedReply) -> bool:
    """Whether a value can stand beside the first reader's: a sum has one meaning only."""
    if field == "debt_amount":
        return value != both.settlement_amount
    if field == "settlement_amount":
        return both.settlement_decision is not None and value != both.debt_amount
    if field == "representative_name":
        return both.creditor_name is None or not is_same_firm(str(value), both.creditor_name)
    return True


def _with_parts(both: ExtractedReply, second: ExtractedReply) -> ExtractedReply:
    """The parts of the debt, all from one reader, and only if they add up to it."""
    values = {field: getattr(second, field) for field in _PARTS}
    known = [getattr(both, field) for field in _PARTS]
    total = sum((value for value in values.values() if value is not None), _ZERO)
    missing = all(value is None for value in known) and any(values.values())
    if not missing or both.debt_amount is None or total != both.debt_amount:
        return both
    evidence = both.evidence
    for field in _PARTS:
        evidence = _with_filled(evidence, second, field)
    return replace(both, **values, evidence=evidence)


def _with_filled(
    evidence: Mapping[str, Evidence], second: ExtractedReply, field: str
) -> dict[str, Evidence]:
    found = second.evidence.get(field)
    if found is None:
        return dict(evidence)
    return {
        **evidence,
        field: replace(found, confidence=min(found.confidence, MOST_FOR_FILLED)),
    }


def _noted(both: ExtractedReply, second: ExtractedReply, field: str) -> ExtractedReply:
    capped = _capped(both, field)
    seen = second.evidence[field]
    return replace(capped, evidence={**capped.evidence, dispute_key(field): seen})


def _capped(both: ExtractedReply, field: str) -> ExtractedReply:
    known = both.evidence.get(field)
    if known is None:
        return both
    doubted = replace(known, confidence=min(known.confidence, DISPUTED))
    return replace(both, evidence={**both.evidence, field: doubted})
