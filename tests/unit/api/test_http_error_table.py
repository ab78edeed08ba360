"""Every error of the product has a place in the table of HTTP statuses."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

import pytest

from functions.api.http_errors import STATUS
from shared.domain.errors import MatcherError, PermanentError, TransientError

GROUPS = {MatcherError, TransientError, PermanentError}


def descendants(parent: type[MatcherError]) -> Iterator[type[MatcherError]]:
    for child in parent.__subclasses__():
        yield child
        yield from descendants(child)


PRODUCT_ERRORS = {
    error for error in descendants(MatcherError) if error.__module__ == "shared.domain.errors"
}


def test_the_table_has_every_error_and_no_other() -> None:
    assert set(STATUS) == PRODUCT_ERRORS - GROUPS


def test_what_trying_again_can_heal_is_a_503() -> None:
    transient = {error for error in STATUS if issubclass(error, TransientError)}
    assert {STATUS[error] for error in transient} == {HTTPStatus.SERVICE_UNAVAILABLE}


@pytest.mark.parametrize("error", STATUS, ids=lambda error: error.__name__)
def test_every_error_can_be_raised_without_words_and_has_some(error: type[MatcherError]) -> None:
    assert str(error()).endswith(".")
    assert error().code.islower()
