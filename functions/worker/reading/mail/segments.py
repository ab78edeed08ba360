"""Says of every line of a mail what it is: own text, quote, signature, footer. Deletes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from functions.worker.reading.language.vocabulary import pattern, source
from functions.worker.reading.mail.our_letter import lines_of_our_letter

_ATTRIBUTION_LINES = 3
_LONGEST_MARKER = 120
_LONGEST_CLOSING = 60
_BETWEEN_RULES = re.compile(r"[-_=*]{2,}[^-_=*]{3,60}[-_=*]{2,}")
_ROW_OF_SUMS = re.compile(r"\d,\d\d\W{0,6}(?:EUR|€)?\W{0,6}\d[\d.]{0,10},\d\d(?:\s?(?:EUR|€))?$")
_RULE = re.compile(r"[-_=*~]{5,}")
_TO_US = re.compile(r"\b(?:[Ww]ir|[Uu]ns|[Uu]nser\w{0,2}|Ihre?[nmrs]?|Herrn?|Frau|[Ii]ch|Sie)\b")
_HEADER_BLOCK_LINES = 5
_FEWEST_WORDS, _SHARE_OF_SMALL_WORDS = 8, 0.4


class Label(StrEnum):
    """What a line is."""

    SUBJECT = "subject"
    OWN = "own"
    QUOTED = "quoted"
    """An older mail, or lines of it between the answers."""
    FORWARDED = "forwarded"
    """A mail that a colleague passed on inside the firm: its content counts."""
    SIGNATURE = "signature"
    FOOTER = "footer"
    """Who the sender is by law: register, board, capital, opening hours."""
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Line:
    """`text[start:end]` is the line without its line end."""

    start: int
    end: int
    label: Label


def label_lines(body: str, *, offset: int, forwarded_inside_the_firm: bool) -> Iterator[Line]:
    """Label the lines of a body that begins at `offset` of the whole text."""
    lines = body.split("\n")
    labels = _labels_above_older_mail(lines)
    rest = Label.FORWARDED if forwarded_inside_the_firm else Label.QUOTED
    labels += [rest] * (len(lines) - len(labels))
    start = offset
    for line, label in zip(lines, labels, strict=True):
        yield Line(start, start + len(line), label)
        start += len(line) + 1


def _labels_above_older_mail(lines: Sequence[str]) -> list[Label]:
    """The labels of the lines in front of an older mail that nothing marks line by line."""
    labels: list[Label] = []
    current = Label.OWN
    first_head = _first_head(lines)
    ours = lines_of_our_letter(lines[:first_head])
    while len(labels) < len(lines):
        position = len(labels)
        stripped = lines[position].strip()
        may_be_head = position >= first_head
        introduced = _attribution_length(lines, position) if may_be_head else 0
        if stripped.startswith(">"):
            labels.append(Label.QUOTED)
        elif position in ours and not introduced:
            labels.append(Label.QUOTED)
            current = Label.OWN
        elif introduced:
            labels.extend([Label.QUOTED] * introduced)
            if not _is_marked_quote(lines, len(labels)):
                break
        elif (may_be_head and _begins_older_mail(lines, position)) or (
            current is Label.SIGNATURE and _is_salutation(stripped)
        ):
            break
        elif pattern("segments", "reply_above").search(stripped) and _is_marker(stripped):
            if any(line.strip() for line in lines[:position]):
                break
            labels.append(Label.FOOTER)
        else:
            current = Label.SIGNATURE if _is_closing(stripped) else current
            labels.append(_label_by_words(stripped, current))
    return labels


def _first_head(lines: Sequence[str]) -> int:
    """Where the head of an older mail stands, else behind the last line."""
    heads = (
        position
        for position, _ in enumerate(lines)
        if _attribution_length(lines, position) or _begins_older_mail(lines, position)
    )
    return next(heads, len(lines))


def _label_by_words(line: str, current: Label) -> Label:
    if _is_footer(line) and not (current is Label.OWN and _speaks_to_us(line)):
        return Label.FOOTER
    names_a_clerk = len(line) <= _LONGEST_MARKER and pattern("segments", "clerk").search(line)
    return Label.SIGNATURE if names_a_clerk else current


def _begins_older_mail(lines: Sequence[str], position: int) -> bool:
    line = lines[position].strip()
    if not line or len(line) > _LONGEST_MARKER:
        return False
    markers = ("original_message", "forwarded_message")
    if _is_marker(line) and any(pattern("segments", key).search(line) for key in markers):
        return True
    if pattern("segments", "our_message").search(line) and _is_heading(lines, position):
        return True
    return _is_header_block(lines, position)


def _is_marker(line: str) -> bool:
    return line[:1] in tuple("-#_*") or line.endswith(":")


def _is_heading(lines: Sequence[str], position: int) -> bool:
    """Between two rules, or a line with a colon above a rule or a salutation."""
    line = lines[position].strip()
    if _BETWEEN_RULES.fullmatch(line):
        return True
    following = next((one.strip() for one in islice(lines, position + 1, position + 4) if one), "")
    is_letter = bool(_RULE.fullmatch(following)) or _is_salutation(following)
    return line.endswith(":") and is_letter


_HEADER_LINE = re.compile(
    rf"[*\s]*(?:(?P<sender>{source('segments', 'header_sender')})"
    rf"|(?P<other>{source('segments', 'header_other')}))[*\s]*:[*\s]*\S",
    re.IGNORECASE,
)


def _is_header_block(lines: Sequence[str], position: int) -> bool:
    """A sender line, and two of the other fields close by."""
    block = (line[:_LONGEST_MARKER] for line in lines[position : position + _HEADER_BLOCK_LINES])
    if not _HEADER_LINE.match(lines[position][:_LONGEST_MARKER]):
        return False
    found = [match for line in block if (match := _HEADER_LINE.match(line))]
    others = sum(1 for match in found if match["other"])
    return others >= 2 and any(match["sender"] for match in found)  # noqa: PLR2004


_ATTRIBUTION = re.compile(
    rf"(?:{source('segments', 'attribution_start')})\s[^\n]{{0,300}}?\d[^\n]{{0,300}}?"
    rf"\b(?:{source('segments', 'attribution_verb')})\b[^\n]{{0,200}}:$",
    re.IGNORECASE,
)


def _attribution_length(lines: Sequence[str], position: int) -> int:
    """How many lines "Am … schrieb …:" takes here: 0 if it is something else."""
    first = lines[position].strip()
    if not re.match(rf"(?:{source('segments', 'attribution_start')})\s", first, re.IGNORECASE):
        return 0
    joined = ""
    for count, line in enumerate(lines[position : position + _ATTRIBUTION_LINES], start=1):
        joined = f"{joined} {line.strip()[:300]}".strip()
        if _ATTRIBUTION.match(joined):
            return count
    return 0


def _is_marked_quote(lines: Sequence[str], position: int) -> bool:
    following = (line.strip() for line in islice(lines, position, position + 4))
    return next((line for line in following if line), "").startswith(">")


def _is_closing(line: str) -> bool:
    if line in {"--", "-- "}:
        return True
    return len(line) <= _LONGEST_CLOSING and bool(pattern("segments", "closing").match(line))


def _is_salutation(line: str) -> bool:
    is_short = len(line) <= _LONGEST_CLOSING and not _is_closing(line)
    return is_short and bool(pattern("segments", "salutation").match(line))


def _is_footer(line: str) -> bool:
    if pattern("segments", "claim").search(line) or _ROW_OF_SUMS.search(line):
        return False
    if pattern("segments", "footer").search(line):
        return True
    is_vague = pattern("segments", "footer_if_no_sentence").search(line)
    return bool(is_vague) and not _is_sentence(line)


def _speaks_to_us(line: str) -> bool:
    """A paragraph of the letter that mentions such a word: "wir … (Mindestbestellwert 25 Euro)"."""
    is_notice = pattern("segments", "notice").search(line)
    return _is_sentence(line) and not is_notice and bool(_TO_US.search(line))


def _is_sentence(line: str) -> bool:
    """Whether many of its words are small: names, offices and addresses have capitals."""
    words = [word for word in line.split() if word[0].isalpha()]
    small = sum(word[0].islower() for word in words)
    return len(words) >= _FEWEST_WORDS and small >= _SHARE_OF_SMALL_WORDS * len(words)
