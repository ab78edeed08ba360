"""What holds for every mail and every order of inquiries."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.domain.job import MatchStatus
from tests.unit.matching.conftest import bank_inquiry, bank_reply, find_and_match

_FIRST_NAMES = st.sampled_from(["Jürgen", "Anna", "Max", "Ayşe", "Hans-Peter"])
_PIECES = st.sampled_from(
    [
        "Jürgen Müller",
        "Jürgen Möller",
        "Konto 4471 220 118",
        "KZ-77-0101",
        "offen: 12,00 EUR",
        "\n",
        "> ",
        "Müller, Anna",
        "4471 220 119",
        "Mit freundlichen Grüßen\n",
        "wir stimmen dem Plan zu. ",
    ]
)


@settings(max_examples=60, deadline=None)
@given(first=_FIRST_NAMES, text=st.lists(_PIECES, max_size=8).map(" ".join))
def test_mueller_is_never_moeller(first: str, text: str) -> None:
    inquiry = bank_inquiry("a", client_name=f"Müller, {first}")
    text = text.replace("Müller", "Möller")
    decision = find_and_match(bank_reply(f"Forderung gegen Herrn {first} Möller {text}"), inquiry)
    assert decision.status is not MatchStatus.AUTO_MATCHED


@settings(max_examples=60, deadline=None)
@given(position=st.integers(0, 9), digit=st.integers(1, 9))
def test_one_wrong_digit_is_no_match(position: int, digit: int) -> None:
    number = "4471220118"
    wrong = str((int(number[position]) + digit) % 10)
    printed = number[:position] + wrong + number[position + 1 :]
    inquiry = bank_inquiry("a", reference_numbers=(number,))
    text = f"Max Kurz, Kundennummer {printed}: offen sind 100,00 EUR."
    assert find_and_match(bank_reply(text), inquiry).status is MatchStatus.NEEDS_REVIEW


@settings(max_examples=60, deadline=None)
@given(pieces=st.lists(_PIECES, max_size=10), seed=st.randoms(use_true_random=False))
def test_the_order_of_the_inquiries_changes_nothing(pieces: list[str], seed: st.DataObject) -> None:
    inquiries = [
        bank_inquiry("a", client_name="Müller, Jürgen", reference_numbers=("4471 220 118",)),
        bank_inquiry("b", client_name="Möller, Jürgen", reference_numbers=("KZ-77-0101",)),
        bank_inquiry("c", client_name="Müller, Anna", reference_numbers=("4471 220 551",)),
    ]
    reply = bank_reply(" ".join(pieces))
    straight = find_and_match(reply, *inquiries)
    seed.shuffle(inquiries)  # type: ignore[attr-defined]
    assert find_and_match(reply, *inquiries) == straight


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=200), subject=st.text(max_size=60), name=st.text(max_size=30))
def test_any_mail_has_one_outcome(text: str, subject: str, name: str) -> None:
    decision = find_and_match(bank_reply(text, subject=subject, from_name=name), bank_inquiry("a"))
    assert decision.status in MatchStatus
