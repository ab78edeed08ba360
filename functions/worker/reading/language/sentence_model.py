"""Which kind of sentence it is, by weights learned from the example sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from functions.worker.reading.language.linear_model import evenly, load_model
from functions.worker.reading.language.sentence_features import sentence_features
from functions.worker.reading.language.split_sentences import split_sentences

WEIGHTS = Path(__file__).parent / "sentence_weights.json"
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
    shares = load_model(WEIGHTS).shares(evenly(sentence_features(sentence)))
    return {SentenceKind(kind): share for kind, share in shares.items()}
