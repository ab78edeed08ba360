"""The weights of the sentence model belong to its example sentences."""

from __future__ import annotations

import json
import re
from collections import Counter
from types import ModuleType

import pytest

from functions.worker.reading.language import sentence_model
from functions.worker.reading.language.linear_model import evenly
from functions.worker.reading.language.sentence_model import SentenceKind
from functions.worker.reading.money import sum_model
from functions.worker.reading.settlement import decision_model
from shared.domain.inquiry import Inquiry
from shared.domain.match_keys import fold_letters
from tests.samples.labelled import sample_inquiries
from tests.training.cross_validation import claims_found, shares_found
from tests.training.examples import decisions, example_sentences, sentences, sums
from tests.training.logistic_regression import Example, train
from tests.training.weights_file import digest, weights_file

_LEAST = 50


def test_the_weights_are_made_from_the_sentences() -> None:
    made_from = json.loads(sentence_model.WEIGHTS.read_text(encoding="utf-8"))["made_from"]
    assert made_from == digest(sentences()), "The sentences were changed: make train"


def test_the_weights_are_made_from_the_sums_of_the_samples() -> None:
    made_from = json.loads(sum_model.WEIGHTS.read_text(encoding="utf-8"))["made_from"]
    assert made_from == digest(sums()), "The samples, or what is seen of a sum, changed: make train"


def test_the_weights_are_made_from_the_decisions_of_the_samples() -> None:
    made_from = json.loads(decision_model.WEIGHTS.read_text(encoding="utf-8"))["made_from"]
    assert made_from == digest(decisions()), "The samples, or what is seen of a mail: make train"


def test_training_again_makes_the_same_file() -> None:
    assert weights_file(sentences()) == sentence_model.WEIGHTS.read_text(encoding="utf-8")


@pytest.mark.parametrize("inquiry", sample_inquiries(), ids=lambda one: str(one.id))
@pytest.mark.parametrize("model", [sum_model, decision_model])
def test_no_weight_goes_by_the_name_of_a_sample(model: ModuleType, inquiry: Inquiry) -> None:
    weights = json.loads(model.WEIGHTS.read_text(encoding="utf-8"))["weights"]
    learned = {word for name in weights for word in name.split()}
    named = set(_plain(f"{inquiry.client_name} {inquiry.creditor_name}").split())
    common = set(re.findall(r"\w+", _plain("\n".join(one for _, one in example_sentences()))))
    assert learned.isdisjoint(word for word in named - common if len(word) > 3)


def test_every_kind_has_sentences_and_no_sentence_two_kinds() -> None:
    sentences = example_sentences()
    counts = Counter(kind for kind, _ in sentences)
    assert set(counts) == set(SentenceKind)
    assert min(counts.values()) >= _LEAST
    twice = [text for text, count in Counter(text for _, text in sentences).items() if count > 1]
    assert not twice


def test_the_order_of_the_examples_of_a_round_is_fixed() -> None:
    examples = [Example("yes", evenly("ab")), Example("no", evenly("bc"))] * 3
    assert train(examples, rounds=3) == train(examples, rounds=3)


@pytest.mark.parametrize("inquiry", sample_inquiries(), ids=lambda one: str(one.id))
def test_no_sentence_names_anybody_of_the_samples(inquiry: Inquiry) -> None:
    text = _plain("\n".join(one for _, one in example_sentences()))
    named = (inquiry.client_name, inquiry.creditor_name, *inquiry.reference_numbers)
    assert not [one for one in named if _plain(one) in text]


def test_sentences_left_out_of_training_are_mostly_recognised() -> None:
    assert shares_found(folds=5, tried=1)["all"] > 0.6


def test_the_claims_of_mails_left_out_of_training_are_mostly_the_likeliest_sums() -> None:
    assert claims_found(folds=5, tried=1) > 0.8


def _plain(text: str) -> str:
    return fold_letters(text, umlaut_with_e=True)
