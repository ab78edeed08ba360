"""Numbers by which the parties name the case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from functions.worker.reading.language.vocabulary import pattern, source, words
from shared.domain.match_keys import fold_reference

_LEAST_DIGITS, _LEAST_BARE_DIGITS, _LEAST_SUBJECT_DIGITS = 3, 7, 5
_MOST_SIGNS = 32
_CHUNK = (
    r"(?:[A-ZÄÖÜ]{1,5}\d[A-Z0-9]{0,20}|\d[A-Z0-9]{0,20}|[A-ZÄÖÜ]{1,5}(?![a-zäöüß\d])"
    r"|[A-ZÄÖÜ][a-zäöü]{1,2}(?=[-/]\d))"
)
_NUMBER = re.compile(rf"(?<![\w@.,/-]){_CHUNK}(?:(?://|[-/._ ]){_CHUNK}){{0,9}}(?![\w@]|[,]\d)")
_DATE = re.compile(
    r"\d{1,2}\.\s?\d{1,2}\.(?:\d{4}|\d{2})?|\d{4}-\d{2}-\d{2}|(?:0?[1-9]|1[0-2])/(?:19|20)\d\d|(?:19|20)\d\d"
    r"|(?:19|20)\d\d[-/](?:19|20)\d\d|\d{1,2}[.:]\d{2}"
    # quarters, months of one year, hours
    r"|(?:I{1,3}|IV|V|VI{1,3}|IX|XI{0,2}|Q[1-4]|KW ?\d{1,2}|[1-4] Q)/(?:20)?\d\d"
    r"|\d{1,2}(?:/(?:19|20)\d\d)? ?- ?\d{1,2}/(?:19|20)\d\d"
    r"|\d{1,2}(?:[.:]\d{2})? ?- ?\d{1,2}[.:]\d{2}"
    r"|\d{1,2}\.\d{1,2}\.(?:\d{2,4})?-\d{1,2}\.\d{1,2}\.(?:\d{2,4})?"
)
_LAW = pattern("references", "law")
# A lawyer's mark behind his number: "77/26 Fa", "112/26 kr", "2026/14-fa".
_MARK = re.compile(
    r"-[a-zäöüA-ZÄÖÜ]{1,4}(?![\w-])"
    rf"|[ ](?!(?i:{source('references', 'no_mark')})\b)"
    r"(?:[A-ZÄÖÜ][a-zäöüß]{1,2}|[a-zäöü]{2,3})(?=\s*[),;\n]|\.?\s*$|\.\s+[A-ZÄÖÜ])"
)
_LAWYERS_NUMBER = re.compile(r"(?:[A-Z]{1,3}/)?\d{1,6}/\d{2}(?: [A-Z]{1,3}\d{0,2})?|20\d\d/\d{1,6}")
_DATE_INSIDE = re.compile(r"(?<!\d)\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})(?!\d)")
_GAP = r"[\s.:#|=(–-]{0,8}(?:(?:nr|no|nummer|lautet|ist|bei uns|hier)[\s.:|]{0,3}){0,2}"
_LABELLED = re.compile(rf"(?<!\w)(?P<label>{source('references', 'label')}){_GAP}$", re.IGNORECASE)
_STOPPED = re.compile(
    rf"(?<![\w])(?:{source('references', 'stop')}){_GAP}(?:[\d\s/+()-]{{0,24}})$", re.IGNORECASE
)
_TAX_LABEL = re.compile(rf"(?<!\w)(?:{source('references', 'tax_label')}){_GAP}$", re.IGNORECASE)
_NAME_BEFORE = re.compile(r"(?:Co\.|[A-ZÄÖÜ][\w-]+|&) $")
_LOOK_BACK = 48


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A number at `text[start:end]`; `confidence` that it names the case."""

    number: str
    confidence: float
    start: int
    end: int


def find_references(
    text: str, *, subject_length: int, money: Sequence[tuple[int, int]]
) -> tuple[Reference, ...]:
    """The numbers of the case in `text`, each once, in order of place.

    `money` are the places of sums and accounts, which are no references.
    """
    found: dict[str, Reference] = {}
    for start, stop in number_places(text):
        end = _with_mark(text, start, stop)
        if any(start < last and first < end for first, last in money):
            continue
        confidence = _confidence(text, start, end, in_subject=end <= subject_length)
        number = text[start:end]
        known = found.get(fold_reference(number))
        if confidence and (known is None or known.confidence < confidence):
            found[fold_reference(number)] = Reference(
                number=number, confidence=confidence, start=start, end=end
            )
    kept = _without_own_tax_number(text, tuple(found.values()))
    return tuple(sorted(kept, key=lambda reference: reference.start))


