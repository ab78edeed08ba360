"""Which kind of sentence it is, by weights learned from the example sentences."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from functions.worker.reading.sentence_features import sentence_features
from functions.worker.reading.split_sentences import split_sentences

WEIGHTS = Path(__file__).parent / "sentence_weights.json"
UNIT = 0.01
"""The file holds whole numbers of this."""
_MOST_SENTENCES = 60
_WORD = re.compile(r"[^\W\d_]{2}|[☒☑]")


class SentenceKind(StrEnum):
    """What a sentence says; its examples are in the file of that name."""

    AGREES = "agrees"
    REFUSES = "refuses"
    COUNTERS = "counters"
    UNDECIDED = "undecided"
    STATES_CLAIM = "states_claim"
    SETTLED = "settled"
    NOT_RESPONSIBLE = "not_responsible"
    WITHHOLDS = "withholds"
    ASKS = "asks"
    RECEIPT = "receipt"
    ABSENCE = "absence"
    ADVERTISING = "advertising"
    INVOICE = "invoice"
    DEBTOR = "debtor"
    COLLEAGUE = "colleague"
    FILLER = "filler"


@dataclass(frozen=True)
class Sentence:
    """The sentence `text[start:end]` with the probability of each kind."""

    start: int
    end: int
    shares: Mapping[SentenceKind, float]


def classify_sentences(text: str) -> tuple[Sentence, ...]:
    """The first sixty sentences of a text with their kinds."""
    found: list[Sentence] = []
    for start, end in split_sentences(text):
        if len(found) == _MOST_SENTENCES:
            break
        if _WORD.search(text, start, end):
            found.append(Sentence(start, end, sentence_kinds(text[start:end])))
    return tuple(found)


def sentence_kinds(sentence: str) -> dict[SentenceKind, float]:
    """The probability of each kind, by the first four hundred signs of a sentence."""
    kinds, bias, weights = _weights()
    features = sentence_features(sentence)
    rows = [weights[name] for name in features if name in weights]
    shares = softmax([UNIT * one for one in scores(bias, rows, size=len(features))])
    return dict(zip(kinds, shares, strict=True))


def scores(bias: Sequence[float], rows: Sequence[Sequence[float]], *, size: int) -> list[float]:
    """The weights of a sentence's features added up for each kind; long sentences weigh no more."""
    scale = 1 / math.sqrt(max(size, 1))
    return [start + scale * sum(column) for start, *column in zip(bias, *rows, strict=True)]


def softmax(values: Sequence[float]) -> list[float]:
    """Shares that add up to one."""
    highest = max(values)
    powers = [math.exp(one - highest) for one in values]
    return [one / sum(powers) for one in powers]


@cache
def _weights() -> tuple[tuple[SentenceKind, ...], list[int], dict[str, list[int]]]:
    model = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return tuple(map(SentenceKind, model["kinds"])), model["bias"], model["weights"]
