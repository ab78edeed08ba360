"""Which sum a decision is about where its words do not say so."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from functions.worker.reading.mail.mail_text import open_mail
from functions.worker.reading.money.money_in_mail import money_in_mail
from functions.worker.reading.money.sum_model import LikelySums, SumKind
from functions.worker.reading.settlement.decisions import Decision
from functions.worker.reading.settlement.settling_sums import with_counter_offer, with_likely_sum
from shared.domain.extraction import SettlementDecision
from tests.unit.reading.conftest import Mail, as_likely

_BODY = "Die Forderung beträgt 500,00 EUR, dazu gehören 120,00 EUR."


def _likely(mail: Mail, *shares: float) -> LikelySums:
    money = money_in_mail(open_mail(mail(_BODY)))
    return as_likely(money.sums, *((SumKind.SETTLES, share) for share in shares))


def _decided(decision: SettlementDecision) -> Decision:
    return Decision(decision=decision, confidence=0.8, start=0, end=5)


@pytest.mark.parametrize("kind", [SettlementDecision.ACCEPTED, SettlementDecision.COUNTER_OFFER])
def test_the_likeliest_sum_settles(a_mail: Mail, kind: SettlementDecision) -> None:
    found = with_likely_sum(_decided(kind), _likely(a_mail, 0.1, 0.7))
    assert found
    assert found.settling
    assert found.settling.amount.value == Decimal("120.00")


def test_no_sum_is_likely_enough(a_mail: Mail) -> None:
    decision = _decided(SettlementDecision.ACCEPTED)
    assert with_likely_sum(decision, _likely(a_mail, 0.2, 0.3)) == decision


def test_a_refusal_settles_nothing(a_mail: Mail) -> None:
    decision = _decided(SettlementDecision.REJECTED)
    assert with_likely_sum(decision, _likely(a_mail, 0.1, 0.9)) == decision


@pytest.mark.parametrize(
    ("share", "ours", "expected"),
    [
        (0.9, "80.00", SettlementDecision.COUNTER_OFFER),
        (0.5, "80.00", SettlementDecision.REJECTED),
        (0.9, "120.00", SettlementDecision.REJECTED),
    ],
)
def test_a_refusal_beside_another_sum_that_would_settle_is_a_counter_offer(
    a_mail: Mail, share: float, ours: str, expected: SettlementDecision
) -> None:
    refusal, likely = _decided(SettlementDecision.REJECTED), _likely(a_mail, 0.1, share)
    found = with_counter_offer(refusal, likely, _BODY, {Decimal(ours)})
    assert found
    assert found.decision is expected
    assert (found.settling is likely.sums[1]) is (expected is not refusal.decision)


def test_the_words_of_the_decision_come_first(a_mail: Mail) -> None:
    likely = _likely(a_mail, 0.1, 0.9)
    decision = _decided(SettlementDecision.ACCEPTED)
    named = replace(decision, settling=likely.sums[0])
    assert with_likely_sum(named, likely) == named


def test_without_a_decision_nothing_settles(a_mail: Mail) -> None:
    assert with_likely_sum(None, _likely(a_mail, 0.9, 0.9)) is None
