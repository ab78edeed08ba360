"""What a sender's address says about who he is."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FREEMAIL = Path(__file__).parent / "words" / "freemail_domains.txt"


def mailbox(address: str) -> str:
    """The address in small letters, without blanks around it."""
    return address.strip().casefold()


def domain(address: str) -> str:
    """The part behind the @; empty for a text that is no address."""
    return mailbox(address).rpartition("@")[2] if "@" in address else ""


def is_freemail(address: str) -> bool:
    """Whether anybody can have an address at this domain."""
    return domain(address) in _freemail_domains()


def is_same_house(one: str, other: str) -> bool:
    """Whether two addresses belong to one organisation: a domain, or one below the other."""
    first, second = domain(one), domain(other)
    if "." not in first or "." not in second or is_freemail(one) or is_freemail(other):
        return False
    return first == second or first.endswith(f".{second}") or second.endswith(f".{first}")


@cache
def _freemail_domains() -> frozenset[str]:
    lines = _FREEMAIL.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line and not line.startswith("#"))
