from __future__ import annotations

from collections.abc import Iterator

import pytest

from shared.batch import safe_description
from shared.domain import errors
from shared.domain.errors import JobNotFound, MatcherError, PermanentError, TransientError


def _tree(error: type[MatcherError]) -> Iterator[type[MatcherError]]:
    yield error
    for child in error.__subclasses__():
        yield from _tree(child)


LEAVES = [error for error in _tree(MatcherError) if not error.__subclasses__()]


@pytest.mark.parametrize("error", LEAVES)
def test_every_error_is_either_transient_or_permanent(error: type[MatcherError]) -> None:
    assert issubclass(error, TransientError) != issubclass(error, PermanentError)


@pytest.mark.parametrize("error", LEAVES)
def test_every_errors_message_is_a_sentence(error: type[MatcherError]) -> None:
    assert str(error()).endswith(".")


@pytest.mark.parametrize("error", list(_tree(MatcherError)))
def test_every_error_stands_in_the_tree_at_the_top_of_the_file(error: type[MatcherError]) -> None:
    assert error.__name__ in (errors.__doc__ or "")


def test_an_errors_code_is_its_name_for_programs() -> None:
    assert JobNotFound().code == "job_not_found"


def test_a_foreign_errors_text_is_not_repeated() -> None:
    try:
        int("canary-7731")
    except ValueError as error:
        described = safe_description(error)
    assert "canary" not in described
    assert described.startswith("Unexpected ValueError in test_a_foreign")
