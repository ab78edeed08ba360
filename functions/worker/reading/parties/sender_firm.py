"""Names the firm or the person behind a sender's display name and address."""

from __future__ import annotations

import re
from collections.abc import Sequence

from functions.worker.reading.language.vocabulary import pattern, source, words
from functions.worker.reading.parties.firms import FirmFound, looks_like_a_firm
from functions.worker.reading.parties.names import CAPITALISED, is_first_name
from functions.worker.reading.parties.trades import address_words, is_agent, is_carrier, is_trade
from shared.domain.match_keys import creditor_words, fold_letters

_LONGEST_SIGNATURE_LINE = 96
_LEAST_LETTERS = 4
_PIECES = re.compile(r"\s*[|()\[\]]\s*|\s+[-–—·]\s+|\s+(?:via|über|c/o|bei|i\.\s?A\.)\s+|\s*,\s*")
_BEHIND_LEGAL_FORM = re.compile(rf"(?<= )(?:{source('creditors', 'legal_form')})(?![\w-])")


_ELSEWHERE = re.compile(r"\b(?:bei|auf|an|von|Konto|Bank|durch)\b")
_ATTRIBUTION = re.compile(r"\b(?:schrieb|schrieben|wrote)\b")
# The name below the text, alone on its line or behind the closing words.
_SIGNED = re.compile(
    rf"(?:(?:{source('segments', 'closing')})[ ,!]{{0,4}})?"
    rf"(?P<name>{CAPITALISED}(?: {CAPITALISED}){{1,2}})",
    re.IGNORECASE,
)
_LEAST_OF_A_NAME = 3


def _goes_on(name: str, shown: str) -> bool:
    """Whether something other than a legal form follows the whole name that is shown."""
    return name.startswith(f"{shown} ") and not _BEHIND_LEGAL_FORM.search(name)


def _is_longer(name: Sequence[str], known: Sequence[str]) -> bool:
    """The same words and more behind them, or a first name between: "Praxis Dr. Eva Kern"."""
    if tuple(name[: len(known)]) == tuple(known) or sorted(name) == sorted(known):
        return True
    ends_alike = len(known) > 1 and name[:1] == known[:1] and name[-1:] == known[-1:]
    return ends_alike and set(known) <= set(name)


def full_sender_name(sender_name: str, text: str) -> str:
    """The signed name of somebody whose display name is "O. B." or a first name."""
    words_shown = re.findall(r"[^\W\d_]+", sender_name)
    is_whole = len(words_shown) > 1 and any(len(word) >= _LEAST_OF_A_NAME for word in words_shown)
    is_mailbox = sender_name.islower() and bool(re.search(r"[\d._]", sender_name))
    if looks_like_a_firm(sender_name) or (not is_mailbox and (is_whole or not words_shown)):
        return sender_name
    is_short = is_mailbox or all(len(word) < _LEAST_OF_A_NAME for word in words_shown)
    if not is_short and not is_first_name(sender_name):
        return sender_name
    lines = (line.strip() for line in text.split("\n"))
    short = (line for line in lines if 0 < len(line) <= _LONGEST_SIGNATURE_LINE)
    signed = [match["name"] for line in short if (match := _SIGNED.fullmatch(line))]
    people = [name for name in signed if is_first_name(name)]
    return people[-1] if people else sender_name


def sender_firm(
    text: str, firms: Sequence[FirmFound], *, sender_name: str, sender_address: str
) -> FirmFound | None:
    """Who writes, in the fullest form that the mail prints; a clerk writes for his firm."""
    domain = domain_letters(sender_address)
    shown = _without_mailbox(shown_name(sender_name, domain), sender_address, domain)
    known = creditor_words(shown)
    is_complete = bool(shown) and looks_like_a_firm(shown)
    fuller = [firm for firm in firms if known and _is_longer(creditor_words(firm.name), known)]
    if is_complete:
        fuller = [one for one in fuller if not _goes_on(one.name, shown)]
    if is_complete and _BEHIND_LEGAL_FORM.search(shown):
        fuller = [one for one in fuller if is_agent(one.name) is is_agent(shown)]
    if fuller:
        best = max(fuller, key=lambda firm: (firm.confidence, -len(firm.name)))
        return FirmFound(name=best.name, confidence=0.95, place=best.place)
    is_office = any(is_agent(words) for words in (sender_name, address_words(sender_address)))
    of_domain = _of_domain(firms, domain)
    if of_domain and (not is_complete or _is_fuller_form(of_domain, shown)):
        return FirmFound(
            name=without_department(of_domain.name, domain), confidence=0.9, place=of_domain.place
        )
    if is_complete:
        return FirmFound(name=shown, confidence=0.85)
    if shown and (is_office or not _is_person(shown)):
        return FirmFound(name=shown, confidence=0.7)
    signed = [firm for firm in firms if firm.place and _ends_a_short_line(text, firm.place)]
    if signed:
        best = signed[-1]
        return FirmFound(name=without_department(best.name), confidence=0.8, place=best.place)
    return FirmFound(name=shown, confidence=0.6) if shown else None


def is_signature(text: str, firm: FirmFound) -> bool:
    """Whether a whole firm's name stands in the second half of the text."""
    is_law_firm = pattern("creditors", "law_firm").match(firm.name) and " " in firm.name
    is_whole = _BEHIND_LEGAL_FORM.search(firm.name) or is_law_firm
    is_below = firm.place is not None and firm.place[0] > len(text.rstrip()) // 2
    return bool(is_whole and is_below)


