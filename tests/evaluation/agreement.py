"""When a value that was read counts as the labelled one (tests/samples/README.md)."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from difflib import SequenceMatcher

_TITLES = frozenset("herr herrn frau dr prof med eheleute firma und".split())
_LEGAL_FORM = re.compile(r"\b(gmbh|mbh|ag|eg|kg|co|ohg|ug|se|dac|sarl|e ?v)\b|[&.,]")
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ı": "i"})
_LEAST_LIKENESS = 0.92
_LEAST_SHARED_DIGITS = 6


def folded(text: str, *, spelled_out: bool) -> str:
    """Lower case without accents; umlauts as two letters if `spelled_out`, else as the bare one."""
    text = unicodedata.normalize("NFKC", text).casefold()
    if spelled_out:
        text = text.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def same_person(found: str | None, expected: str) -> bool:
    """The same names in any order, without titles, in either spelling of umlauts."""
    return bool(found) and any(
        _names(found or "", one) == _names(expected, other)
        for one in (True, False)
        for other in (True, False)
    )


def same_firm(found: str | None, expected: str) -> bool:
    """Alike but for the legal form and a letter or two."""
    one, other = _firm(found or ""), _firm(expected)
    return bool(one) and (
        one == other or SequenceMatcher(None, one, other).ratio() >= _LEAST_LIKENESS
    )


def same_number(found: str, expected: str) -> bool:
    """By letters and digits; a dropped prefix does not matter if six of them are left."""
    one, other = sorted((letters_and_digits(found), letters_and_digits(expected)), key=len)
    return one == other or (len(one) >= _LEAST_SHARED_DIGITS and other.endswith(one))


def letters_and_digits(text: str) -> str:
    """What a reference is compared by."""
    return re.sub(r"[^A-Z0-9]", "", folded(text, spelled_out=False).upper())


def money(value: object) -> Decimal | None:
    """A labelled sum; None if there is none."""
    return None if value in {None, ""} else Decimal(str(value)).quantize(Decimal("0.01"))


def _names(text: str, spelled_out: bool) -> frozenset[str]:  # noqa: FBT001
    words = re.findall(r"[a-z]+", folded(text, spelled_out=spelled_out))
    return frozenset(word for word in words if word not in _TITLES)


def _firm(text: str) -> str:
    return " ".join(_LEGAL_FORM.sub(" ", folded(text, spelled_out=True)).split())
