"""Finds for whom a mail is written, if not for its sender."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from functions.worker.reading.language.sentences import line_around, sentence_end, sentence_start
from functions.worker.reading.language.vocabulary import pattern, source
from functions.worker.reading.parties.firms import FirmFound
from shared.domain.match_keys import creditor_words

_LOOK = 72
_MARK = "¤"
_ARTICLE = rf"(?:(?:{source('creditors', 'article')})\s{{0,2}}){{0,3}}"
_BRACKETS = r"(?:\s?\([^()]{0,60}\))?"
_US, _WE = r"(?:uns|mich|us)", r"(?:wir|ich|unsere?)"


def _before(key: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{source('creditors', key)})[\s:|,]{{0,4}}{_ARTICLE}$", re.IGNORECASE
    )


def _behind(key: str) -> re.Pattern[str]:
    return re.compile(
        rf"{_BRACKETS}[ ,(–-]{{0,3}}(?:(?<!,)\n|[ (])(?:{source('creditors', key)})(?!\w)",
        re.IGNORECASE,
    )


# "Auftraggeberin (Gläubigerin): ", "Gläubiger der Forderung ist die ".
_LONG_FIELD = re.compile(
    rf"(?<!\w)(?:{source('creditors', 'creditor_field')}|{source('creditors', 'principal_field')})"
    rf"(?: (?:der|des|dieser|dieses)(?: \w{{3,30}}){{1,4}})?{_BRACKETS}"
    rf"\s?(?:[:|]\s{{0,3}}|ist ){_ARTICLE}$",
    re.IGNORECASE,
)
_FIELD, _TITLE = _before("principal_field"), _behind("principal_title")
_HINT_BEFORE, _HINT_BEHIND = _before("principal_before"), _behind("principal_after")
_OF_WHOM = source("creditors", "of_whom")
_BEHALF = re.compile(
    rf"(?<!\w)(?:(?:{source('creditors', 'on_behalf')}) (?:(?:{_OF_WHOM})[\s,]{{1,2}}){{1,3}}"
    rf"|(?:{source('creditors', 'on_behalf_noun')})[\s:,]{{1,3}}"
    rf"(?:(?:{_OF_WHOM})[\s,]{{1,2}}){{0,3}})$",
    re.IGNORECASE,
)
_OTHER_ROLE = _before("other_role")
_OTHER_LINE = pattern("creditors", "other_line")
_GIVES_US = re.compile(
    rf"{_MARK}{_BRACKETS},? (?:hat|haben|lässt|lassen|beauftragte|has|have)\b[^¤]{{0,60}}\b{_US}\b"
    rf"|{_MARK}{_BRACKETS}, (?:die|der|das|welche[rs]?|who|which) (?:hat |has )?{_US}\b"
    rf"|\b{_US} (?:hier |nunmehr |nun |jetzt |von )?{_ARTICLE}{_MARK}",
    re.IGNORECASE,
)
_FOR_THEM = re.compile(
    rf"\b(?:für|for) {_ARTICLE}{_MARK}[^¤]{{0,80}}\b{_WE}\b"
    rf"|\b{_WE}\b[^¤]{{0,60}}\b(?:für|for) {_ARTICLE}{_MARK}",
    re.IGNORECASE,
)
_THEIR_DEBTS = rf"\b(?:{source('creditors', 'debts_of')}) {_ARTICLE}{_MARK}"
_REPRESENTED = re.compile(
    rf"\b{_WE}\b[^¤.]{{0,80}}{_MARK}[^¤.]{{0,60}}\bvertreten?\b"
    rf"|\bvertreten? {_WE}\b[^¤.]{{0,60}}{_MARK}|\b{_WE} vertreten?\b[^¤.]{{0,60}}{_MARK}"
    rf"|{_MARK}{_BRACKETS}[^¤.]{{0,40}}\b(?:von|durch) {_US} (?:\w{{1,20}} )?vertreten"
    rf"|{_MARK}[^¤.]{{0,40}}\bvertreten? {_WE}\b"
    rf"|\b(?:bearbeite|betreue|verwalte|führe)n? {_WE}\b[^¤.]{{0,20}}{_THEIR_DEBTS}"
    rf"|\b{_WE} (?:bearbeite|betreue|verwalte|führe)n?\b[^¤.]{{0,20}}{_THEIR_DEBTS}"
    rf"|\b{_WE}\b[^¤.]{{0,80}}\b(?:interessen|rechte|ansprüche) {_ARTICLE}{_MARK}",
    re.IGNORECASE,
)
_WRITTEN_TO_THEM = re.compile(
    rf"\ban {_ARTICLE}{_MARK}[^¤]{{0,120}}\b{_US} als (?:deren|dessen|ihr\w{{0,2}}|sein\w{{0,2}})\b"
    rf"|\ban {_ARTICLE}{_MARK}[^¤]{{0,120}}\bals (?:deren|dessen) ",
    re.IGNORECASE,
)
_BY_THEM = re.compile(
    rf"\b{_WE}\b[^¤]{{0,60}}\b(?:von|durch|seitens|by) {_ARTICLE}{_MARK}"
    rf"|\b(?:von|durch|seitens) {_ARTICLE}{_MARK}[^¤]{{0,60}}\b{_WE}\b",
    re.IGNORECASE,
)
_BILL = re.compile(
    rf"(?<!\w)(?:{source('creditors', 'bill')}) (?:der|des|von) (?:Herrn |Frau )?$", re.IGNORECASE
)
_FOR_US = re.compile(rf"\bfür {_US} {_ARTICLE}{_MARK}", re.IGNORECASE)
_HANDED_ON = pattern("creditors", "handed_on")


class Tie(IntEnum):
    """How surely a firm is the one for whom the sender acts."""

    NONE = 0
    NAMED = 1
    """It is named, and nothing says that it is somebody else."""
    HINTED = 2
    """A word beside it says so, if the sender acts for others at all."""
    SAID = 3
    """A phrase says so, whoever writes."""


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """Who acts on behalf of whom, both named beside the phrase."""

    agent: FirmFound | None
    principal: FirmFound
    is_mail_only: bool


def tie(text: str, firm: FirmFound) -> Tie:
    """How surely `firm` is the sender's principal, by the words around it."""
    if firm.place is None:
        return Tie.NONE
    start, end = firm.place
    before = text[max(start - _LOOK, 0) : start]
    line = line_around(text, start)
    if has_other_role(text, start) or pattern("segments", "salutation").match(line.strip()):
        return Tie.NONE
    if (
        _FIELD.search(before)
        or _LONG_FIELD.search(before)
        or _TITLE.match(text, end)
        or _BEHALF.search(before)
    ):
        return Tie.SAID
    sentence = _marked(text, start, end)
    if _says_so(sentence) and not _FOR_US.search(sentence):
        return Tie.SAID
    if _HINT_BEFORE.search(before) or _HINT_BEHIND.match(text, end):
        return Tie.HINTED
    return Tie.NONE if _OTHER_LINE.search(line) else Tie.NAMED


