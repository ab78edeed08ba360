"""Finds the debtor's name: never the clerk, the lawyer or the creditor."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from functions.worker.reading.language.vocabulary import pattern, words
from functions.worker.reading.parties.debtor_cues import (
    ADDRESSED,
    LOOK_BACK,
    by_cue,
    is_full_name,
    without_cue,
)
from functions.worker.reading.parties.names import (
    CAPITALISED,
    is_firm,
    is_first_name,
    is_noun,
    name_in_order,
    name_runs,
)
from functions.worker.reading.parties.other_people import is_another, is_greeted
from shared.domain.match_keys import fold_letters

_NAMED_OUTRIGHT = 0.7
DOUBTFUL = 0.5
"""The confidence of one among several names that are equally well supported."""

_JOINED = re.compile(rf"{CAPITALISED} (?:und|u\.|&|oder) $")
_SHORT_FIRST_NAME = re.compile(
    rf"(?<!\w)[DdVv](?:er|ie|em|en|om)\s(?P<name>{CAPITALISED})(?![\w@]|[ ][A-ZÀ-ÖØ-Þ])"
)
_PARTS_OF_SUBJECT = re.compile(r"\s*(?:\./\.|(?<!\d)/|/(?!\d)|[:,;()|–—])\s*|\s-\s")


@dataclass(frozen=True, kw_only=True)
class PersonFound:
    """A name as printed at `text[start:end]`."""

    name: str
    confidence: float
    start: int
    end: int


def find_debtor(
    said: str, quoted: str, *, subject_length: int, sender_names: Collection[str]
) -> PersonFound | None:
    """The best supported name, from the sender's words, else from the thread he answers."""
    senders = [letters for name in sender_names if (letters := _letters(name))]
    greeted = set(_greeted(said))

    def may_owe(one: PersonFound) -> bool:
        letters = _letters(one.name)
        return not _is_sender(one.name, senders) and not (letters and set(letters) <= greeted)

    own = filter(may_owe, _candidates(said, quoted=False, subject_length=subject_length))
    thread = filter(may_owe, _candidates(quoted, quoted=True, subject_length=0))
    candidates = _own_before_quoted([*own], [*thread], said)
    if not candidates:
        fallbacks = (*_called_by_first_name(said), *_alone_in_subject(said[:subject_length]))
        barred = greeted.union(*senders)
        unlike_sender = (one for one in fallbacks if not set(_letters(one.name)) & barred)
        return next(unlike_sender, None)
    best = max(candidates, key=lambda one: (one.confidence, -one.start))
    rivals = [one for one in candidates if one.confidence >= best.confidence - 0.02]
    if all(_letters(one.name) == _letters(best.name) for one in rivals):
        return best
    return PersonFound(name=best.name, confidence=DOUBTFUL, start=best.start, end=best.end)


def _own_before_quoted(
    own: list[PersonFound], thread: list[PersonFound], said: str
) -> list[PersonFound]:
    """Whom the sender names in full comes before the thread, unless he says that surname, too."""
    outright = {one.name.split()[-1] for one in own if _is_outright(one)}
    in_thread = {one.name.split()[-1] for one in thread if is_full_name(one.name)} - outright
    repeats = any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", said) for name in in_thread)
    return own if outright and not repeats else own + thread


def _is_outright(one: PersonFound) -> bool:
    return one.confidence >= _NAMED_OUTRIGHT and is_full_name(one.name)


def _greeted(said: str) -> Iterator[str]:
    """The words of the names in salutations."""
    for start, end in name_runs(said):
        before = said[max(start - LOOK_BACK, 0) : start]
        if is_greeted(said, end, before):
            yield from _letters(said[start:end])


def _candidates(text: str, *, quoted: bool, subject_length: int) -> Iterator[PersonFound]:
    for start, end in name_runs(text):
        confidence = _confidence(text, start, end, quoted=quoted, in_subject=end <= subject_length)
        if confidence:
            addressed = bool(ADDRESSED.search(text[max(start - LOOK_BACK, 0) : start]))
            name = name_in_order(text[start:end], addressed=addressed)
            yield PersonFound(name=name, confidence=confidence, start=start, end=end)


def _confidence(text: str, start: int, end: int, *, quoted: bool, in_subject: bool) -> float:
    before = text[max(start - LOOK_BACK, 0) : start]
    name = text[start:end]
    is_full = is_full_name(name)
    known = any(is_first_name(part.strip()) for part in (name, *name.split(",")[1:]))
    known = known or (is_full and is_first_name(name_in_order(name, addressed=False)))
    confidence = by_cue(before, name, known=known)
    if not confidence and is_full and not quoted:
        confidence = without_cue(text, start, end, known=known, in_subject=in_subject)
    if not confidence or is_another(text, start, end, before, quoted=quoted):
        return 0.0
    if _JOINED.search(before):
        confidence = min(confidence, 0.5)
    return max(confidence - (0.1 if quoted else 0.0), 0.0)


def _called_by_first_name(said: str) -> Iterator[PersonFound]:
    """Private people write "der Tobias hat sich das geliehen"."""
    for match in _SHORT_FIRST_NAME.finditer(said):
        name = match["name"]
        if name[0].isupper() and is_first_name(name) and not is_noun(name):
            yield PersonFound(
                name=name, confidence=0.5, start=match.start("name"), end=match.end("name")
            )


def _alone_in_subject(subject: str) -> Iterator[PersonFound]:
    """A surname as a part of its own beside the number: "4711-22 / Kern: Kontostand"."""
    if not re.search(r"\d\W?\d\W?\d", subject):
        return
    for part in _PARTS_OF_SUBJECT.split(subject):
        kept = [word for word in part.split() if not _is_of_number(word)]
        if len(kept) != 1 or not re.fullmatch(CAPITALISED, kept[0]) or is_noun(kept[0]):
            continue
        if pattern("references", "label").fullmatch(kept[0]):
            continue
        if is_firm(kept[0]) or pattern("people", "noun_ending").fullmatch(kept[0]):
            continue
        start = subject.find(kept[0])
        end = start + len(kept[0])
        yield PersonFound(name=kept[0], confidence=0.5, start=start, end=end)


def _is_of_number(word: str) -> bool:
    return any(sign.isdigit() for sign in word) or (word.isupper() and len(word) < 5)  # noqa: PLR2004


def _is_sender(name: str, senders: Collection[Sequence[str]]) -> bool:
    """The sender's own name, also with his trade behind it."""
    letters = _letters(name)
    return any(
        sender == letters or (len(sender) > 1 and set(sender) < set(letters)) for sender in senders
    )


def _letters(name: str) -> Sequence[str]:
    found = re.findall(r"[^\W\d_]+", fold_letters(name, umlaut_with_e=True))
    return sorted(word for word in found if word not in words("people", "title"))
