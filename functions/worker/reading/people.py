"""Finds the debtor's name: never the clerk, the lawyer or the creditor."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from functions.worker.reading.names import (
    ADDRESS,
    CAPITALISED,
    TITLES,
    is_firm,
    is_first_name,
    is_noun,
    name_in_order,
    name_runs,
)
from functions.worker.reading.sentences import sentence_around
from functions.worker.reading.vocabulary import pattern, source, words
from shared.domain.match_keys import fold_letters

_LOOK_BACK = 64
_LONGEST_SIGNED_LINE = 100
_NUMBER = r"(?:[\w./-]*\d[\w ./-]{0,20}[ ,:–-]{1,3})?"
_BETWEEN = r"(?:[\s:|,(–-]{1,4})(?:in\b)?"
_ARTICLE = r"(?:(?:den|die|ihre[nmrs]?|our client|unsere[nmrs]?)\s)?"


def _before(key: str, between: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{source('people', key)}){between}{ADDRESS}?{TITLES}$", re.IGNORECASE
    )


_DEBTOR = _before("debtor", rf"{_BETWEEN}{_NUMBER}")
_ABOUT = _before("about", rf"{_BETWEEN}{_ARTICLE}")
_CASE = _before("case", _BETWEEN)
_PROFESSION = _before("profession", r"\.?[\s]{1,3}")
_CREDITOR = _before("creditor", r"[\s:|,]{1,3}(?:(?:der|die|den|des|ist)\s)?")
_REPRESENTED = _before("represented", r"[\s:|,]{1,3}(?:(?:der|die|den|des|von)\s)?")
_DONE_FOR_DEBTOR = re.compile(rf",? (?:{source('people', 'done_for_debtor')})(?!\w)", re.IGNORECASE)
_WE = re.compile(r"\b(?:wir|ich)\b", re.IGNORECASE)
_YOU = re.compile(r"\b(?:Sie|Ihre?[nmrs]?|Ihnen)\b")
_OWNER = re.compile(rf",? (?:{source('creditors', 'owner_behind')})(?!\w)", re.IGNORECASE)
# "Kern ./. Muster" and "in der Sache Kern gegen Muster" name the creditor first.
_PLAINTIFF = re.compile(
    r"(?:, (?:Gläubiger|Kläger|Antragsteller)(?:in)?,?)?\s{1,3}(?:\./\.|-/-)(?!\s*[\d-])"
)
_PLAINTIFF_IN_CASE = re.compile(r",?\s{1,3}gegen\s")
_SURNAME_FOLLOWS = re.compile(
    rf"(?<!\w)(?:{source('people', 'surname_follows')})[\s:]{{1,2}}$", re.IGNORECASE
)
_FIRST_LINE = re.compile(rf"\n\n\s*{ADDRESS}{TITLES}$", re.IGNORECASE)
_TALKED_TO = re.compile(r" (?:\w{1,20} ){0,2}(?:besprochen|telefoniert|gesprochen|abgestimmt)\b")
_CARE_OF = re.compile(r",? ?\(?(?:c/o|vertreten durch)\b")
_COMMA_LINE_END = re.compile(r"[,!.]? *\n")
_SIGNED_BY = re.compile(
    rf"(?:i\.\s?[AV]\.|gez\.|ppa\.|im auftrag)[\s:]{{0,3}}{TITLES}$", re.IGNORECASE
)
_ADDRESSED = re.compile(rf"(?<!\w){ADDRESS}{TITLES}$", re.IGNORECASE)
_COUPLE = re.compile(rf"(?<!\w)(?:{source('people', 'joint')})\s{{1,3}}$", re.IGNORECASE)
_SALUTATION = re.compile(
    rf"(?<!\w)(?:{source('people', 'salutation')})[ ,]+(?:{ADDRESS})?"
    rf"(?:(?:{source('people', 'colleague')})\s)?{TITLES}$",
    re.IGNORECASE,
)
_JOINED = re.compile(rf"{CAPITALISED} (?:und|u\.|&|oder) $")
_BEHIND_NUMBER = re.compile(r"\d[\w./-]{0,20} ?[,:/|–-]{1,2} ?$")
_BEFORE_NUMBER = re.compile(r" ?[,:/|–(-]{1,2} ?[A-Z.: -]{0,12}[\w./-]{0,12}\d{3}")
_YOURS = re.compile(r"^(?:Ihre?|Eure?|Deine?|gez\.|Es grüßt Sie|i\. ?[AV]\.)\s{1,3}", re.IGNORECASE)
_NUMBER_BEHIND = re.compile(r" [A-Z]{0,4}[ -]?\d{2}")
_FIRM_FORM = re.compile(rf" (?:{source('creditors', 'legal_form')})(?![\w-])")
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
    found = [
        *_candidates(said, quoted=False, subject_length=subject_length),
        *_candidates(quoted, quoted=True, subject_length=0),
    ]
    senders = [letters for name in sender_names if (letters := _letters(name))]
    greeted = set(_greeted(said))
    candidates = [
        one
        for one in found
        if not _is_sender(one.name, senders)
        and not (_letters(one.name) and set(_letters(one.name)) <= greeted)
    ]
    if not candidates:
        fallbacks = (*_called_by_first_name(said), *_alone_in_subject(said[:subject_length]))
        own = {word for sender in senders for word in sender}
        unlike_sender = (one for one in fallbacks if not set(_letters(one.name)) & (own | greeted))
        return next(unlike_sender, None)
    best = max(candidates, key=lambda one: (one.confidence, -one.start))
    rivals = [one for one in candidates if one.confidence >= best.confidence - 0.02]
    if all(_letters(one.name) == _letters(best.name) for one in rivals):
        return best
    return PersonFound(name=best.name, confidence=0.5, start=best.start, end=best.end)


def _greeted(said: str) -> Iterator[str]:
    """The words of the names in salutations."""
    for start, end in name_runs(said):
        before = said[max(start - _LOOK_BACK, 0) : start]
        if _is_greeted(said, end, before):
            yield from _letters(said[start:end])


def _is_greeted(text: str, end: int, before: str) -> bool:
    """Behind "Sehr geehrte Frau", or alone in the first line; not "Moin, Eva Kern 4711: offen"."""
    if _SALUTATION.search(before):
        return not _NUMBER_BEHIND.match(text, end) and not _CARE_OF.match(text, end)
    return bool(_FIRST_LINE.search(before) and _COMMA_LINE_END.match(text, end))


def _candidates(text: str, *, quoted: bool, subject_length: int) -> Iterator[PersonFound]:
    for start, end in name_runs(text):
        confidence = _confidence(text, start, end, quoted=quoted, in_subject=end <= subject_length)
        if confidence:
            addressed = bool(_ADDRESSED.search(text[max(start - _LOOK_BACK, 0) : start]))
            name = name_in_order(text[start:end], addressed=addressed)
            yield PersonFound(name=name, confidence=confidence, start=start, end=end)


def _confidence(text: str, start: int, end: int, *, quoted: bool, in_subject: bool) -> float:
    before = text[max(start - _LOOK_BACK, 0) : start]
    name = text[start:end]
    if _is_another(text, start, end, before, quoted=quoted):
        return 0.0
    is_full = _is_full(name)
    known = any(is_first_name(part.strip()) for part in (name, *name.split(",")[1:]))
    known = known or (is_full and is_first_name(name_in_order(name, addressed=False)))
    confidence = _by_cue(before, name, known=known)
    if not confidence and is_full and not quoted:
        confidence = _without_cue(text, start, end, known=known, in_subject=in_subject)
    if _JOINED.search(before):
        confidence = min(confidence, 0.5)
    return max(confidence - (0.1 if quoted else 0.0), 0.0)


def _is_another(text: str, start: int, end: int, before: str, *, quoted: bool) -> bool:
    """Whether the words around say: the lawyer, the clerk, or who holds the claim.

    "Our client" is the creditor in his lawyer's mail, the debtor in the firm's quoted letter.
    """
    if _is_greeted(text, end, before) or any(
        one.search(before) for one in (_PROFESSION, _SIGNED_BY)
    ):
        return True
    if _is_plaintiff(text, end, before) or _TALKED_TO.match(text, end):
        return True
    if not quoted and (
        _OWNER.match(text, end)
        or _CREDITOR.search(before)
        or _is_represented(text, start, end, before)
    ):
        return True
    return _is_signed(text, start, end, before)


def _is_represented(text: str, start: int, end: int, before: str) -> bool:
    if not _REPRESENTED.search(before) or _DONE_FOR_DEBTOR.match(text, end):
        return False
    sentence = sentence_around(text, start, end)
    return bool(_WE.search(sentence)) and not _YOU.search(sentence)


def _is_plaintiff(text: str, end: int, before: str) -> bool:
    """The first party of a case; but in "Kern ./. Muster AG" of a debtor's file the firm claims."""
    against = _PLAINTIFF.match(text, end) or (
        _PLAINTIFF_IN_CASE.match(text, end) if _CASE.search(before) else None
    )
    if against is None:
        return False
    rest = text[against.end() : against.end() + _LOOK_BACK].partition("\n")[0]
    return not is_firm(rest) and not _FIRM_FORM.search(rest)


