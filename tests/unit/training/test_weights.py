"""The weights of the sentence model belong to its example sentences."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from functions.worker.reading.sentence_features import sentence_features
from functions.worker.reading.sentence_model import WEIGHTS, SentenceKind
from shared.domain.inquiry import Inquiry
from shared.domain.match_keys import fold_letters
from tests.samples.labelled import sample_inquiries
from tests.training.cross_validation import shares_found
from tests.training.examples import example_sentences
from tests.training.logistic_regression import Example, train
from tests.training.weights_file import digest, weights_file

_LEAST = 50


def test_the_weights_are_made_from_the_sentences() -> None:
    examples = [Example(kind, sentence_features(text)) for kind, text in example_sentences()]
    made_from = json.loads(WEIGHTS.read_text(encoding="utf-8"))["made_from"]
    assert made_from == digest(examples), "The sentences were changed: make train"


def test_training_again_makes_the_same_file() -> None:
    assert weights_file() == WEIGHTS.read_text(encoding="utf-8")


def test_every_kind_has_sentences_and_no_sentence_two_kinds() -> None:
    sentences = example_sentences()
    counts = Counter(kind for kind, _ in sentences)
    assert set(counts) == set(SentenceKind)
    assert min(counts.values()) >= _LEAST
    twice = [text for text, count in Counter(text for _, text in sentences).items() if count > 1]
    assert not twice


def test_the_order_of_the_examples_of_a_round_is_fixed() -> None:
    examples = [Example("yes", frozenset("ab")), Example("no", frozenset("bc"))] * 3
    assert train(examples, rounds=3) == train(examples, rounds=3)


@pytest.mark.parametrize("inquiry", sample_inquiries(), ids=lambda one: str(one.id))
def test_no_sentence_names_anybody_of_the_samples(inquiry: Inquiry) -> None:
    text = _plain("\n".join(one for _, one in example_sentences()))
    named = (inquiry.client_name, inquiry.creditor_name, *inquiry.reference_numbers)
    assert not [one for one in named if _plain(one) in text]


def test_sentences_left_out_of_training_are_mostly_recognised() -> None:
    assert shares_found(folds=5, tried=1)["all"] > 0.6


def _plain(text: str) -> str:
    return fold_letters(text, umlaut_with_e=True)
