"""Words beside a name that say: this is the lawyer, the clerk, or who holds the claim."""

from __future__ import annotations

import re

from functions.worker.reading.language.sentences import sentence_around
from functions.worker.reading.language.vocabulary import source
from functions.worker.reading.parties.debtor_cues import CASE, LOOK_BACK, before_name, by_cue
from functions.worker.reading.parties.names import ADDRESS, TITLES, is_firm

_LONGEST_SIGNED_LINE = 100
_PROFESSION = before_name("profession", r"\.?[\s]{1,3}")
_CREDITOR = before_name("creditor", r"[\s:|,]{1,3}(?:(?:der|die|den|des|ist)\s)?")
_REPRESENTED = before_name("represented", r"[\s:|,]{1,3}(?:(?:der|die|den|des|von)\s)?")
_DONE_FOR_DEBTOR = re.compile(rf",? (?:{source('people', 'done_for_debtor')})(?!\w)", re.IGNORECASE)
_GAVE_US = re.compile(rf"\b(?:uns|mich)\s{ADDRESS}?{TITLES}$", re.IGNORECASE)
_APPOINTED = re.compile(rf"[^.\n]{{0,80}}\b(?:{source('creditors', 'appointed')})\b", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:ich|mir|mich|wir|uns),\s$", re.IGNORECASE)
# "Unser Herr Kern hat geprüft", "mein Kollege Max Kern": who works there.
_COLLEAGUE = re.compile(
    rf"\b(?:unser(?:e[mnrs]?)?\s{ADDRESS}|(?:unser|mein|ihr|euer|dein)(?:e[mnrs]?)?\s"
    rf"(?:{source('people', 'works_there')})\s{ADDRESS}?){TITLES}$",
    re.IGNORECASE,
)
_WE = re.compile(r"\b(?:wir|ich)\b", re.IGNORECASE)
_YOU = re.compile(r"\b(?:Sie|Ihre?[nmrs]?|Ihnen)\b")
_OWNER = re.compile(rf",? (?:{source('creditors', 'owner_behind')})(?![\w:])", re.IGNORECASE)
# "Kern ./. Muster" and "in der Sache Kern gegen Muster" name the creditor first.
_PLAINTIFF = re.compile(
    r"(?:, (?:Gläubiger|Kläger|Antragsteller)(?:in)?,?)?\s{1,3}(?:\./\.|-/-)(?!\s*[\d-])"
)
_PLAINTIFF_IN_CASE = re.compile(r",?\s{1,3}gegen\s")
_FIRST_LINE = re.compile(rf"\n\n\s*{ADDRESS}{TITLES}$", re.IGNORECASE)
_TALKED_TO = re.compile(r" (?:\w{1,20} ){0,2}(?:besprochen|telefoniert|gesprochen|abgestimmt)\b")
_CARE_OF = re.compile(r",? ?\(?(?:c/o|vertreten durch)\b")
_COMMA_LINE_END = re.compile(r"[,!.]? *\n")
_SIGNED_BY = re.compile(
    rf"(?:i\.\s?[AV]\.|gez\.|ppa\.|im auftrag)[\s:]{{0,3}}{TITLES}$", re.IGNORECASE
)
_SALUTATION = re.compile(
    rf"(?<!\w)(?:{source('people', 'salutation')})[ ,]+(?:{ADDRESS})?"
    rf"(?:(?:{source('people', 'colleague')})\s)?{TITLES}$",
    re.IGNORECASE,
)
_YOURS = re.compile(r"^(?:Ihre?|Eure?|Deine?|gez\.|Es grüßt Sie|i\. ?[AV]\.)\s{1,3}", re.IGNORECASE)
_SENTENCE_GOES_ON = re.compile(r" [a-zäöü]{2}")
# "Kern, Eva" above "Kundenkonto 4711": who signs below a mail puts the first name first.
_NUMBER_BELOW = re.compile(r" *\n(?! *(?:Tel|Fax|Fon|Durchwahl|Mobil))[^\n\d@]{0,40}\d")
_NUMBER_BEHIND = re.compile(r" [A-Z]{0,4}[ -]?\d{2}")
_FIRM_FORM = re.compile(rf" (?:{source('creditors', 'legal_form')})(?![\w-])")


def is_another(text: str, start: int, end: int, before: str, *, quoted: bool) -> bool:
    """Whether the words around say: the lawyer, the clerk, or who holds the claim.

    "Our client" is the creditor in his lawyer's mail, the debtor in the firm's quoted letter.
    """
    if is_greeted(text, end, before) or any(
        one.search(before) for one in (_PROFESSION, _SIGNED_BY, _FIRST_PERSON, _COLLEAGUE)
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


def is_greeted(text: str, end: int, before: str) -> bool:
    """Behind "Sehr geehrte Frau", or alone in the first line; not "Moin, Eva Kern 4711: offen"."""
    greeting = _SALUTATION.search(before)
    if greeting and "," in greeting[0] and _SENTENCE_GOES_ON.match(text, end):
        return False
    if greeting:
        return not _NUMBER_BEHIND.match(text, end) and not _CARE_OF.match(text, end)
    return bool(_FIRST_LINE.search(before) and _COMMA_LINE_END.match(text, end))


def _is_represented(text: str, start: int, end: int, before: str) -> bool:
    if _GAVE_US.search(before) and _APPOINTED.match(text, end):
        return True
    if not _REPRESENTED.search(before) or _DONE_FOR_DEBTOR.match(text, end):
        return False
    sentence = sentence_around(text, start, end)
    return bool(_WE.search(sentence)) and not _YOU.search(sentence)


def _is_plaintiff(text: str, end: int, before: str) -> bool:
    """The first party of a case; but in "Kern ./. Muster AG" of a debtor's file the firm claims."""
    against = _PLAINTIFF.match(text, end) or (
        _PLAINTIFF_IN_CASE.match(text, end) if CASE.search(before) else None
    )
    if against is None:
        return False
    rest = text[against.end() : against.end() + LOOK_BACK].partition("\n")[0]
    return not is_firm(rest) and not _FIRM_FORM.search(rest)


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
    is_field = "," in text[start:end] and bool(_NUMBER_BELOW.match(text, end))
    is_alone = not rest and not is_field
    return (is_alone or is_firm_s) and not by_cue(before, text[start:end], known=True)
