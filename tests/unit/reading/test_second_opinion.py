"""Where the learned models decide beside the word lists, and where they must not."""

from __future__ import annotations

import pytest

from functions.worker.reading import second_opinion as module
from functions.worker.reading.claim.claims import Claim
from functions.worker.reading.intents import Contents, Purpose
from functions.worker.reading.second_opinion import second_opinion
from functions.worker.reading.settlement.decisions import Decision
from functions.worker.weigh_claim import LEAST_CONFIDENCE
from shared.domain.extraction import Intent, SettlementDecision
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


@pytest.mark.parametrize(
    ("said", "decision"),
    [
        ("Ihre Wunschrate haben wir im System angelegt.", SettlementDecision.ACCEPTED),
        ("Da ist mir ein Verfahren lieber, Ihr Angebot ist Hohn.", SettlementDecision.REJECTED),
    ],
)
def test_a_sentence_decides_where_no_word_does(said: str, decision: SettlementDecision) -> None:
    found = second_opinion(f"{said} Der Plan kam gestern.").decision(None, "", ())
    assert found is not None
    assert found.decision is decision
    assert found.confidence == 0.5


def test_where_an_offer_is_answered_it_does() -> None:
    said = "Wir könnten uns 90 EUR im Monat als Rate vorstellen."
    found = second_opinion(said).decision(None, _OFFER, ())
    assert found is not None
    assert found.decision is SettlementDecision.COUNTER_OFFER


@pytest.mark.parametrize(
    "said",
    [
        "Die Forderung beträgt 412,00 EUR.",
        "Bitte senden Sie uns die Vollmacht zu Ihrem Plan.",
        "Über einen Vergleich müsste der Gemeinderat befinden.",
        "Ob wir Ihrem Vergleich zustimmen, prüft unser Vorstand noch.",
        "Nach Eingang der 412,00 EUR ist die Angelegenheit erledigt und das Konto ausgeglichen.",
    ],
)
def test_nothing_is_decided_where_nothing_is_said_of_it(said: str) -> None:
    assert second_opinion(said).decision(None, "", ()) is None


def test_a_decision_the_mail_speaks_against_is_dropped() -> None:
    said = "Bitte senden Sie uns die Vollmacht zu Ihrem Plan."
    assert second_opinion(said).decision(_first(SettlementDecision.REJECTED), "", ()) is None


def test_a_decision_the_mail_supports_stays_as_it_is() -> None:
    first = _first(SettlementDecision.REJECTED)
    assert second_opinion("Den Plan lehnen wir ab.").decision(first, "", ()) == first


def test_an_unlikely_decision_is_less_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    shares = {SettlementDecision.REJECTED: 0.1, SettlementDecision.ACCEPTED: 0.5, None: 0.4}
    monkeypatch.setattr(module, "decision_shares", lambda *_: shares)
    found = second_opinion("Na ja.").decision(_first(SettlementDecision.REJECTED), "", ())
    assert found is not None
    assert found.confidence == 0.5


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("Bitte reichen Sie eine unterschriebene Vollmacht nach.", Intent.INQUIRY),
        ("Auskünfte erteilen wir Ihnen grundsätzlich nicht.", Intent.REJECTION),
    ],
)
def test_a_guess_gives_way_to_a_clear_sentence(said: str, intent: Intent) -> None:
    guess = Purpose(is_creditor_reply=True, intent=Intent.DEBT_STATEMENT, confidence=0.4)
    assert second_opinion(said).purpose(guess, _NOTHING).intent is intent


def test_advertising_is_recognised_if_nothing_tells_of_a_case() -> None:
    said = "Jetzt Rabatt sichern!\nNur heute: alles reduziert.\nHier bestellen und sparen!"
    outsider = second_opinion(said).outsider(_NOTHING)
    assert outsider is not None
    assert outsider.intent is Intent.SPAM


def test_no_claim_is_lost_to_advertising(read: Read) -> None:
    advertising = "Jetzt Rabatt sichern!\nNur heute: alles reduziert.\nHier bestellen und sparen!"
    claim = "Ihre Mandantin schuldet uns aus Kundennummer KL-4711 noch 412,50 EUR."
    found = read(f"{claim}\n\n{advertising}")
    assert found.is_creditor_reply
    assert str(found.debt_amount) == "412.50"
    stated = Contents(**{**vars(_NOTHING), "claim": Claim.__new__(Claim)})
    assert second_opinion(advertising).outsider(stated) is None


def test_an_absence_note_stays_one_though_its_subject_names_our_plan(read: Read) -> None:
    found = read(
        "Ich bin bis Montag nicht im Büro. Mails werden in dieser Zeit nicht gelesen.",
        subject="Abwesenheit: Ihr Schuldenbereinigungsplan",
    )
    assert not found.is_creditor_reply
    assert found.settlement_decision is None


def test_a_decision_that_is_all_but_certain_replaces_another_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kinds = (*SettlementDecision, None)
    shares = {kind: 0.99 if kind is SettlementDecision.REJECTED else 0.003 for kind in kinds}
    monkeypatch.setattr(module, "decision_shares", lambda *_: shares)
    said = "Der Vorstand lehnt den Plan ab und wird keiner Quote zustimmen.\nIhr Plan liegt vor."
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
