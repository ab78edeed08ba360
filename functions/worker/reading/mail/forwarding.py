"""Recognises a creditor's mail that a colleague of the firm passed on, and who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from functions.worker.reading.language.vocabulary import pattern, source
from shared.domain.reply import Reply

_LONGEST_NOTE = 400
_HEADER_LINES = 8
_MONEY = re.compile(r"\d\s?(?:EUR|€|Euro)|(?:EUR|€)\s?\d", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_FROM = re.compile(rf"[*\s]*(?:{source('segments', 'header_sender')})[*\s]*:", re.IGNORECASE)
_TO = re.compile(r"[*\s]*(?:An|To)[*\s]*:", re.IGNORECASE)
_SALUTATION = re.compile(r"(?:Herrn?|Frau|Kolleg\w{1,3})\s{1,3}(?:Dr\.?\s)?(?P<name>[\w-]{2,40})")


@dataclass(frozen=True)
class Author:
    """Who wrote the mail that was passed on."""

    name: str
    address: str


def is_inside_the_firm(reply: Reply) -> bool:
    """Whether sender and every recipient have the same domain."""
    domain = _domain(reply.from_email)
    recipients = [_domain(address) for address in reply.to_addresses]
    return bool(domain) and bool(recipients) and all(one == domain for one in recipients)


def passed_on_by_a_colleague(reply: Reply, body: str) -> Author | None:
    """The author of the mail below the colleague's note; None if nothing was passed on.

    Without recipients at hand, a colleague is who got the mail in his own house, adds no sum of
    his own, and either asks for filing or is the one whom the mail greets by name.
    """
    lines = body.split("\n")
    for position in _ends_of_a_note(lines):
        header = lines[position : position + _HEADER_LINES]
        sender = next((one for one in header if _FROM.match(one)), None)
        to = next((one for one in header if _TO.match(one)), None)
        if sender and to:
            return _author(reply, lines, position, sender, to)
    return None


def _ends_of_a_note(lines: list[str]) -> Iterator[int]:
    """Where a mail may begin below a note, which is short."""
    above = -1
    for position, line in enumerate(lines):
        if above > _LONGEST_NOTE:
            return
        if _FROM.match(line) or _is_marker(line):
            yield position
        above += len(line) + 1


def _author(reply: Reply, lines: list[str], position: int, sender: str, to: str) -> Author | None:
    note, rest = "\n".join(lines[:position]), "\n".join(lines[position : position + 30])
    address = _ADDRESS.search(sender)
    house = _domain(reply.from_email)
    if address is None or _domain(address[0]) == house:
        return None
    got_here = any(_domain(one) == house for one in _ADDRESS.findall(to))
    is_colleague = is_inside_the_firm(reply) or (
        got_here and (pattern("intents", "internal").search(note) or _greets(rest, reply))
    )
    if not is_colleague or _MONEY.search(note):
        return None
    name = sender.partition(":")[2].replace("*", "").split("<")[0].split("[")[0]
    name = name.replace(address[0], "").strip(" \"'()")
    return Author(name or address[0], address[0])


def _greets(text: str, reply: Reply) -> bool:
    names = {word.casefold() for word in re.findall(r"[\w-]{2,40}", reply.from_name or "")}
    return any(match["name"].casefold() in names for match in _SALUTATION.finditer(text))


def _is_marker(line: str) -> bool:
    keys = ("forwarded_message", "original_message")
    return any(pattern("segments", key).search(line[:120]) for key in keys)


def _domain(address: str) -> str:
    return address.rpartition("@")[2].strip(" >").casefold()
