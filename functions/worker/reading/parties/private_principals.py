"""Names a private person for whom somebody writes: an owner of a house, a lender, a doctor."""

from __future__ import annotations

import re

from functions.worker.reading.language.vocabulary import pattern, source
from functions.worker.reading.parties.firms import FirmFound
from functions.worker.reading.parties.names import CAPITALISED, TITLES, is_first_name, is_noun
from functions.worker.reading.parties.principals import has_other_role, same_name

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
# "Ihren Plan habe ich der Eigentümerin, Frau Kern, vorgelegt": she is no debtor.
_LANDLORD = re.compile(r"\w{0,12}(?:eigentümer|vermieter)", re.IGNORECASE)
_HAS_US = re.compile(r"(?:(?:hat|haben) )?(?:mich|uns)\b", re.IGNORECASE)
_NEAR = 100
_DONE_FOR_DEBTOR = re.compile(rf",? (?:{source('people', 'done_for_debtor')})(?!\w)", re.IGNORECASE)


def private_principal(text: str, *, debtor: str, acts: bool) -> FirmFound | None:
    """The first person introduced as holder of the claim who is not the debtor.

    If nothing else says that the sender acts for others, the person must have appointed him.
    """
    for form in (_FIELD, _OWNER, _INTRODUCED):
        for match in form.finditer(text):
            place = (match.start("titles"), match.end("name"))
            is_told = form is not _INTRODUCED or _is_told(text, match, acts=acts)
            if is_told and _holds_the_claim(text, match, debtor=debtor, in_field=form is _FIELD):
                return FirmFound(name=text[slice(*place)], confidence=_CONFIDENCE, place=place)
    return None


def _holds_the_claim(text: str, match: re.Match[str], *, debtor: str, in_field: bool) -> bool:
    name, start = match["name"], match.start("titles")
    is_owner = _LANDLORD.match(match[0])
    if same_name(name, debtor) or (not is_owner and _DONE_FOR_DEBTOR.match(text, match.end())):
        return False
    if has_other_role(text, start):
        return False
    if in_field:
        return not all(is_noun(word) for word in name.split())
    is_person = match["titles"] or match.groupdict().get("address") or is_first_name(name)
    return bool(is_person) and not is_noun(name.split()[0])


def _is_told(text: str, match: re.Match[str], *, acts: bool) -> bool:
    """Who "hat uns" must also have appointed us, and so must anybody if we live on other things."""
    if acts and not _HAS_US.match(match[0]):
        return True
    return bool(pattern("creditors", "appointed").search(text, match.end(), match.end() + _NEAR))
