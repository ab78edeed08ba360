"""Names the one who holds the claim, and the one who acts for him."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from functions.worker.reading.people import is_first_name
from functions.worker.reading.vocabulary import pattern, source, words
from shared.domain.match_keys import creditor_words

_MAX_FIRMS = 400
_LEAST = 3
_LOOK = 48
_WORD = r"[A-ZÀ-ÖØ-Þ0-9][\w'’.-]{0,30}"
_LINK = r"(?:&|\+|und|für|der|des|von|zu|am|im|an)"
_LEGAL = source("creditors", "legal_form")
# A firm with its legal form, or a run of capitalised words with a firm's or authority's word.
_FIRM = re.compile(
    rf"(?<![\w@])(?P<name>{_WORD}(?:[ ](?:{_LINK}[ ])?{_WORD}){{0,6}}?(?:[ ](?:{_LEGAL}))(?![\w-])"
    rf"|{_WORD}(?:[ ](?:{_LINK}[ ])?{_WORD}){{0,4}})"
)
_HAS_LEGAL_FORM = re.compile(rf" (?:{_LEGAL})$")
_ARTICLE = rf"(?:(?:{source('creditors', 'article')})\s{{0,2}}){{0,3}}"


def _before(key: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{source('creditors', key)})[\s:|,]{{0,4}}{_ARTICLE}$", re.IGNORECASE
    )


def _behind(key: str) -> re.Pattern[str]:
    return re.compile(rf"[ ,\n]{{1,2}}(?:{source('creditors', key)})(?!\w)", re.IGNORECASE)


_PRINCIPAL_BEFORE, _PRINCIPAL_BEHIND = _before("principal_before"), _behind("principal_after")
_ON_BEHALF, _HOLDER_BEFORE = _before("on_behalf"), _before("holder_before")
_HOLDER_BEHIND = _behind("holder_after")


@dataclass(frozen=True, kw_only=True)
class FirmFound:
    """A name as printed; the place is None if it is the sender's display name."""

    name: str
    confidence: float
    place: tuple[int, int] | None = None


@dataclass(frozen=True, kw_only=True)
class Parties:
    """Who holds the claim, and who acts for him if it is another one."""

    creditor: FirmFound | None
    representative: FirmFound | None


def find_parties(written: str, *, sender_name: str, sender_address: str = "") -> Parties:
    """Read both from the sender's name and address and his own words, signature included."""
    firms = list(_firms(written))
    sender = _sender(written, firms, sender_name)
    own = set(creditor_words(sender.name)) if sender else set()
    others = [firm for firm in firms if not _is_same(own, firm.name)]
    holder = _first(written, others, _HOLDER_BEFORE, _HOLDER_BEHIND, both=True)
    if holder:
        return Parties(creditor=holder, representative=None)
    domain = re.sub(r"[^a-zäöü]+", " ", sender_address.rpartition("@")[2].casefold())
    if sender and pattern("creditors", "representative").search(f"{sender.name} {domain}"):
        principal = _first(written, others, _PRINCIPAL_BEFORE, _PRINCIPAL_BEHIND, both=False)
        if principal:
            return Parties(creditor=principal, representative=sender)
        return Parties(creditor=sender, representative=None)
    delivered_for = _first(written, others, _ON_BEHALF, None, both=False)
    return Parties(creditor=delivered_for or sender, representative=None)


def _firms(text: str) -> Iterator[FirmFound]:
    for count, match in enumerate(_FIRM.finditer(text)):
        if count >= _MAX_FIRMS:
            return
        start = _name_start(match["name"]) + match.start()
        name = text[start : match.end()]
        legal = bool(_HAS_LEGAL_FORM.search(name))
        name = name if legal else name.rstrip(" .,-")
        if name and _is_firm(name):
            yield FirmFound(
                name=name, confidence=0.9 if legal else 0.75, place=(start, start + len(name))
            )


