"""Names a private person for whom somebody writes: an owner of a house, a lender, a doctor."""

from __future__ import annotations

import re

from functions.worker.reading.firms import FirmFound
from functions.worker.reading.names import CAPITALISED, TITLES, is_first_name, is_noun
from functions.worker.reading.principals import same_name
from functions.worker.reading.vocabulary import source

_CONFIDENCE = 0.7
_ADDRESSED = r"(?:(?:Herrn?|Frau|Hrn\.|Fr\.|Eheleuten?|Familie)\s{1,2})"
_SURNAME = rf"(?:(?:von|van|zu|der|de) ){{0,2}}{CAPITALISED}"
_NAME = rf"(?P<name>{CAPITALISED}(?: und {CAPITALISED})?(?: {_SURNAME}){{1,3}})"
_PROFESSION = r"(?:(?:anwaltlich|ständig)\s)?"
_INTRODUCED = re.compile(
    rf"(?<!\w)(?i:{source('creditors', 'private_principal')})[\s:|,]{{1,3}}{_PROFESSION}"
    rf"(?:(?:der|des|die|dem|den|ist|von)\s{{1,2}}){{0,2}}(?P<address>{_ADDRESSED})?"
    rf"(?:[A-ZÄÖÜ]\w{{2,20}}(?:meisters?|händlers?|arzt(?:es)?|ärztin|wirts?|lehrers?|inhabers?|frau|mann)\s)?"
    rf"(?P<titles>(?i:{TITLES})){_NAME}",
)
_FIELD = re.compile(
    rf"(?<!\w)(?i:{source('creditors', 'creditor_field')})\s?[:|]\s{{1,3}}"
    rf"(?P<address>{_ADDRESSED})?(?P<titles>(?i:{TITLES})){_NAME}"
)
_OWNER = re.compile(
    rf"{_ADDRESSED}(?P<titles>(?i:{TITLES})){_NAME}"
    rf"(?=,? (?i:{source('creditors', 'owner_behind')})(?![\w:]))"
)
_DONE_FOR_DEBTOR = re.compile(rf",? (?:{source('people', 'done_for_debtor')})(?!\w)", re.IGNORECASE)


def private_principal(text: str, *, debtor: str, acts: bool) -> FirmFound | None:
    """The first person introduced as holder of the claim who is not the debtor.

    If nothing else says that the sender acts for others, the person must have appointed him.
    """
    for form in (_FIELD, _OWNER, *([_INTRODUCED] if acts else [])):
        for match in form.finditer(text):
            name = match["name"]
            is_person = match["titles"] or match.groupdict().get("address") or is_first_name(name)
            is_debtor_s = _DONE_FOR_DEBTOR.match(text, match.end()) or same_name(name, debtor)
            if is_person and not is_debtor_s and not is_noun(name.split()[0]):
                place = (match.start("titles"), match.end("name"))
                return FirmFound(name=text[slice(*place)], confidence=_CONFIDENCE, place=place)
    return None
