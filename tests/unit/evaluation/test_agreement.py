from __future__ import annotations

import pytest

from tests.evaluation.agreement import same_firm, same_number, same_person


@pytest.mark.parametrize("found", ["Jürgen Müller", "Müller, Juergen", "Herr Dr. Jürgen Mueller"])
def test_a_person_is_the_same_in_any_order_and_spelling(found: str) -> None:
    assert same_person(found, "Jürgen Müller")


@pytest.mark.parametrize("found", [None, "", "Jürgen Möller", "Müller", "Jutta Müller"])
def test_another_person_is_another_person(found: str | None) -> None:
    assert not same_person(found, "Jürgen Müller")


def test_a_firm_is_the_same_without_its_legal_form() -> None:
    assert same_firm("Nordlicht Energie", "Nordlicht Energie GmbH & Co. KG")
    assert not same_firm("Südlicht Energie", "Nordlicht Energie GmbH")


@pytest.mark.parametrize(
    ("found", "expected", "same"),
    [
        ("RB-26-0101", "RB 26/0101", True),
        ("118 220 551", "VK 118220551", True),
        ("12345", "VK12345", False),
        ("4100772218", "4100772219", False),
    ],
)
def test_a_number_is_compared_by_its_letters_and_digits(
    found: str,
    expected: str,
    same: bool,  # noqa: FBT001
) -> None:
    assert same_number(found, expected) is same
