"""Makes the characters of a mail uniform."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from email.errors import HeaderParseError
from email.header import decode_header, make_header

from functions.worker.reading.language.vocabulary import table

MOST_CLEANED = 25_000
_MAX_SUBJECT = 2_000
_MAX_COMBINING_RUN = 8
_SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(r"[\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_QUOTED_PRINTABLE = re.compile(r"(?:=[0-9A-F]{2}){2,}")
_LINE_END = re.compile(r"\r\n?|\u2028|\u2029|\u0085")


def clean_text(text: str) -> str:
    """Uniform blanks, composed letters, repaired encodings, of at most the first 25 000 characters.

    Runs of blanks shrink to three (they separate columns), runs of empty lines to one.
    """
    text = _LINE_END.sub("\n", text[:MOST_CLEANED])
    text = _repair_encoding(text)
    text = _INVISIBLE.sub("", _SPACES.sub(" ", text))
    text = _CONTROL.sub(" ", text).replace("\t", "   ")
    text = unicodedata.normalize("NFC", _thin_combining(text))
    text = re.sub(r" {4,}", "   ", text)
    lines = [line.rstrip(" ") for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def clean_subject(subject: str) -> str:
    """The subject on one line, with encoded words (RFC 2047) decoded."""
    subject = subject[:_MAX_SUBJECT]
    if "=?" in subject:
        with suppress(HeaderParseError, LookupError, UnicodeError, ValueError):
            subject = str(make_header(decode_header(subject)))
    return " ".join(clean_text(subject).split())


def _repair_encoding(text: str) -> str:
    for wrong, right in zip(table("mojibake")["wrong"], table("mojibake")["right"], strict=True):
        if wrong in text:
            text = text.replace(wrong, right)
    return _QUOTED_PRINTABLE.sub(_decode_run, text) if "=C3=" in text else text


def _decode_run(match: re.Match[str]) -> str:
    try:
        return bytes.fromhex(match[0].replace("=", "")).decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def _thin_combining(text: str) -> str:
    # Composing sorts each run of combining marks, in time that grows with its square.
    if text.isascii():
        return text
    kept: list[str] = []
    run = 0
    for sign in text:
        run = run + 1 if unicodedata.combining(sign) else 0
        if run <= _MAX_COMBINING_RUN:
            kept.append(sign)
    return "".join(kept)
