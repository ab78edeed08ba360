"""The firm's own clients write, too; what they cite of a creditor is no reply of his."""

from __future__ import annotations

import pytest

from functions.worker.assess_reply import assess_reply
from functions.worker.reading import RulesReader
from shared.domain.inquiry import Inquiry
from shared.domain.job import MatchStatus
from tests.unit.matching.conftest import bank_inquiry, bank_reply

_INQUIRY = bank_inquiry("loan", reference_numbers=("4471 220 118",))
_LENT_BY_A_FRIEND = bank_inquiry(
    "friend", creditor_name="Max Kurz", creditor_email="max.kurz@gmx.de", client_name="Kurz, Max"
)
_CITES = "die Bank schreibt, die Forderung zu Konto 4471 220 118 beträgt 12,00 EUR."


def _outcome(inquiry: Inquiry, **fields: str) -> tuple[bool, MatchStatus]:
    text = fields.pop("body_text", _CITES)
    extracted, decision = assess_reply(
        bank_reply(text, **fields), reader=RulesReader(), candidates=lambda _keys: (inquiry,)
    )
    return extracted.is_creditor_reply, decision.status


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("kurzm77@gmx.de", "Max Kurz"),
        ("kurzm77@gmx.de", "Kurz, Max"),
        ("max.kurz@web.de", "Maxi"),
    ],
)
def test_a_client_is_no_creditor(address: str, name: str) -> None:
    assert _outcome(_INQUIRY, from_email=address, from_name=name) == (
        False,
        MatchStatus.NOT_CREDITOR_REPLY,
    )


def test_his_family_writes_for_him() -> None:
    text = f"ich schreibe für meinen Bruder Max, {_CITES}"
    fields = {"from_email": "eva77@gmx.de", "from_name": "Eva Kurz", "body_text": text}
    assert _outcome(_INQUIRY, **fields)[0] is False


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("kredit@bank-weidental.example", "Max Kurz"),
        ("eva.sommer@gmx.de", "Eva Sommer"),
        ("eva77@gmx.de", "Eva Kurz"),
    ],
)
def test_others_are_not_taken_for_him(address: str, name: str) -> None:
    assert _outcome(_INQUIRY, from_email=address, from_name=name)[0] is True


def test_a_private_creditor_is_known_by_his_address() -> None:
    fields = {"from_email": "max.kurz@gmx.de", "from_name": "Max Kurz"}
    assert _outcome(_LENT_BY_A_FRIEND, **fields)[0] is True
