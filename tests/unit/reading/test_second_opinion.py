"""Where the learned models decide beside the word lists, and where they must not."""

from __future__ import annotations

import pytest

from functions.worker.reading.intents import Contents
from functions.worker.reading.second_opinion import second_opinion
from functions.worker.reading.settlement.decisions import Decision
from functions.worker.weigh_claim import LEAST_CONFIDENCE
from shared.domain.extraction import SettlementDecision
from tests.unit.reading.conftest import Read

_NOTHING = Contents(
    claim=None,
    decision=None,
    names_a_number=False,
    names_a_sum=False,
    names_a_debtor=False,
    names_anyone=False,
)
_OFFER = "\n\n> Auf Sie entfallen einmalig 120,00 EUR, das bieten wir Ihnen an."


def _first(decision: SettlementDecision) -> Decision:
    return Decision(decision=decision, confidence=0.85, start=0, end=5)


def test_an_unlikely_decision_is_doubted() -> None:
    said = "Ihre Wunschrate haben wir im System angelegt.\nIhr Plan liegt vor."
    found = second_opinion(said).decision(_first(SettlementDecision.REJECTED), "", ())
    assert found is not None
    assert (found.decision, found.confidence) == (SettlementDecision.REJECTED, 0.5)


def test_a_decision_that_is_all_but_certain_replaces_another_one() -> None:
    said = "Der Vorstand lehnt den Plan ab.\nIhr Plan liegt vor."
    found = second_opinion(said).decision(_first(SettlementDecision.ACCEPTED), "", ())
    assert found is not None
    assert (found.decision, found.confidence) == (SettlementDecision.REJECTED, 0.5)


@pytest.mark.parametrize(
    "said",
    [
        "Die Sache ist durch das Amtsgericht an uns abgegeben worden.",
        "Die alte Forderung wurde storniert und neu eingebucht.",
        "Der Titel ist ausgehändigt worden, die Vollstreckung beginnt nun.",
        "Wir werden keine Zahlungen mehr stunden und fordern die volle Summe.",
    ],
)
def test_nothing_owed_is_not_booked_where_no_sentence_sounds_like_it(read: Read, said: str) -> None:
    found = read(f"Kundennummer KL-4711. {said}")
    evidence = found.evidence.get("debt_amount")
    assert evidence is None or evidence.confidence < LEAST_CONFIDENCE


def test_what_is_settled_is_booked(read: Read) -> None:
    found = read("Die Rechnung ist vollständig bezahlt, wir haben keine Forderung mehr.")
    assert str(found.debt_amount) == "0.00"
    assert found.evidence["debt_amount"].confidence > LEAST_CONFIDENCE
