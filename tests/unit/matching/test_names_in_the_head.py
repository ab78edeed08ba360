"""Who stands above the text, beside the number, is most often the debtor."""

from __future__ import annotations

import pytest

from shared.domain.job import MatchStatus
from tests.unit.matching.conftest import Match, bank_inquiry

_TEXT = "Sehr geehrte Damen und Herren,\n\nes sind 470,00 EUR offen.\n\nMit freundlichen Grüßen\n"
_BRAUER = bank_inquiry("brauer", client_name="Brauer, Max", reference_numbers=("4471 220 118",))
_BAUER = bank_inquiry("bauer", client_name="Bauer, Max", reference_numbers=("4471 220 700",))


@pytest.mark.parametrize(
    "head",
    [
        "4471 220 118\nMax Bauer",
        "Max Bauer\n4471 220 118",
        "Konto 4471 220 118 (Bauer)",
        "4471 220 118\nBauer",
        "4471 220 118\nBauer Max",
    ],
)
def test_another_client_beside_the_number_is_never_matched(match: Match, head: str) -> None:
    decision = match(f"{head}\n\n{_TEXT}", _BRAUER, _BAUER)
    assert decision.status is MatchStatus.NEEDS_REVIEW


@pytest.mark.parametrize("name", ["Peter Hofmann", "Oleksandr Petrenko", "Hofmann Peter"])
def test_nor_is_somebody_unknown(match: Match, name: str) -> None:
    inquiry = bank_inquiry("x", client_name="Hofmann, Petra", reference_numbers=("4471 220 118",))
    decision = match(f"4471 220 118\n{name}\n\n{_TEXT}", inquiry)
    assert (decision.status, decision.inquiry_id) == (MatchStatus.NEEDS_REVIEW, "x")
    assert "Oben in der Mail steht" in " ".join(decision.candidates[0].contradicting)


@pytest.mark.parametrize(
    "text",
    [
        f"4471 220 118\nMax Brauer\n\n{_TEXT}",
        f"Brauer, Max\n4471 220 118\n\n{_TEXT}Petra Sandmann\nAuental Bank",
        f"Petra Sandmann\nForderungsabteilung\n\nMax Brauer, 4471 220 118\n\n{_TEXT}",
    ],
)
def test_the_client_s_own_name_and_a_clerk_s_do_no_harm(match: Match, text: str) -> None:
    assert match(text, _BRAUER).status is MatchStatus.AUTO_MATCHED


@pytest.mark.parametrize(
    "text",
    [
        "Die Forderung richtet sich gegen die Erben der Petra Brauer, Konto 4471 220 118.",
        "Max Brauer, Konto 4471 220 118, ist nicht Schuldner, sondern sein Sohn Paul.",
    ],
)
def test_who_does_not_owe_is_not_matched(match: Match, text: str) -> None:
    assert match(f"{text} Offen: 470,00 EUR.", _BRAUER).status is MatchStatus.NEEDS_REVIEW
