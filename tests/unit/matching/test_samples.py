"""The whole way from mail to decision on the labelled mails."""

from __future__ import annotations

from decimal import Decimal

import pytest

from functions.worker.matching import lookup_keys, match_reply
from functions.worker.reading import RulesReader
from shared.domain.extraction import ExtractedReply
from shared.domain.job import MatchStatus
from shared.domain.match_keys import inquiry_keys
from shared.domain.matching import MatchDecision
from tests.samples.labelled import LabelledReply, labelled_replies, sample_inquiries

Outcome = tuple[LabelledReply, ExtractedReply, MatchDecision]

_LEAST_RIGHT_MATCHES = 40
_LEAST_RIGHT_AMOUNTS = 47


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    inquiries = [(inquiry, inquiry_keys(inquiry)) for inquiry in sample_inquiries()]
    found: list[Outcome] = []
    for labelled in labelled_replies():
        extracted = RulesReader().read(labelled.reply)
        keys = lookup_keys(reply=labelled.reply, extracted=extracted)
        candidates = [inquiry for inquiry, known in inquiries if known & keys]
        decision = match_reply(reply=labelled.reply, extracted=extracted, inquiries=candidates)
        found.append((labelled, extracted, decision))
    return found


def test_no_sample_is_matched_wrongly(outcomes: list[Outcome]) -> None:
    wrong = [
        labelled.id
        for labelled, _, decision in outcomes
        if decision.status is MatchStatus.AUTO_MATCHED
        and (
            "auto_matched" not in labelled.accepted_statuses
            or decision.inquiry_id != labelled.inquiry_id
        )
    ]
    assert wrong == []


def test_most_samples_are_matched_rightly(outcomes: list[Outcome]) -> None:
    right = [
        labelled.id
        for labelled, _, decision in outcomes
        if decision.status is MatchStatus.AUTO_MATCHED
        and decision.inquiry_id == labelled.inquiry_id
    ]
    assert len(right) >= _LEAST_RIGHT_MATCHES


def test_no_amount_is_invented(outcomes: list[Outcome]) -> None:
    wrong = [
        labelled.id
        for labelled, extracted, _ in outcomes
        if extracted.debt_amount is not None and extracted.debt_amount not in _debts(labelled)
    ]
    assert wrong == []


def test_most_amounts_are_read(outcomes: list[Outcome]) -> None:
    right = [
        labelled.id
        for labelled, extracted, _ in outcomes
        if labelled.expected["is_creditor_reply"] and extracted.debt_amount in _debts(labelled)
    ]
    assert len(right) >= _LEAST_RIGHT_AMOUNTS


def _debts(labelled: LabelledReply) -> set[Decimal | None]:
    if not labelled.expected["is_creditor_reply"]:
        return {None}
    expected = labelled.expected
    printed = [expected["debt_amount"], *expected.get("debt_amount_accept", ())]
    return {None if value is None else Decimal(value) for value in printed}
