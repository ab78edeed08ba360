"""Names a private person for whom somebody writes: an owner of a house, a lender, a doctor."""

from __future__ import annotations

import re

from functions.worker.reading.firms import FirmFound
from functions.worker.reading.names import CAPITALISED, TITLES, is_first_name, is_noun
from functions.worker.reading.principals import same_name
from functions.worker.reading.vocabulary import source

_CONFIDENCE = 0.7
_ADDRESSED = r"(?:(?:Herrn?|Frau|Hrn\.|Fr\.|Eheleuten?|Familie)\s{1,2})"
_NAME = rf"(?P<name>{CAPITALISED}(?: (?:(?:von|van|zu|der|de) ){{0,2}}{CAPITALISED}){{1,3}})"
_INTRODUCED = re.compile(
    rf"(?<!\w)(?i:{source('creditors', 'private_principal')})[\s:|,]{{1,3}}"
    rf"(?:(?:der|des|die|dem|den|ist|von)\s{{1,2}}){{0,2}}(?P<address>{_ADDRESSED})?"
    rf"(?P<titles>(?i:{TITLES})){_NAME}",
)
_OWNER = re.compile(
    rf"{_ADDRESSED}(?P<titles>(?i:{TITLES})){_NAME}"
    rf"(?=,? (?i:{source('creditors', 'owner_behind')})(?!\w))"
)


def private_principal(text: str, *, debtor: str) -> FirmFound | None:
    """The first person introduced as holder of the claim who is not the debtor."""
    for form in (_INTRODUCED, _OWNER):
        for match in form.finditer(text):
            name = match["name"]
            is_person = match["titles"] or match.groupdict().get("address") or is_first_name(name)
            if form is _OWNER or (is_person and not is_noun(name.split()[0])):
                start = match.start("titles")
                whole = text[start : match.end("name")]
                if not same_name(name, debtor):
                    return FirmFound(name=whole, confidence=_CONFIDENCE, place=(start, match.end("name")))
    return None
