"""Bank accounts, told from other numbers by their check digits (ISO 13616)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LENGTHS = {
    "DE": 22,
    "AT": 20,
    "CH": 21,
    "LI": 21,
    "LU": 20,
    "NL": 18,
    "FR": 27,
    "BE": 16,
    "IE": 22,
}
_BEGINNING = re.compile(rf"(?<!\w)(?P<country>{'|'.join(_LENGTHS)})\d{{2}}")


@dataclass(frozen=True)
class Iban:
    """An account without blanks, at `text[start:end]`."""

    number: str
    start: int
    end: int


def find_ibans(text: str) -> Iterator[Iban]:
    """Accounts with right check digits, in order of place."""
    for match in _BEGINNING.finditer(text):
        rest = _LENGTHS[match["country"]] - len(match[0])
        whole = re.compile(rf"(?: ?[A-Z0-9]){{{rest}}}(?![A-Z0-9])").match(text, match.end())
        if whole is None:
            continue
        number = text[match.start() : whole.end()].replace(" ", "")
        if _is_checked(number):
            yield Iban(number, match.start(), whole.end())


def _is_checked(number: str) -> bool:
    turned = number[4:] + number[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1
