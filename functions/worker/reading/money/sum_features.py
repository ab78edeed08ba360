"""What the sum model sees of a sum of money: the words around it, its place among the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate

from functions.worker.reading.language.sentence_features import (
    STEM,
    masked_words,
    negated_words,
    words_and_stems,
)
from functions.worker.reading.money.sums import Sum

_LEFT, _RIGHT = 160, 110
_NEAR, _FAR = 4, 9
_LONGEST_RUN = 8
_BEGINS = re.compile(r"[.!?]\s+(?=[A-ZÄÖÜ])|\n\s*\n")
_ENDS = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ])|\n")


def sum_features(text: str, one: Sum, sums: Sequence[Sum]) -> frozenset[str]:
    """The features of one sum in the order and company of all `sums` of `text`.

    No role goes in: what the word lists make of a sum is the other opinion.
    """
    return frozenset(
        (*_before(text, one), *_behind(text, one), *_sentence(one), *_place(one, sums))
    )


def _before(text: str, one: Sum) -> Iterator[str]:
    start = one.amount.start
    words = list(masked_words(_BEGINS.split(text[max(start - _LEFT, 0) : start])[-1]))
    yield from words_and_stems("before", words[-_NEAR:])
    yield from words_and_stems("further before", words[-_FAR:-_NEAR])
    for distance, word in enumerate(reversed(words[-3:])):
        yield f"{distance} before {word[:STEM]}"
    opens_line = not text[text.rfind("\n", 0, start) + 1 : start].strip()
    yield f"opens line {opens_line}"


def _behind(text: str, one: Sum) -> Iterator[str]:
    end = one.amount.end
    words = list(masked_words(_ENDS.split(text[end : end + _RIGHT])[0]))
    yield from words_and_stems("behind", words[:_NEAR])
    yield from (f"further behind {word[:STEM]}" for word in words[_NEAR:_FAR])
    for distance, word in enumerate(words[:2]):
        yield f"{distance} behind {word[:STEM]}"


def _sentence(one: Sum) -> Iterator[str]:
    words = tuple(masked_words(one.sentence))
    yield from (f"sentence {word[:STEM]}" for word in words)
    yield from (f"sentence {word}" for word in negated_words(words))


def _place(one: Sum, sums: Sequence[Sum]) -> Iterator[str]:
    values = [other.amount.value for other in sums]
    value = one.amount.value
    yield f"sums {min(len(sums), 5)}"
    yield f"all the same {len(set(values)) == 1}"
    yield f"largest {value == max(values)}"
    yield f"first {one is sums[0]}"
    yield f"last {one is sums[-1]}"
    yield f"named again {values.count(value) > 1}"
    yield f"adds up {_adds_up(values, sums.index(one))}"
    yield f"aside {one.is_aside}"
    yield f"with currency {one.amount.currency is not None}"
    yield f"whole euros {value == int(value)}"


def _adds_up(values: Sequence[Decimal], place: int) -> bool:
    """Whether the sums right before this one, or right behind it, come to it."""
    before = reversed(values[max(place - _LONGEST_RUN, 0) : place])
    behind = values[place + 1 : place + 1 + _LONGEST_RUN]
    return any(values[place] in list(accumulate(run))[1:] for run in (list(before), list(behind)))
