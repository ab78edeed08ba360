"""The keys under which an inquiry is found again from the words of a reply."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from shared.domain.inquiry import Inquiry

_WITH_E = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "å": "a", "æ": "ae", "œ": "oe", "ı": "i", "ł": "l"})
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_TITLES = frozenset("herr herrn frau dr prof med dent jur ing dipl mag eheleute firma fa".split())
_PARTICLES = frozenset(
    "von van vom zu zum zur der den de del della di da dos el al bin ben".split()
)
_SHORT_PARTICLES = {"v": "von", "d": "der", "z": "zu"}
_LEGAL_FORMS = frozenset("gmbh mbh ag eg kg kgaa ohg ug gbr se co ltd dac mbb ev".split())
_SHORTEST_DROPPED_PREFIX = 7


@dataclass(frozen=True, kw_only=True)
class PersonName:
    """A person's name in words as printed, without titles; `first` is empty if unknown."""

    first: tuple[str, ...]
    last: tuple[str, ...]


def fold_letters(text: str, *, umlaut_with_e: bool) -> str:
    """`text` in small ASCII-like letters: ü becomes ue or u, ß ss, é e; other signs stay."""
    text = unicodedata.normalize("NFC", text).casefold()
    if umlaut_with_e:
        text = text.translate(_WITH_E)
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def spellings(text: str) -> frozenset[str]:
    """Both foldings of `text`. Müller, Mueller and Muller share one, Müller and Möller none."""
    return frozenset(fold_letters(text, umlaut_with_e=with_e) for with_e in (True, False))


def fold_reference(reference: str) -> str:
    """The letters and digits of a reference in capitals: ``RB-26-0101`` → ``RB260101``."""
    return "".join(c for c in fold_letters(reference, umlaut_with_e=False) if c.isalnum()).upper()


def reference_forms(reference: str) -> frozenset[str]:
    """The folded reference, and without its letters in front if at least seven signs remain."""
    whole = fold_reference(reference)
    bare = whole.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    forms = {whole, bare} if len(bare) >= _SHORTEST_DROPPED_PREFIX else {whole}
    return frozenset(form for form in forms if form)


def parse_person_name(name: str) -> PersonName:
    """Read "Müller, Jürgen", "Jürgen Müller", "Ralf Meyer zu Ahlen" or "Eva v. d. Au"."""
    before, comma, after = name.partition(",")
    if comma and _name_words(after):
        return PersonName(first=_name_words(after), last=_name_words(before))
    words = _name_words(name)
    cut = _surname_start(words)
    return PersonName(first=words[:cut], last=words[cut:])


def creditor_words(name: str) -> tuple[str, ...]:
    """The words of a creditor's name in both-ways comparable small letters, no legal form."""
    words = re.findall(r"[^\W_]+", fold_letters(name, umlaut_with_e=True))
    return tuple(word for word in words if word not in _LEGAL_FORMS)


def reference_key(folded: str) -> str:
    """The key of a folded reference."""
    return f"ref:{folded}"


def ticket_key(ticket_id: str) -> str:
    """The key of a Zendesk ticket."""
    return f"ticket:{ticket_id.strip()}"


def name_key(folded: str) -> str:
    """The key of a surname or a whole name, folded."""
    return f"name:{folded}"


def creditor_key(words: tuple[str, ...]) -> str:
    """The first two words name a creditor well enough to look it up, never to match it."""
    return f"creditor:{' '.join(words[:2])}"


def address_keys(address: str) -> frozenset[str]:
    """The key of the mailbox and the key of its domain."""
    mailbox = address.strip().casefold()
    domain = mailbox.rpartition("@")[2]
    return frozenset({f"mail:{mailbox}", f"domain:{domain}"}) if "@" in mailbox else frozenset()


def names_only_the_sender(key: str) -> bool:
    """Whether the key says who writes, and nothing of the case: all inquiries to one share it."""
    return key.startswith(("mail:", "domain:", "creditor:"))


def inquiry_keys(inquiry: Inquiry) -> frozenset[str]:
    """Every key under which a reply to `inquiry` may look for it."""
    keys = set(address_keys(inquiry.creditor_email or ""))
    for reference in inquiry.reference_numbers:
        keys.update(reference_key(form) for form in reference_forms(reference))
    if inquiry.zendesk_ticket_id:
        keys.add(ticket_key(inquiry.zendesk_ticket_id))
    keys.update(_client_keys(parse_person_name(inquiry.client_name)))
    words = creditor_words(inquiry.creditor_name)
    if words:
        keys.add(creditor_key(words))
    return frozenset(keys)


def _client_keys(name: PersonName) -> set[str]:
    if not name.last:
        return set()
    full = " ".join((*name.first, *name.last))
    return {name_key(form) for text in (name.last[-1], full) for form in spellings(text)}


def _name_words(text: str) -> tuple[str, ...]:
    found = _WORD.findall(unicodedata.normalize("NFC", text))
    words = (_SHORT_PARTICLES.get(word, word) for word in found)
    return tuple(word for word in words if word.casefold() not in _TITLES)


def _surname_start(words: tuple[str, ...]) -> int:
    for position, word in enumerate(words[:-1]):
        if position and word.casefold() in _PARTICLES:
            # "Meyer zu Ahlen" has a surname before its particle, "von der Heide" has none.
            return position - 1 if word.casefold() == "zu" and position > 1 else position
    return max(len(words) - 1, 0)
