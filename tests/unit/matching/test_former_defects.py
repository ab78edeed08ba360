"""What the former service booked on the wrong person, or lost, is not repeated here."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from functions.worker.reading import RulesReader
from shared.domain.inquiry import Inquiry
from shared.domain.job import MatchStatus
from tests.factories import a_reply, an_inquiry
from tests.unit.matching.conftest import Match

TELECOM: dict[str, Any] = {
    "from_email": "forderung@funkhaus-nord.example",
    "from_name": "Funkhaus Nord GmbH",
}


def _telecom_inquiry(inquiry_id: str, **fields: Any) -> Inquiry:
    return an_inquiry(
        id=inquiry_id,
        creditor_name="Funkhaus Nord GmbH",
        creditor_email="forderung@funkhaus-nord.example",
        **{"client_name": "Kurz, Max", "reference_numbers": ("K 771 204",)} | fields,
    )


def test_a_shared_legal_form_is_no_shared_name(match: Match) -> None:
    """Defect 15: a reply from one "GmbH" overwrote the claim of another."""
    other = an_inquiry(
        id="other",
        client_name="Kurz, Max",
        creditor_name="Kabelwerk Süd GmbH",
        creditor_email="post@kabelwerk-sued.example",
        reference_numbers=(),
    )
    decision = match("Max Kurz schuldet uns 90,00 EUR.", other, **TELECOM)
    assert decision.status is not MatchStatus.AUTO_MATCHED


@pytest.mark.parametrize("name", [".* .*", "a", "%", "Max' OR '1'='1", "^K.*"])
def test_a_name_is_never_a_pattern(match: Match, name: str) -> None:
    """Defect 16: the sender's words were run as a pattern and found the first client there was."""
    decision = match(f"Schuldner: {name}\nForderung: 90,00 EUR", _telecom_inquiry("x"), **TELECOM)
    assert decision.status is not MatchStatus.AUTO_MATCHED


@pytest.mark.parametrize("name", ["Kurz, Max", "Max Kurz", "Herrn Max Kurz"])
def test_first_and_last_name_are_found_in_either_order(match: Match, name: str) -> None:
    """Defect 17: "Nachname, Vorname" was never found."""
    decision = match(
        f"Schuldner: {name}\nGesamtforderung: 90,00 EUR", _telecom_inquiry("x"), **TELECOM
    )
    assert (decision.status, decision.inquiry_id) == (MatchStatus.AUTO_MATCHED, "x")


def test_a_customer_number_is_no_file_number_of_another_client(match: Match) -> None:
    """Defect 18: any number of four digits was taken for the client's file number."""
    other = _telecom_inquiry("other", client_name="Lang, Eva", reference_numbers=("9999",))
    own = _telecom_inquiry("own", reference_numbers=("K 9999 1",))
    decision = match(
        "Max Kurz, Kundennummer K 9999 1: offen sind 90,00 EUR.", other, own, **TELECOM
    )
    assert decision.inquiry_id in {"own", None}


def test_what_stands_below_a_disclaimer_is_read_all_the_same() -> None:
    """Defect 20: from "Diese E-Mail ist vertraulich" on, amount and file number were cut off."""
    body = (
        "Hinweis: Diese Nachricht ist vertraulich.\n\n"
        "Aktenzeichen: K 771 204\nDie Gesamtforderung beträgt 90,00 EUR.\n"
    )
    extracted = RulesReader().read(a_reply(body_text=body))
    assert extracted.debt_amount == Decimal("90.00")
    assert "K 771 204" in extracted.reference_numbers


def test_confidence_differs_with_the_evidence(match: Match) -> None:
    """Defect 23: every match had a confidence of 100."""
    inquiry = _telecom_inquiry("x")
    sure = match("Max Kurz, K 771 204: offen sind 90,00 EUR.", inquiry, **TELECOM)
    unsure = match("Ihr Schreiben haben wir erhalten.", inquiry, **TELECOM)
    assert unsure.confidence < sure.confidence <= 100


def test_same_surname_same_agency_and_a_wrong_number_is_no_match(match: Match) -> None:
    """Defect 24: another client with the same surname was matched at 0.87."""
    inquiry = _telecom_inquiry("x", client_name="Kurz, Erna")
    decision = match("Max Kurz, K 551 903: offen sind 90,00 EUR.", inquiry, **TELECOM)
    assert decision.status is not MatchStatus.AUTO_MATCHED


def test_an_exact_reference_from_the_creditors_other_mailbox_is_a_match(match: Match) -> None:
    """Defect 24: the right client with the exact reference was missed at 0.63."""
    decision = match(
        "Max Kurz, K 771 204: offen sind 90,00 EUR.",
        _telecom_inquiry("x"),
        **TELECOM | {"from_email": "kundendienst@funkhaus-nord.example"},
    )
    assert (decision.status, decision.inquiry_id) == (MatchStatus.AUTO_MATCHED, "x")