def _name_start(name: str) -> int:
    """Skip what stands in front: "Die Muster AG", "812/25 L Muster AG" are the Muster AG."""
    start, after_number = 0, False
    for match in re.finditer(r"[^ ]+", name):
        word = match[0].strip(".")
        after_number = word[:1].isdigit() or (
            after_number and word.isupper() and len(word) < _LEAST
        )
        if word.casefold() not in words("creditors", "never_in_name") and not after_number:
            break
        start = match.end() + 1
    return min(start, len(name))


def _is_firm(name: str) -> bool:
    if _HAS_LEGAL_FORM.search(name):
        return True
    return bool(pattern("creditors", "organisation").search(name)) and len(name.split()) > 1


def _sender(text: str, firms: list[FirmFound], sender_name: str) -> FirmFound | None:
    """The sender's display name, in the fuller form that the mail prints, if it does."""
    shown = _without_department(sender_name)
    known = creditor_words(shown)
    fuller = [firm for firm in firms if known and creditor_words(firm.name)[: len(known)] == known]
    if fuller:
        best = max(fuller, key=lambda firm: (firm.confidence, -len(firm.name)))
        return FirmFound(name=best.name, confidence=0.95, place=best.place)
    if shown and _looks_like_a_firm(shown):
        return FirmFound(name=shown, confidence=0.85)
    if shown and not any(is_first_name(word) for word in shown.replace(",", " ").split()):
        return FirmFound(name=shown, confidence=0.7)
    signed = [firm for firm in firms if firm.place and _is_alone_on_line(text, firm.place)]
    if signed:
        best = max(signed, key=lambda firm: firm.confidence)
        return FirmFound(name=_without_department(best.name), confidence=0.8, place=best.place)
    return FirmFound(name=shown, confidence=0.6) if shown else None


def _without_department(name: str) -> str:
    name = " ".join(name.split()).strip("\"' ")
    head, found, tail = name.rpartition(" - ")
    if found and pattern("creditors", "department").search(tail):
        name = head
    head, found, tail = name.partition(",")
    is_department = found and pattern("creditors", "department").search(tail)
    name = head if is_department else name
    pieces = name.split(" ")
    if len(pieces) > 1 and pieces[-1].casefold() == "recovery":
        pieces.pop()
    return " ".join(pieces)


def _looks_like_a_firm(name: str) -> bool:
    return bool(_HAS_LEGAL_FORM.search(name) or pattern("creditors", "organisation").search(name))


def _is_same(own: set[str], name: str) -> bool:
    found = set(creditor_words(name))
    return bool(own) and (found <= own or own <= found)


def _is_alone_on_line(text: str, place: tuple[int, int]) -> bool:
    start = text.rfind("\n", 0, place[0]) + 1
    end = text.find("\n", place[1])
    line = text[start : end if end >= 0 else len(text)].strip()
    return line.startswith(text[place[0] : place[1]]) and len(line) < 2 * _LOOK


def _first(
    text: str,
    firms: list[FirmFound],
    before: re.Pattern[str],
    behind: re.Pattern[str] | None,
    *,
    both: bool,
) -> FirmFound | None:
    """The first firm with a telling word before or behind it; an assignee needs both."""
    for firm in firms:
        if firm.place is None:
            continue
        start, end = firm.place
        is_after = bool(before.search(text[max(start - _LOOK, 0) : start]))
        is_before = bool(behind and behind.match(text, end))
        is_told = is_before if both else is_after or is_before
        if is_told:
            fuller = _fullest(firm, firms)
            return FirmFound(name=fuller.name, confidence=0.85, place=fuller.place)
    return None


def _fullest(firm: FirmFound, firms: list[FirmFound]) -> FirmFound:
    known = creditor_words(firm.name)
    forms = [one for one in firms if creditor_words(one.name)[: len(known)] == known]
    return max(forms, key=lambda one: one.confidence, default=firm)