def is_billed(text: str, firm: FirmFound, *, sender: str) -> bool:
    """Whether the sender, no insurer, sends the bill of a practice."""
    if firm.place is None or not pattern("creditors", "practice").search(firm.name):
        return False
    is_bill = _BILL.search(text[max(firm.place[0] - _LOOK, 0) : firm.place[0]])
    return bool(is_bill) and not pattern("creditors", "insurer").search(sender)


def delivered(text: str, firms: Sequence[FirmFound]) -> Iterator[Delivered]:
    """Firms as in "X GmbH im Auftrag der Y AG", in a sentence or in two lines of a signature."""
    for position, firm in enumerate(firms):
        if firm.place is None:
            continue
        start = firm.place[0]
        behalf = _BEHALF.search(text[max(start - _LOOK, 0) : start])
        if behalf is None:
            continue
        cue = start - len(text[max(start - _LOOK, 0) : start]) + behalf.start()
        agents = [one for one in firms[:position] if _leads_to(text, one, cue)]
        yield Delivered(
            agent=agents[-1] if agents else None,
            principal=firm,
            is_mail_only=bool(pattern("creditors", "carries_mail").search(marked(text, firm))),
        )


def has_other_role(text: str, start: int) -> bool:
    """Whether the words before `start` say: an earlier holder, an employer, a bank."""
    return bool(_OTHER_ROLE.search(text[max(start - _LOOK, 0) : start]))


def marked(text: str, firm: FirmFound) -> str:
    """The sentence around a firm, with the sign ¤ in its place."""
    return _marked(text, *firm.place) if firm.place else ""


def same_name(one: str, other: str) -> bool:
    """Whether the words of one name are all in the other."""
    first, second = set(creditor_words(one)), set(creditor_words(other))
    return bool(first and second) and (first <= second or second <= first)


def same_person(one: str, other: str) -> bool:
    """Whether both names have the same words, in any order."""
    first = set(creditor_words(one))
    return bool(first) and first == set(creditor_words(other))


def _says_so(sentence: str) -> bool:
    if _HANDED_ON.search(sentence):
        return False
    if _REPRESENTED.search(sentence) or _WRITTEN_TO_THEM.search(sentence):
        return True
    is_appointed = bool(pattern("creditors", "appointed").search(sentence))
    if is_appointed and (_GIVES_US.search(sentence) or _BY_THEM.search(sentence)):
        return True
    told = _GIVES_US.search(sentence) or _FOR_THEM.search(sentence)
    return bool(told and pattern("creditors", "agency").search(sentence))


def _marked(text: str, start: int, end: int) -> str:
    before = text[sentence_start(text, start) : start]
    return " ".join(f"{before}{_MARK}{text[end : sentence_end(text, end)]}".split())


def _leads_to(text: str, firm: FirmFound, cue: int) -> bool:
    """Whether only a few words, or the end of a line, lie between a firm and the phrase."""
    if firm.place is None or not 0 <= cue - firm.place[1] <= _LOOK:
        return False
    between = text[firm.place[1] : cue]
    return not between.strip(" \n,-–|·") or not re.search(r"\n|[.!?;] ", between)