def _is_full(name: str) -> bool:
    """Whether it is more than a surname, or a surname and an initial."""
    several = "," in name or sum(not word.islower() for word in name.split()) > 1
    return several and not name.endswith(".")


def _by_cue(before: str, name: str, *, known: bool) -> float:
    has_initial, is_full = name.endswith("."), _is_full(name)
    addressed = bool(_ADDRESSED.search(before))
    if _DEBTOR.search(before):
        if is_full:
            return 0.95 if known else 0.88
        is_field = before.rstrip(" ").endswith(":") or _SURNAME_FOLLOWS.search(before)
        return 0.75 if addressed else 0.6 if is_field else 0.0
    if is_full and (known or addressed) and (_ABOUT.search(before) or _CASE.search(before)):
        return 0.92 if known else 0.85
    if is_full and _CASE.search(before):
        return 0.7
    if (
        not is_full
        and _SURNAME_FOLLOWS.search(before)
        and not pattern("people", "noun_ending").fullmatch(name)
    ):
        return 0.58
    if has_initial and (_ABOUT.search(before) or _CASE.search(before)):
        return 0.6
    if addressed:
        of_a_couple = _COUPLE.search(before) and not is_full
        return 0.45 if of_a_couple else 0.88 if is_full else 0.62
    return 0.0


def _without_cue(text: str, start: int, end: int, *, known: bool, in_subject: bool) -> float:
    before = text[max(start - _LOOK_BACK, 0) : start]
    if known:
        return 0.8 if in_subject or before.endswith("(") else 0.72
    is_short = len(text[start:end].split()) <= 3  # noqa: PLR2004
    beside = _BEHIND_NUMBER.search(before) or _BEFORE_NUMBER.match(text, end)
    return 0.55 if is_short and beside else 0.0


def _is_signed(text: str, start: int, end: int, before: str) -> bool:
    """A name alone on its line below the text, or before a firm; and no word introduces it."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line = text[line_start : line_end if line_end >= 0 else len(text)].strip()
    line = _YOURS.sub("", line)
    if line_start == 0 or not line.startswith(text[start:end]):
        return False
    rest = line[end - start :].lstrip(" ,|·–-")
    is_firm_s = len(line) <= _LONGEST_SIGNED_LINE and not re.search(r"\d", rest) and is_firm(rest)
    return (not rest or is_firm_s) and not _by_cue(before, text[start:end], known=True)


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
