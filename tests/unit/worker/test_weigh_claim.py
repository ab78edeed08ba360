from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from functions.worker.second_reader.disputes import dispute_key
from functions.worker.weigh_claim import weigh_claim
from shared.domain.extraction import Evidence, ExtractedReply, Intent
from shared.domain.job import MatchStatus, Reason
from tests.factories import MARCH, a_decision, a_reply

SURE = Evidence(confidence=0.9, quote="90,00 EUR", source="body", start=0, end=9)
READ = ExtractedReply(
    is_creditor_reply=True,
    intent=Intent.DEBT_STATEMENT,
    extractor="rules@1",
    confidence=0.9,
    debt_amount=Decimal("90.00"),
    currency="EUR",
    evidence={"debt_amount": SURE},
)


def test_a_sure_amount_of_an_automatic_match_is_booked() -> None:
    decision, claim = weigh_claim(reply=a_reply(), extracted=READ, decision=a_decision("x"))
    assert decision == a_decision("x")
    assert claim is not None
    assert (claim.inquiry_id, claim.amount, claim.received_at) == ("x", Decimal("90.00"), MARCH)


@pytest.mark.parametrize(
    ("evidence", "reason"),
    [
        ({}, Reason.CLAIM_UNCLEAR),
        ({"debt_amount": replace(SURE, confidence=0.49)}, Reason.CLAIM_UNCLEAR),
        ({"debt_amount": SURE, dispute_key("client_name"): SURE}, Reason.READERS_DISAGREE),
    ],
)
def test_a_doubtful_claim_goes_to_a_person_with_the_inquiry_as_suggestion(
    evidence: dict[str, Evidence], reason: Reason
) -> None:
    extracted = replace(READ, evidence=evidence)
    decision, claim = weigh_claim(reply=a_reply(), extracted=extracted, decision=a_decision("x"))
    assert claim is None
    assert (decision.status, decision.reason) == (MatchStatus.NEEDS_REVIEW, reason)
    assert decision.inquiry_id == "x"


def test_a_mail_without_an_amount_is_matched_and_books_nothing() -> None:
    extracted = replace(READ, debt_amount=None, evidence={})
    decision, claim = weigh_claim(reply=a_reply(), extracted=extracted, decision=a_decision("x"))
    assert (decision, claim) == (a_decision("x"), None)


def test_a_sum_that_may_be_the_claim_and_was_not_read_goes_to_a_person() -> None:
    unread = replace(
        READ, debt_amount=None, evidence={"debt_amount": replace(SURE, confidence=0.2)}
    )
    decision, claim = weigh_claim(reply=a_reply(), extracted=unread, decision=a_decision("x"))
    assert (decision.status, decision.reason) == (MatchStatus.NEEDS_REVIEW, Reason.CLAIM_UNCLEAR)
    assert claim is None


def test_without_an_automatic_match_nothing_is_booked() -> None:
    assert weigh_claim(reply=a_reply(), extracted=READ, decision=a_decision()) == (
        a_decision(),
        None,
    )


@pytest.mark.parametrize(
    ("expected", "status"),
    [
        (None, MatchStatus.AUTO_MATCHED),
        (READ.debt_amount, MatchStatus.AUTO_MATCHED),
        (Decimal("0.01"), MatchStatus.NEEDS_REVIEW),
    ],
)
def test_many_times_what_the_inquiry_named_goes_to_a_person(
    expected: Decimal | None, status: MatchStatus
) -> None:
    match = replace(a_decision("x"), expected_amount=expected)
    decision, claim = weigh_claim(reply=a_reply(), extracted=READ, decision=match)
    assert (decision.status, claim is None) == (status, status is MatchStatus.NEEDS_REVIEW)