def number_places(text: str) -> Iterator[tuple[int, int]]:
    """Where something stands that is built like a reference."""
    for match in _NUMBER.finditer(text):
        for start, end in _without_edges(text, match.start(), match.end()):
            if _is_built_like_a_reference(text[start:end]):
                yield start, end


def is_stopped(text: str, start: int) -> bool:
    """Whether the words before say that this is a register, tax, phone or bank number."""
    return bool(_STOPPED.search(_before(text, start)))


def _confidence(text: str, start: int, end: int, *, in_subject: bool) -> float:
    if is_stopped(text, start) or _is_own_tax_number(text, start):
        return 0.0
    before = text[max(start - _LOOK_BACK, 0) : start]
    number = text[start:end]
    digits = sum(sign.isdigit() for sign in number)
    if _LABELLED.search(before):
        return 0.95
    has_letters = any(sign.isalpha() for sign in number)
    if has_letters and digits >= _LEAST_DIGITS and len(fold_reference(number)) > _LEAST_DIGITS + 1:
        return 0.85
    if in_subject and digits >= _LEAST_SUBJECT_DIGITS:
        return 0.85
    return 0.7 if digits >= _LEAST_BARE_DIGITS and not number.startswith("0") else 0.0


def _is_own_tax_number(text: str, start: int) -> bool:
    """A tax number behind other words, in a mail that is not about taxes, is the sender's own."""
    before = _before(text, start)
    label = _TAX_LABEL.search(before)
    if label is None or not before[: label.start()].strip():
        return False
    return not pattern("references", "tax_case").search(text)


def _without_own_tax_number(text: str, found: Sequence[Reference]) -> Iterator[Reference]:
    """Beside a number of the case, in a mail that is not about taxes, it is the sender's own."""
    is_about_taxes = bool(pattern("references", "tax_case").search(text))
    others = [one for one in found if not _TAX_LABEL.search(_before(text, one.start))]
    yield from found if is_about_taxes or not others else others


def _with_mark(text: str, start: int, end: int) -> int:
    if not _LAWYERS_NUMBER.fullmatch(text, start, end):
        return end
    mark = _MARK.match(text[end : end + 8])
    return end + mark.end() if mark else end


def _before(text: str, start: int) -> str:
    return text[max(start - _LOOK_BACK, 0) : start].rpartition("\n")[2]


def _is_built_like_a_reference(number: str) -> bool:
    digits = sum(sign.isdigit() for sign in number)
    return (
        digits >= _LEAST_DIGITS
        and len(number) <= _MOST_SIGNS
        and not _DATE.fullmatch(number)
        and not _DATE_INSIDE.search(number)
        and not _LAW.search(number, 1)
    )


def _without_edges(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut words such as EUR or AG out of a run of chunks, and dates from its ends."""
    piece_start: int | None = None
    piece_end = start
    for match in re.finditer(r"[^ ]+", text[start:end]):
        word = match[0]
        if _is_no_part(text, start + match.start(), word):
            if piece_start is not None:
                yield piece_start, piece_end
            piece_start = None
            continue
        if piece_start is not None and _starts_another(text[piece_start:piece_end], word):
            yield piece_start, piece_end
            piece_start = None
        if piece_start is None:
            piece_start = start + match.start()
        piece_end = start + match.end()
    if piece_start is not None:
        yield piece_start, piece_end


def _is_no_part(text: str, start: int, word: str) -> bool:
    small = word.casefold()
    if small in words("references", "legal_forms"):
        before = text[max(start - _LOOK_BACK, 0) : start]
        if small == "ag" and re.match(r" [A-ZÄÖÜ][a-zäöü]", text[start + 2 : start + 5]):
            return True
        return bool(_NAME_BEFORE.search(before)) and not _LABELLED.search(before)
    return small in words("references", "never_inside") or bool(_DATE.fullmatch(word.rstrip(".")))


def _starts_another(number: str, word: str) -> bool:
    """Two numbers side by side: the first is complete and the next one has a shape of its own."""
    complete = bool(re.search(r"\d[-/.]\d|[A-Z]-?\d", number))
    return complete and bool(re.match(r"[A-Z]{1,5}[-/]?\d|\d+[-/]\d", word)) and len(word) > 4  # noqa: PLR2004
