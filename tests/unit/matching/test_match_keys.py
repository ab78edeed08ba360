"""Keys and foldings."""

from __future__ import annotations

import pytest

from shared.domain.match_keys import (
    fold_reference,
    inquiry_keys,
    parse_person_name,
    reference_forms,
    spellings,
)
from tests.unit.matching.conftest import bank_inquiry


@pytest.mark.parametrize("other", ["Mueller", "Muller", "MÜLLER", "Mu\u0308ller"])
def test_one_name_in_several_spellings_agrees(other: str) -> None:
    assert spellings("Müller") & spellings(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Müller", "Möller"), ("Bauer", "Baur"), ("Maier", "Meier")]
)
def test_two_names_do_not_agree(one: str, other: str) -> None:
    assert not spellings(one) & spellings(other)


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("Müller, Jürgen", ("Jürgen",), ("Müller",)),
        ("Jürgen Müller", ("Jürgen",), ("Müller",)),
        ("Groß, Dr. Ute", ("Ute",), ("Groß",)),
        ("Hans-Peter von der Heide", ("Hans-Peter",), ("von", "der", "Heide")),
        ("Ralf Meyer zu Ahlen", ("Ralf",), ("Meyer", "zu", "Ahlen")),
        ("Thi Lan Nguyen", ("Thi", "Lan"), ("Nguyen",)),
        ("Frau Kern", (), ("Kern",)),
        ("", (), ()),
    ],
)
def test_a_name_is_first_and_last(
    printed: str, first: tuple[str, ...], last: tuple[str, ...]
) -> None:
    name = parse_person_name(printed)
    assert (name.first, name.last) == (first, last)


@pytest.mark.parametrize("printed", ["RB-26-0101", "rb 26/0101", "RB.26.0101", "RB260101"])
def test_a_reference_is_its_letters_and_digits(printed: str) -> None:
    assert fold_reference(printed) == "RB260101"


def test_long_numbers_are_also_known_without_their_prefix() -> None:
    assert reference_forms("VK 30091184") == {"VK30091184", "30091184"}
    assert reference_forms("M-55021") == {"M55021"}


def test_an_inquiry_is_found_by_all_it_has() -> None:
    inquiry = bank_inquiry("a", reference_numbers=("RB-26-0101",), zendesk_ticket_id="70101")
    assert inquiry_keys(inquiry) == {
        "ref:RB260101",
        "ticket:70101",
        "mail:kredit@bank-weidental.example",
        "domain:bank-weidental.example",
        "name:kurz",
        "name:max kurz",
        "creditor:bank weidental",
    }