def shown_name(sender_name: str, domain: str) -> str:
    """The firm's part of a display name: "Eva Kern (Linde)", "Kern, Eva", "Linde AG Recovery"."""
    whole = " ".join(sender_name.split()).strip("\"' ")
    if "@" in whole or _is_department(whole):
        return ""
    carrier, _, author = whole.partition(" für ")
    whole = author if author and is_carrier(carrier) else whole
    pieces = [piece for piece in _PIECES.split(whole) if piece]
    writing = [piece for piece in pieces if not is_carrier(piece)]
    if 0 < len(writing) < len(pieces):
        pieces, whole = writing, " ".join(writing)
    if any(is_first_name(piece) for piece in pieces):
        pieces = [piece for piece in pieces if not is_trade(piece)]
        whole = pieces[0] if len(pieces) == 1 else whole
    if len(pieces) < 2 or _are_partners(pieces, domain):  # noqa: PLR2004
        return without_department(whole, domain)
    if not any(looks_like_a_firm(piece) or _agrees(piece, domain) for piece in pieces):
        return whole
    best = max(
        pieces,
        key=lambda piece: (
            bool(_BEHIND_LEGAL_FORM.search(piece)),
            _agrees(piece, domain),
            looks_like_a_firm(piece) and not _is_department(piece),
            -pieces.index(piece),
        ),
    )
    return without_department(best, domain)


def _are_partners(pieces: Sequence[str], domain: str) -> bool:
    """The names of one office: "Dr. Kern, Sommer & Kollegen"."""
    *before, last = pieces
    return " & " in last and all(
        _agrees(one, domain) and not looks_like_a_firm(one) for one in before
    )


def _without_mailbox(name: str, address: str, domain: str) -> str:
    """The firm is Linde if "Linde Restwert" writes from restwert@linde.example."""
    front, _, last = name.rpartition(" ")
    mailbox = fold_letters(address.partition("@")[0], umlaut_with_e=True)
    is_mailbox = fold_letters(last, umlaut_with_e=True) == mailbox
    return front if is_mailbox and _agrees(front, domain) else name


def without_department(name: str, domain: str = "") -> str:
    """Cut what stands behind a legal form, a department, or a clerk's first name at the end."""
    legal_form = _BEHIND_LEGAL_FORM.search(name)
    if legal_form:
        return name[: legal_form.end()]
    pieces = name.split(" ")
    while len(pieces) > 2 and _is_department(pieces[0]) and looks_like_a_firm(" ".join(pieces[1:])):  # noqa: PLR2004
        pieces.pop(0)
    while len(pieces) > 1 and (
        (_is_department(pieces[-1]) and not _agrees(pieces[-1], domain))
        or _is_clerk(pieces, domain)
    ):
        pieces.pop()
    while len(pieces) > 1 and pieces[-1].casefold() in words("creditors", "article"):
        pieces.pop()
    return " ".join(pieces)


def domain_letters(address: str) -> str:
    """The letters and digits of the domain, without its last part."""
    domain = address.rpartition("@")[2].casefold().rpartition(".")[0]
    return "".join(sign for sign in fold_letters(domain, umlaut_with_e=True) if sign.isalnum())


def _is_fuller_form(firm: FirmFound, shown: str) -> bool:
    """The Linde Bank AG is no fuller form of the Linde Inkasso GmbH."""
    if _BEHIND_LEGAL_FORM.search(shown) and is_agent(firm.name) is not is_agent(shown):
        return False
    has_legal_form = bool(_BEHIND_LEGAL_FORM.search(firm.name))
    return has_legal_form and creditor_words(firm.name)[:1] == creditor_words(shown)[:1]


def _is_department(word: str) -> bool:
    return bool(pattern("creditors", "department").fullmatch(word.strip(",.-")))


def _is_clerk(pieces: Sequence[str], domain: str) -> bool:
    """Ronja of Linde is who writes as "Linde Ronja" from linde.example."""
    return is_first_name(pieces[-1]) and _agrees(pieces[0], domain) > 0


def _agrees(name: str, domain: str) -> int:
    """How many letters of the name's words stand in the domain."""
    found = (word for word in creditor_words(name) if len(word) >= _LEAST_LETTERS)
    return sum(len(word) for word in found if word in domain)


def _of_domain(firms: Sequence[FirmFound], domain: str) -> FirmFound | None:
    agreeing = [firm for firm in firms if _agrees(firm.name, domain)]
    return max(
        agreeing,
        key=lambda firm: (_agrees(firm.name, domain), firm.confidence, -len(firm.name)),
        default=None,
    )


def _is_person(name: str) -> bool:
    if "&" in name:
        return False
    return any(is_first_name(word) for word in name.replace(",", " ").split())


def _ends_a_short_line(text: str, place: tuple[int, int]) -> bool:
    start = text.rfind("\n", 0, place[0]) + 1
    end = text.find("\n", place[1])
    line = text[start : end if end >= 0 else len(text)].strip()
    if len(line) >= _LONGEST_SIGNATURE_LINE:
        return False
    printed = text[place[0] : place[1]]
    at_edge = line.startswith(printed) or line.rstrip(" .").endswith(printed.rstrip("."))
    is_elsewhere = _ELSEWHERE.search(line.partition(printed)[0]) or _ATTRIBUTION.search(line)
    is_principal = pattern("creditors", "principal_field").search(line)
    return at_edge and not is_elsewhere and not is_principal
