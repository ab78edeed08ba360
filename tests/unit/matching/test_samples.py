"""The whole way from mail to decision on the labelled mails."""

from __future__ import annotations

from decimal import Decimal

import pytest

from shared.domain.extraction import ExtractedReply
from shared.domain.job import MatchStatus
from shared.domain.matching import MatchDecision
from tests.evaluation.score import outcomes as evaluated
from tests.samples.labelled import LabelledReply, labelled_replies

Outcome = tuple[LabelledReply, ExtractedReply, MatchDecision]

_LEAST_RIGHT_MATCHES = 40
_LEAST_RIGHT_AMOUNTS = 47


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    return [(one.label, one.found, one.decision) for one in evaluated(labelled_replies())]


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
