"""Bank accounts, told from other numbers by their check digits (ISO 13616)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LENGTHS = {"DE": 22, "AT": 20, "CH": 21, "LI": 21, "LU": 20, "NL": 18, "FR": 27, "BE": 16, "IE": 22}
_CANDIDATE = re.compile(r"(?<![\w])[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]){11,30}", re.IGNORECASE)


@dataclass(frozen=True)
class Iban:
    """An account without blanks, at `text[start:end]`."""

    number: str
    start: int
    end: int


def find_ibans(text: str) -> Iterator[Iban]:
    """Accounts with right check digits, in order of place."""
    for match in _CANDIDATE.finditer(text):
        length = _LENGTHS.get(match[0][:2].upper())
        end = _end_of(match, length) if length else None
        number = re.sub(r"\s", "", text[match.start() : end]).upper() if end else ""
        if end and len(number) == length and _is_checked(number):
            yield Iban(number, match.start(), end)


def _end_of(match: re.Match[str], length: int) -> int | None:
    signs = [position for position, sign in enumerate(match[0]) if sign != " "]
    return match.start() + signs[length - 1] + 1 if len(signs) >= length else None


def _is_checked(number: str) -> bool:
    turned = number[4:] + number[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1
