"""What the decision model sees of a mail: its words, and the kinds of its sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from functions.worker.reading.language.sentence_features import (
    masked_words,
    negated_words,
    words_and_stems,
)
from functions.worker.reading.language.sentence_model import Sentence, SentenceKind
from functions.worker.reading.settlement.decisions import answers_a_proposal, speaks_of_a_proposal

_WORD, _SHARE, _PROPOSAL = 0.15, 2.0, 1.0
_KINDS = (
    SentenceKind.AGREES,
    SentenceKind.REFUSES,
    SentenceKind.COUNTERS,
    SentenceKind.UNDECIDED,
    SentenceKind.STATES_CLAIM,
    SentenceKind.SETTLED,
    SentenceKind.WITHHOLDS,
    SentenceKind.ASKS,
)


def decision_features(said: str, sentences: Sequence[Sentence], quoted: str) -> dict[str, float]:
    """The features of a mail with their strength.

    A word counts as much as its sentence says anything at all; a kind as much as the sentence
    that is likeliest of it.
    """
    features: dict[str, float] = {}
    for sentence in sentences:
        strength = _WORD * (1 - sentence.shares[SentenceKind.FILLER])
        for name in _words(said[sentence.start : sentence.end]):
            features[name] = max(features.get(name, 0.0), strength)
    for kind in _KINDS:
        share = max((one.shares[kind] for one in sentences), default=0.0)
        features[f"sentence {kind}"] = _SHARE * share
    features["answers a proposal"] = _PROPOSAL * answers_a_proposal(quoted)
    features["speaks of a proposal"] = _PROPOSAL * speaks_of_a_proposal(said)
    return features


def _words(sentence: str) -> Iterator[str]:
    words = tuple(masked_words(sentence))
    yield from words_and_stems("word", words)
    yield from negated_words(words)
