"""Where the writer says yes or no to what was proposed to him."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from functions.worker.reading.language.sentences import sentence_around
from functions.worker.reading.language.vocabulary import pattern

_REACH = 160
_LINE_OF_A_FORM = 300
_BOX = re.compile(r"\[\s{0,2}\]|\(\s{1,2}\)|[☐□▢]|(?P<tick>\[[xX]\]|\([xX]\)|[☒☑✓✔✅])")
_NO_ANSWER = ("about_the_past", "not_yet")
# "Wir werden ggf. zustimmen" is one clause.
_CLAUSE = re.compile(
    r"(?<!\bggf)(?<!\bggfs)(?<!\bevtl)(?<!\bbzw)(?<!\b\w)\.\s|[!?;,:]\s|\n\s*\n"
    r"|\s(?:und|aber|doch|jedoch|sondern|sowie)\s",
    re.IGNORECASE,
)
# "Keineswegs sind wir bereit, den Plan anzunehmen": what comes before the comma belongs to it.
_INFINITIVE = re.compile(r"\b(?:an|zu|bei|mit|ein)zu[a-zäöü]{2,12}n\b")


@dataclass(frozen=True)
class Answer:
    """The words `text[start:end]` that say it."""

    start: int
    end: int


def without_unticked(said: str) -> str:
    """The text with blanks in place of the choices of a form that nobody ticked."""
    lines = [_without_unticked(line) if _BOX.search(line) else line for line in said.split("\n")]
    return "\n".join(lines)


def _without_unticked(line: str) -> str:
    boxes = list(_BOX.finditer(line))
    kept = list(line)
    is_in_front = not line[: boxes[0].start()].strip(" |:-")
    for number, box in enumerate(boxes):
        if is_in_front:
            following = boxes[number + 1].start() if number + 1 < len(boxes) else len(line)
            start, end = box.start(), following
        else:
            colon = line.rfind(":", 0, boxes[0].start()) + 1
            start, end = boxes[number - 1].end() if number else colon, box.end()
        if box["tick"] is None:
            kept[start:end] = " " * (end - start)
    return "".join(kept)


def find_no(said: str, *, has_proposal: bool) -> Answer | None:
    """A refusal, words that call the proposal too little, or an agreement that is negated.

    `has_proposal` tells that the letter answered is a proposal, so that no sentence need name it.
    """
    if filled_in := _filled_in(said, "form_no"):
        return filled_in
    for key in ("rejected", "insufficient"):
        for match in _found(said, key):
            return Answer(*match.span())
    weak = _found_beside_the_proposal(said, "weakly_rejected", has_proposal=has_proposal)
    negated = (
        match
        for match in _agreements(said, has_proposal=has_proposal)
        if _is_negated(said, match) and not _is_undecided(said, match)
    )
    found = next(chain(weak, negated), None)
    return Answer(*found.span()) if found else None


def find_yes(said: str, *, has_proposal: bool) -> Answer | None:
    """An agreement without any negation, or a missing objection."""
    if filled_in := _filled_in(said, "form_yes"):
        return filled_in
    for match in _found(said, "no_objection"):
        if not pattern("decisions", "hedge").search(clause_around(said, *match.span())):
            return Answer(*match.span())
    for match in _agreements(said, has_proposal=has_proposal):
        if not _is_negated(said, match) and not _is_undecided(said, match):
            return Answer(*match.span())
    return None


def _filled_in(said: str, key: str) -> Answer | None:
    """The word beside a ticked box, or behind "Votum:"."""
    for match in pattern("decisions", key).finditer(said):
        line_start = max(said.rfind("\n", 0, match.start()) + 1, match.start() - _LINE_OF_A_FORM)
        line_end = said.find("\n", match.end(), match.end() + _LINE_OF_A_FORM)
        line = said[line_start : line_end if line_end >= 0 else match.end() + _LINE_OF_A_FORM]
        before = said[line_start : match.start()].strip(" |:-–\"'")
        is_field = pattern("decisions", "form_field").fullmatch(before)
        if is_field or any(box["tick"] for box in _BOX.finditer(line)):
            return Answer(*match.span())
    return None


def _agreements(said: str, *, has_proposal: bool) -> Iterator[re.Match[str]]:
    yield from _found(said, "accepted")
    yield from _found_beside_the_proposal(said, "weakly_accepted", has_proposal=has_proposal)


def _found_beside_the_proposal(
    said: str, key: str, *, has_proposal: bool
) -> Iterator[re.Match[str]]:
    for match in _found(said, key):
        sentence = sentence_around(said, match.start(), match.end())
        if has_proposal or pattern("decisions", "proposal").search(sentence):
            yield match


def _found(said: str, key: str) -> Iterator[re.Match[str]]:
    """The places of a list, without those in sentences about former days or a day to come."""
    for match in pattern("decisions", key).finditer(said):
        sentence = sentence_around(said, match.start(), match.end())
        if not any(pattern("decisions", key).search(sentence) for key in _NO_ANSWER):
            yield match


def clause_around(said: str, start: int, end: int) -> str:
    """The words `said[start:end]` with the rest of the clause they begin and end in."""
    clauses = _CLAUSE.split(said[max(start - _REACH, 0) : start])
    is_dependent = _INFINITIVE.search(said, start, end) or clauses[-1].endswith("zu ")
    before = " ".join(clauses[-2:] if is_dependent else clauses[-1:])
    after = _CLAUSE.split(said[end : end + _REACH])[0]
    return f"{before}{said[start:end]}{after}"


def is_withheld(text: str) -> bool:
    """Whether the words leave open, or merely note, what they would otherwise agree to."""
    return any(pattern("decisions", key).search(text) for key in ("hedge", "undecided", "not_yet"))


def _is_negated(said: str, match: re.Match[str]) -> bool:
    """In the words themselves or in their clause: "der Zustimmung, die wir nicht geben"."""
    return bool(pattern("decisions", "negation").search(clause_around(said, *match.span())))


def _is_undecided(said: str, match: re.Match[str]) -> bool:
    sentence = sentence_around(said, match.start(), match.end())
    clause = clause_around(said, *match.span())
    return bool(
        pattern("decisions", "undecided").search(sentence)
        or pattern("decisions", "hedge").search(clause)
    )
