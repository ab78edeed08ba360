"""The word tables and their notation."""

from __future__ import annotations

from pathlib import Path

import pytest

from functions.worker.reading.language import vocabulary
from functions.worker.reading.language.vocabulary import pattern, table
from shared.domain.match_keys import creditor_words, parse_person_name
from tests.samples.labelled import sample_inquiries

_TABLES = sorted(path.stem for path in Path(vocabulary.__file__).parents[1].glob("words/*.toml"))
_LISTS = [(name, key) for name in _TABLES for key in table(name)]


@pytest.mark.parametrize(("name", "key"), _LISTS)
def test_every_list_matches_its_own_plain_entries(name: str, key: str) -> None:
    plain = [entry for entry in table(name)[key] if entry[-1].isalnum() and entry[0].isalnum()]
    plain = [entry for entry in plain if "*" not in entry and ".." not in entry]
    assert table(name)[key]
    assert all(pattern(name, key).search(f"x, {entry.upper()}; y") for entry in plain)


@pytest.mark.parametrize(
    "text", ["Mit freundlichen Grüßen", "mit freundlichem Gruß", "MIT FREUNDLICHEN GRUESSEN"]
)
def test_a_star_ends_a_word_and_umlauts_may_be_written_out(text: str) -> None:
    assert pattern("segments", "closing").match(text)


def test_an_entry_is_a_whole_word() -> None:
    assert not pattern("people", "debtor").search("Kundendienstleiter")


def test_dots_stay_inside_the_sentence() -> None:
    rejected = pattern("intents", "rejected")
    assert rejected.search("Wir lehnen den Plan vom 1.3.2026 über 12.000 EUR ab")
    assert not rejected.search("Wir lehnen nichts. Der Betrag geht ab")


@pytest.mark.parametrize(("name", "key"), _LISTS)
def test_no_list_says_a_thing_twice(name: str, key: str) -> None:
    entries = table(name)[key]
    assert sorted(entries) == sorted(set(entries))


def test_no_table_knows_the_samples() -> None:
    """What fits only the sample mails would be worth nothing."""
    entries = [entry.lower() for name, key in _LISTS for entry in table(name)[key]]
    known: set[str] = set()
    for inquiry in sample_inquiries():
        known.add(" ".join(creditor_words(inquiry.creditor_name)))
        known.update(reference.lower() for reference in inquiry.reference_numbers)
        known.add((inquiry.creditor_email or "").partition("@")[2].partition(".")[0])
        known.add(" ".join(parse_person_name(inquiry.client_name).last).lower())
    known -= {"", "gmx", "web", "t-online", *table("people")["first_names"]}
    assert [entry for entry in entries if entry in known] == []
