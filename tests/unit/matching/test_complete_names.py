"""Names that a mail leaves out are those of the inquiry it certainly answers."""

from __future__ import annotations

import pytest

from functions.worker.assess_reply import assess_reply
from functions.worker.matching.complete_names import SOURCE
from functions.worker.reading import RulesReader
from shared.domain.extraction import ExtractedReply
from tests.unit.matching.conftest import bank_inquiry, bank_reply

_INQUIRY = bank_inquiry("loan", reference_numbers=("4471 220 118",))


def _read(text: str, **fields: str) -> ExtractedReply:
    reply = bank_reply(text, **fields)
    extracted, _ = assess_reply(reply, reader=RulesReader(), candidates=lambda _keys: (_INQUIRY,))
    return extracted


def test_a_client_nobody_names_is_the_inquiry_s_and_says_so() -> None:
    extracted = _read("Konto 4471 220 118: die Forderung beträgt 12,00 EUR.")
    assert extracted.client_name == "Max Kurz"
    assert extracted.evidence["client_name"].source == SOURCE


@pytest.mark.parametrize("said", ["Herr Kurz", "Kurz, M."])
def test_a_part_of_the_name_is_completed(said: str) -> None:
    extracted = _read(f"{said}, Konto 4471 220 118: die Forderung beträgt 12,00 EUR.")
    assert extracted.client_name == "Max Kurz"


def test_the_name_stays_as_printed_if_it_is_whole() -> None:
    extracted = _read("Kurz, Max, Konto 4471 220 118: die Forderung beträgt 12,00 EUR.")
    assert extracted.evidence["client_name"].source == "body"


def test_it_stays_so_in_another_spelling() -> None:
    extracted = _read("Herr Max Kurtz, Konto 4471 220 118: die Forderung beträgt 12,00 EUR.")
    assert extracted.client_name == "Max Kurtz"
    assert extracted.evidence["client_name"].source == "body"


def test_a_short_form_of_the_creditor_becomes_the_whole_one() -> None:
    text = "Konto 4471 220 118: die Forderung beträgt 12,00 EUR."
    assert _read(text, from_name="Weidental").creditor_name == "Bank Weidental eG"


def test_another_firm_is_no_short_form() -> None:
    text = "Gläubigerin: Leasing Weidental GmbH. Konto 4471 220 118: Forderung 12,00 EUR."
    assert _read(text).creditor_name == "Leasing Weidental GmbH"


def test_a_suggestion_lends_no_names() -> None:
    text = "Konto 4471 220 119: die Forderung beträgt 12,00 EUR."
    assert _read(text).client_name is None


@pytest.mark.parametrize("printed", ["Max Kurz", "Kurz, Max"])
def test_the_client_is_never_the_creditor(printed: str) -> None:
    extracted = _read("Konto 4471 220 118: die Forderung beträgt 12,00 EUR.", from_name=printed)
    assert (extracted.client_name, extracted.creditor_name) == ("Max Kurz", "Bank Weidental eG")
