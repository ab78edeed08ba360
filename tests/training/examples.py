"""What the models learn from: example sentences of each kind, and the sums of labelled mails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

import functions.worker.reading
from functions.worker.reading.language.linear_model import evenly
from functions.worker.reading.language.sentence_features import (
    STEM,
    masked_words,
    sentence_features,
)
from functions.worker.reading.language.sentence_model import classify_sentences
from functions.worker.reading.mail.mail_text import QUOTED, SAID, open_mail
from functions.worker.reading.money.money_in_mail import money_in_mail
from functions.worker.reading.money.sum_features import sum_features
from functions.worker.reading.money.sum_model import SumKind
from functions.worker.reading.money.sums import Sum
from functions.worker.reading.settlement.decision_features import decision_features
from functions.worker.reading.settlement.decision_model import NO_DECISION
from functions.worker.reading.settlement.yes_or_no import without_unticked
from shared.domain.match_keys import fold_letters
from shared.domain.reply import Reply
from tests.samples.labelled import labelled_bodies, labelled_replies, sample_inquiries
from tests.training.logistic_regression import Example

FOLDER = Path(functions.worker.reading.__file__).parent / "examples"
_COLLECTIONS = ("replies", "fresh_replies")
_MOST_SUMS, _MOST_PARTS = 12, 6
_KINDS = {
    "debt_amount": SumKind.CLAIM,
    "settlement_amount": SumKind.SETTLES,
    "principal": SumKind.PRINCIPAL,
    "interest": SumKind.INTEREST,
    "costs": SumKind.COSTS,
}
_PROPOSAL = (
    "Zur Erledigung bieten wir Ihnen vergleichsweise einen Plan an, dem Sie bitte zustimmen."
)


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
    return [Example(kind, evenly(sentence_features(text))) for kind, text in example_sentences()]


def sums_by_mail() -> list[list[Example]]:
    """The sums of every labelled mail that is known and of every short body."""
    names = _sample_names()
    return [list(_sums(*mail, names)) for mail in (*_creditors_mails(), *labelled_bodies())]


def sums() -> list[Example]:
    """The sums of all those mails and bodies."""
    return [one for mail in sums_by_mail() for one in mail]


def decisions() -> list[Example]:
    """What those mails and bodies decide, the bodies with and without a proposal they answer."""
    names = _sample_names()
    examples: list[Example] = []
    for reply, expected in _creditors_mails():
        mail = open_mail(reply)
        examples.append(_decision(mail.only(SAID), mail.only(QUOTED), expected, names))
    for reply, expected in labelled_bodies():
        said = open_mail(reply).only(SAID)
        examples += [_decision(said, quoted, expected, names) for quoted in ("", _PROPOSAL)]
    return examples


def _decision(said: str, quoted: str, expected: dict[str, Any], names: frozenset[str]) -> Example:
    said = without_unticked(said)
    features = decision_features(said, classify_sentences(said), quoted)
    kept = {name: features[name] for name in features if names.isdisjoint(name.split())}
    return Example(expected.get("settlement_decision") or NO_DECISION, kept)


def _creditors_mails() -> list[tuple[Reply, dict[str, Any]]]:
    return [
        (one.reply, one.expected)
        for collection in _COLLECTIONS
        for one in labelled_replies(collection)
        if one.expected["is_creditor_reply"]
    ]


def _sums(reply: Reply, expected: dict[str, Any], names: frozenset[str]) -> Iterator[Example]:
    money = money_in_mail(open_mail(reply))
    added = _added(money.sums, expected)
    for one in money.sums:
        features = sum_features(money.written, one, money.sums)
        kept = sorted(name for name in features if names.isdisjoint(name.split()))
        kind = _kind(str(one.amount.value), expected)
        if kind is SumKind.OTHER:
            kind = added.get(one.amount.start, kind)
        yield Example(kind, evenly(kept))


def _kind(value: str, expected: dict[str, Any]) -> SumKind:
    for field, kind in _KINDS.items():
        if value in (expected.get(field), *expected.get(f"{field}_accept", ())):
            return kind
    return SumKind.OTHER


def _added(sums: Sequence[Sum], expected: dict[str, Any]) -> dict[int, SumKind]:
    """By where they start, the items of the costs and the parts of a total that is not printed."""
    kinds: dict[int, SumKind] = {}
    for field, kind in (("costs", SumKind.COSTS), ("debt_amount", SumKind.PART)):
        goal = expected.get(field)
        if goal and not any(str(one.amount.value) == goal for one in sums):
            for one in _come_to(Decimal(goal), sums[:_MOST_SUMS]):
                kinds.setdefault(one.amount.start, kind)
    return kinds


def _come_to(goal: Decimal, sums: Sequence[Sum]) -> Sequence[Sum]:
    """The fewest sums that add up to `goal`."""
    for size in range(2, _MOST_PARTS + 1):
        for some in combinations(sums, size):
            if sum(one.owed for one in some) == goal:
                return some
    return ()


def _sample_names() -> frozenset[str]:
    """The words of clients' and creditors' names, and their stems: nothing to learn from.

    Those that the example sentences use as well are common words: "Forderung", "Bank".
    """
    inquiries = sample_inquiries()
    named = [name for one in inquiries for name in (one.client_name, one.creditor_name)]
    spelled = [
        fold_letters(name, umlaut_with_e=with_e) for name in named for with_e in (True, False)
    ]
    spelled += named
    common = [text for _, text in example_sentences()]
    return (_forms(spelled) - _forms(common)) | (_words_of(spelled) - _words_of(common))


def _forms(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(
        form for word in _words_of(texts) for form in (word, word[:STEM], f"{word[:STEM]}*")
    )


def _words_of(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in masked_words(text) if word.isalpha())
