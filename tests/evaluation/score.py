"""Scores what was read and decided against the labels, field by field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from functions.worker.assess_reply import assess_reply
from functions.worker.reading import RulesReader
from shared.domain.extraction import ExtractedReply
from shared.domain.inquiry import Inquiry
from shared.domain.job import MatchStatus
from shared.domain.match_keys import inquiry_keys
from shared.domain.matching import MatchDecision
from tests.evaluation.agreement import money, same_firm, same_number, same_person
from tests.samples.labelled import LabelledReply, sample_inquiries

_MONEY = ("debt_amount", "principal", "interest", "costs", "settlement_amount")


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A labelled mail, what was read in it, and what was decided."""

    label: LabelledReply
    found: ExtractedReply
    decision: MatchDecision


@dataclass
class Tally:
    """How often one thing was right, and where it was not."""

    right: int = 0
    total: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        return self.right / self.total if self.total else 1.0

    def count(self, name: str, *, is_right: bool) -> None:
        self.total += 1
        self.right += is_right
        if not is_right:
            self.wrong.append(name)


@dataclass
class References:
    """How many numbers were found, how many of them wrongly, and how many were missed."""

    found: int = 0
    wanted: int = 0
    missing: int = 0
    foreign: int = 0

    def add(self, *, found: int, wanted: int, missing: int, foreign: int) -> None:
        self.found += found
        self.wanted += wanted
        self.missing += missing
        self.foreign += foreign

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; optional numbers count as found rightly."""
        right = self.wanted - self.missing
        precision = right / (right + self.foreign) if right else 1.0
        recall = right / self.wanted if self.wanted else 1.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass
class Scores:
    """`shares` are to be high; `faults` name what must hardly occur."""

    references: References = field(default_factory=References)
    shares: dict[str, Tally] = field(default_factory=dict)
    faults: dict[str, list[str]] = field(default_factory=dict)

    def share(self, name: str) -> Tally:
        return self.shares.setdefault(name, Tally())

    def fault(self, name: str, *, of: str, occurs: bool) -> None:
        listed = self.faults.setdefault(name, [])
        if occurs:
            listed.append(of)


def outcomes(labels: Iterable[LabelledReply]) -> list[Outcome]:
    """Reads, looks up and matches each mail, as the worker does."""
    inquiries = [(inquiry, inquiry_keys(inquiry)) for inquiry in sample_inquiries()]

    def candidates(keys: frozenset[str]) -> tuple[Inquiry, ...]:
        return tuple(inquiry for inquiry, known in inquiries if known & keys)

    found = []
    for label in labels:
        extracted, decision = assess_reply(label.reply, reader=RulesReader(), candidates=candidates)
        found.append(Outcome(label=label, found=extracted, decision=decision))
    return found


def score(results: Iterable[Outcome]) -> Scores:
    """Fields other than the first ones count only where the mail is a creditor's."""
    scores = Scores()
    for outcome in results:
        expected = outcome.label.expected
        _score_kind(outcome, expected, scores)
        _score_match(outcome, scores)
        if expected["is_creditor_reply"]:
            _score_names(outcome, expected, scores)
            _score_money(outcome, expected, scores)
            _score_numbers(outcome, expected, scores)
        else:
            invented = outcome.found.debt_amount is not None
            scores.fault("amount on a foreign mail", of=outcome.label.id, occurs=invented)
    return scores


def _accepted(expected: dict[str, Any], name: str) -> list[Any]:
    return [expected[name], *expected.get(f"{name}_accept", ())]


def _score_kind(outcome: Outcome, expected: dict[str, Any], scores: Scores) -> None:
    for name in ("is_creditor_reply", "intent"):
        is_right = getattr(outcome.found, name) in _accepted(expected, name)
        scores.share(name).count(outcome.label.id, is_right=is_right)


def _score_match(outcome: Outcome, scores: Scores) -> None:
    label, decision = outcome.label, outcome.decision
    status = decision.status
    shown = MatchStatus.NO_MATCH if status is MatchStatus.NOT_CREDITOR_REPLY else status
    scores.share("match_status").count(label.id, is_right=shown in label.accepted_statuses)
    can_be_automatic = "auto_matched" in label.accepted_statuses
    finds_it = decision.inquiry_id == label.inquiry_id
    if can_be_automatic:
        scores.share("right inquiry").count(label.id, is_right=finds_it)
    if label.accepted_statuses == ("auto_matched",):
        scores.share("automated").count(label.id, is_right=status is MatchStatus.AUTO_MATCHED)
    wrong = status is MatchStatus.AUTO_MATCHED and not (can_be_automatic and finds_it)
    scores.fault("wrong automatic match", of=label.id, occurs=wrong)


def _score_names(outcome: Outcome, expected: dict[str, Any], scores: Scores) -> None:
    comparisons = {
        "client_name": same_person,
        "creditor_name": same_firm,
        "representative_name": same_firm,
    }
    for name, same in comparisons.items():
        found, accepted = getattr(outcome.found, name), _accepted(expected, name)
        is_right = any(same(found, one) if one else found is None for one in accepted)
        if expected[name]:
            scores.share(name).count(outcome.label.id, is_right=is_right)
        elif name != "creditor_name":
            what = name.removesuffix("_name")
            scores.fault(f"{what} invented", of=outcome.label.id, occurs=not is_right)


def _score_money(outcome: Outcome, expected: dict[str, Any], scores: Scores) -> None:
    of = outcome.label.id
    for name in _MONEY:
        accepted = {money(one) for one in _accepted(expected, name)}
        found = getattr(outcome.found, name)
        if expected[name] is not None:
            scores.share(name).count(of, is_right=found in accepted)
        elif name != "debt_amount":
            invented = found is not None and found not in accepted
            scores.fault(f"{name} invented", of=of, occurs=invented)
        if name == "debt_amount":
            wrong = found is not None and found not in accepted
            scores.fault("amount wrong or invented", of=of, occurs=wrong)
    decision = outcome.found.settlement_decision
    is_right = decision in _accepted(expected, "settlement_decision")
    if expected["settlement_decision"]:
        scores.share("settlement_decision").count(of, is_right=is_right)
    else:
        scores.fault("decision invented", of=of, occurs=not is_right)


def _score_numbers(outcome: Outcome, expected: dict[str, Any], scores: Scores) -> None:
    of, iban = outcome.label.id, outcome.found.iban
    if expected["iban"]:
        is_right = iban is not None and same_number(iban, expected["iban"])
        scores.share("iban").count(of, is_right=is_right)
    else:
        scores.fault("iban invented", of=of, occurs=iban is not None)
    wanted = expected["reference_numbers"]
    welcome = [*wanted, *expected.get("reference_numbers_optional", ())]
    found = outcome.found.reference_numbers
    missing = [one for one in wanted if not any(same_number(each, one) for each in found)]
    foreign = [each for each in found if not any(same_number(each, one) for one in welcome)]
    scores.references.add(
        found=len(found), wanted=len(wanted), missing=len(missing), foreign=len(foreign)
    )
    if wanted:
        scores.share("references found").count(of, is_right=not missing)
    scores.fault("reference invented", of=of, occurs=bool(foreign))
