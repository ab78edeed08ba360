"""The word tables and their notation."""

from __future__ import annotations

from pathlib import Path

import pytest

from functions.worker.reading import vocabulary
from functions.worker.reading.vocabulary import pattern, table

_TABLES = sorted(path.stem for path in Path(vocabulary.__file__).parent.glob("words/*.toml"))
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
