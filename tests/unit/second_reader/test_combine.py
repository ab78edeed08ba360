"""Two readings as one."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from functions.worker.second_reader.combine import combine
from functions.worker.second_reader.combined_reader import CombinedReader
from functions.worker.second_reader.disputes import disputed_fields
from functions.worker.weigh_claim import LEAST_CONFIDENCE, weigh_claim
from shared.domain.errors import ModelRefused, ModelUnavailable, PermanentError
from shared.domain.extraction import ExtractedReply, SettlementDecision
from shared.domain.job import MatchStatus
from shared.domain.reply import Reply
from tests.factories import a_decision, a_reply

AReading = Callable[..., ExtractedReply]
MODEL = "bedrock:maker.reader-v1"
IBAN, OTHER_IBAN = "DE12500105170648489890", "DE89370400440532013000"
D = Decimal


def both(build: AReading, first: dict[str, Any], second: dict[str, Any]) -> ExtractedReply:
    return combine(build(**first), build(extractor=MODEL, **second))


def test_agreement_keeps_the_rules_values_and_is_a_little_surer(a_reading: AReading) -> None:
    found = both(a_reading, {"client_name": "Müller, J."}, {"client_name": "Jürgen Mueller"})
    assert found.client_name == "Müller, J."
    assert found.evidence["client_name"].confidence == pytest.approx(0.92)
    assert not disputed_fields(found)


def test_agreement_never_lifts_a_doubt(a_reading: AReading) -> None:
    doubted = a_reading(sure=0.4, debt_amount=D(600_000))
    found = combine(doubted, a_reading(extractor=MODEL, debt_amount=D(600_000)))
    assert found.evidence["debt_amount"].confidence == 0.4


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("debt_amount", D("0.00")),
        ("client_name", "Petra Wendland"),
        ("iban", IBAN),
        ("reference_numbers", ("KD-4711",)),
        ("settlement_decision", SettlementDecision.ACCEPTED),
    ],
)
def test_a_gap_is_filled_with_at_most_080(field: str, value: object, a_reading: AReading) -> None:
    found = both(a_reading, {}, {field: value})
    assert getattr(found, field) == value
    assert found.evidence[field].confidence <= 0.8
    assert found.extractor == "rules@1+bedrock:maker.reader-v1"


def test_silence_of_the_second_disputes_nothing(a_reading: AReading) -> None:
    found = both(a_reading, {"debt_amount": D("0.00"), "iban": IBAN}, {})
    assert found.debt_amount == D("0.00")
    assert found.evidence["debt_amount"].confidence == 0.9
    assert not disputed_fields(found)


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("debt_amount", D("120.00"), D("0.00")),
        ("settlement_amount", D("120.00"), D("60.00")),
        ("iban", IBAN, OTHER_IBAN),
        ("client_name", "Jürgen Müller", "Jürgen Möller"),
        ("client_name", "Karl Schmidt", "Erna Schmidt"),
        ("creditor_name", "Sparkasse Lindenau", "Volksbank Lindenau"),
    ],
)
def test_disagreement_keeps_the_rules_value_and_goes_to_a_person(
    field: str, one: object, other: object, a_reading: AReading
) -> None:
    first = {"debt_amount": D("120.00")} | {field: one}
    found = both(a_reading, first, {field: other})
    decision, claim = weigh_claim(reply=a_reply(), extracted=found, decision=a_decision("inq-1"))
    assert getattr(found, field) == one
    assert found.evidence[field].confidence < LEAST_CONFIDENCE
    assert disputed_fields(found) == {field}
    assert (decision.status, claim) == (MatchStatus.NEEDS_REVIEW, None)


def test_one_sum_in_two_currencies_is_a_dispute(a_reading: AReading) -> None:
    found = both(
        a_reading,
        {"debt_amount": D("9.00"), "currency": "EUR"},
        {"debt_amount": D("9.00"), "currency": "CHF"},
    )
    assert disputed_fields(found) == {"debt_amount"}


def test_a_shorter_name_of_the_same_creditor_is_no_dispute(a_reading: AReading) -> None:
    names = {"creditor_name": "Nordlicht Energie GmbH"}, {"creditor_name": "Nordlicht Energie Nord"}
    assert not disputed_fields(both(a_reading, *names))


def test_a_person_in_another_order_is_no_dispute(a_reading: AReading) -> None:
    names = {"client_name": "Tran Van Minh"}, {"client_name": "Minh Tran Van"}
    assert not disputed_fields(both(a_reading, *names))


def test_a_mail_that_one_reader_holds_for_no_creditors_fills_nothing(a_reading: AReading) -> None:
    found = both(a_reading, {"is_creditor_reply": False}, {"debt_amount": D("5.00")})
    turned = both(a_reading, {}, {"is_creditor_reply": False, "debt_amount": D("5.00")})
    assert (found.debt_amount, turned.debt_amount) == (None, None)
    assert found.is_creditor_reply is False
    assert max(found.confidence, turned.confidence) <= 0.5


def test_the_offer_of_the_rules_is_not_filled_in_as_the_debt(a_reading: AReading) -> None:
    offer = {"settlement_decision": SettlementDecision.COUNTER_OFFER, "settlement_amount": D(900)}
    assert both(a_reading, offer, {"debt_amount": D(900)}).debt_amount is None


def test_parts_are_filled_only_if_they_add_up_to_the_debt(a_reading: AReading) -> None:
    debt = {"debt_amount": D("110.00")}
    right = both(a_reading, debt, {"principal": D("100.00"), "costs": D("10.00")})
    wrong = both(a_reading, debt, {"principal": D("100.00"), "costs": D("11.00")})
    assert (right.principal, right.interest, right.costs) == (D("100.00"), None, D("10.00"))
    assert (wrong.principal, wrong.costs) == (None, None)


class Answering:
    def __init__(self, answer: ExtractedReply | Exception) -> None:
        self.answer = answer

    def read(self, _reply: Reply) -> ExtractedReply:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


class Silent:
    def read(self, _reply: Reply) -> None:
        return None


@pytest.mark.parametrize("error", [ModelUnavailable(), ModelRefused()], ids=lambda e: e.code)
def test_an_error_of_the_second_reader_is_never_a_reading(
    error: Exception, a_reading: AReading
) -> None:
    reader = CombinedReader(Answering(a_reading(debt_amount=D(1))), Answering(error))
    with pytest.raises(type(error)):
        reader.read(a_reply())


def test_a_mail_that_the_first_cannot_read_is_not_sent_to_the_second(a_reading: AReading) -> None:
    reader = CombinedReader(Answering(PermanentError()), Answering(ModelUnavailable()))
    with pytest.raises(PermanentError):
        reader.read(a_reply())


def test_a_mail_that_the_second_was_not_asked_about_is_read_by_the_rules_alone(
    a_reading: AReading,
) -> None:
    alone = a_reading(debt_amount=D("3.00"))
    assert CombinedReader(Answering(alone), Silent()).read(a_reply()) is alone
