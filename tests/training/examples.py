"""What the models learn from: example sentences of each kind, and the sums of labelled mails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import functions.worker.reading
from functions.worker.reading.mail_text import open_mail
from functions.worker.reading.money_in_mail import money_in_mail
from functions.worker.reading.sentence_features import masked_words, sentence_features
from functions.worker.reading.sum_features import sum_features
from functions.worker.reading.sum_model import SumKind
from shared.domain.match_keys import fold_letters
from shared.domain.reply import Reply
from tests.samples.labelled import labelled_bodies, labelled_replies, sample_inquiries
from tests.training.logistic_regression import Example

FOLDER = Path(functions.worker.reading.__file__).parent / "examples"
_COLLECTIONS = ("replies", "fresh_replies")


def example_sentences() -> list[tuple[str, str]]:
    """Every sentence with its kind, which is the name of its file, in the order of the files."""
    return [
        (path.stem, line.strip())
        for path in sorted(FOLDER.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]


def sentences() -> list[Example]:
    """The example sentences as the sentence model sees them."""
    return [Example(kind, sentence_features(text)) for kind, text in example_sentences()]


def sums_by_mail() -> list[list[Example]]:
    """The sums of every labelled mail that is known and of every short body."""
    names = _sample_names()
    mails = [
        (one.reply, one.expected)
        for collection in _COLLECTIONS
        for one in labelled_replies(collection)
        if one.expected["is_creditor_reply"]
    ]
    return [list(_sums(*mail, names)) for mail in (*mails, *labelled_bodies())]


def sums() -> list[Example]:
    """The sums of all those mails and bodies."""
    return [one for mail in sums_by_mail() for one in mail]


def _sums(reply: Reply, expected: dict[str, Any], names: frozenset[str]) -> Iterator[Example]:
    money = money_in_mail(open_mail(reply))
    for one in money.sums:
        features = sum_features(money.written, one, money.sums)
        kept = (name for name in features if names.isdisjoint(name.split()))
        yield Example(_kind(str(one.amount.value), expected), frozenset(kept))


def _kind(value: str, expected: dict[str, Any]) -> SumKind:
    for field, kind in (("debt_amount", SumKind.CLAIM), ("settlement_amount", SumKind.SETTLES)):
        if value in (expected.get(field), *expected.get(f"{field}_accept", ())):
            return kind
    return SumKind.OTHER


def _sample_names() -> frozenset[str]:
    """The words of clients' and creditors' names, and their stems: nothing to learn from.

    Those that the example sentences use as well are common words: "Forderung", "Bank".
    """
    inquiries = sample_inquiries()
    named = [name for one in inquiries for name in (one.client_name, one.creditor_name)]
    spelled = [
        fold_letters(name, umlaut_with_e=with_e) for name in named for with_e in (True, False)
    ]
    return _forms(spelled) - _forms(text for _, text in example_sentences())


def _forms(texts: Iterable[str]) -> frozenset[str]:
    words = {word for text in texts for word in masked_words(text) if word.isalpha()}
    return frozenset(form for word in words for form in (word, word[:5], f"{word[:5]}*"))
