"""Finds a letter of the debtor's counsel that stands in the answer to it without a mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from functions.worker.reading.language.vocabulary import pattern

_CLIENT = ("person", "procedure")
_TO_THE_CREDITOR = ("offer", "request", "their_claim", "records")
_UNMISTAKABLE = {"request", "their_claim"}
_HEAD_LINES = 20
_LONGEST_HEAD_LINE = 80
_SENTENCE_ENDS = (".", "!", "?")
_LONGEST_CLOSING = 60


def lines_of_our_letter(lines: Sequence[str]) -> frozenset[int]:
    """The numbers of the lines, from the letter's head to its end.

    A creditor's counsel has a mandate and may make an offer too, so that it takes
    two things that are said to a creditor beside it; one must be of his claim, unless the client
    is a person or the procedure is named. The letter ends where the next one
    begins or a creditor speaks.
    """
    found: set[int] = set()
    for start, end in _letters(lines):
        text = "\n".join(lines[start:end])
        if _is_ours(text):
            found.update(range(_head(lines, start, found), end))
    return frozenset(found)


def _is_ours(text: str) -> bool:
    said = {one for one in _TO_THE_CREDITOR if pattern("our_letter", one).search(text)}
    has_debts = any(pattern("our_letter", one).search(text) for one in _CLIENT)
    is_counsel = has_debts or pattern("our_letter", "mandate").search(text)
    return bool(is_counsel and len(said) > 1 and (has_debts or said & _UNMISTAKABLE))


def _letters(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Stretches from a salutation or a paragraph with a sign of a mandate to the letter's end."""
    start: int | None = None
    last = 0
    for first, end in _paragraphs(lines):
        if start is not None and any(line.startswith(">") for line in lines[last:first]):
            yield start, last
            start = None
        last = end
        text = "\n".join(lines[first:end])
        if _speaks_for_the_creditor(text):
            if start is not None:
                yield start, first
            start = None
        elif _is_salutation(lines[first]):
            if start is not None:
                yield start, first
            start = first
        elif start is None and any(pattern("our_letter", key).search(text) for key in _BEGINNINGS):
            start = first
    if start is not None:
        yield start, last


_BEGINNINGS = ("mandate", "person", "procedure")


def _paragraphs(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Lines between empty or marked ones; a salutation begins another paragraph."""
    start: int | None = None
    for number, line in enumerate(lines):
        stripped = line.strip()
        is_border = not stripped or stripped.startswith(">")
        if start is not None and (is_border or _is_salutation(line)):
            yield start, number
            start = None
        if start is None and not is_border:
            start = number
    if start is not None:
        yield start, len(lines)


def _speaks_for_the_creditor(text: str) -> bool:
    return bool(pattern("our_letter", "creditor_s_voice").search(text))


def _is_salutation(line: str) -> bool:
    line = line.strip()
    return len(line) <= _LONGEST_CLOSING and bool(pattern("segments", "salutation").match(line))


def _head(lines: Sequence[str], start: int, taken: set[int]) -> int:
    """Where the letter's head begins: at the name of an office, or with the address line."""
    top = start
    for number in range(start - 1, max(start - _HEAD_LINES, -1), -1):
        line = lines[number].strip()
        is_text = line.endswith(_SENTENCE_ENDS) or len(line) > _LONGEST_HEAD_LINE
        if number in taken or is_text or line.startswith(">") or _is_closing(line):
            break
        if pattern("our_letter", "office").search(line) or line.startswith("An "):
            top = number
    return top


def _is_closing(line: str) -> bool:
    return len(line) <= _LONGEST_CLOSING and bool(pattern("segments", "closing").match(line))
