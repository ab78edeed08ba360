"""One text for the whole mail: subject and body, every line labelled, places kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

from functions.worker.reading.mail.clean_text import MOST_CLEANED, clean_subject, clean_text
from functions.worker.reading.mail.forwarding import (
    Author,
    is_inside_the_firm,
    passed_on_by_a_colleague,
)
from functions.worker.reading.mail.html_text import html_to_text
from functions.worker.reading.mail.segments import Label, Line, label_lines
from shared.domain.extraction import Evidence
from shared.domain.reply import Reply

MOST_CHARACTERS, MOST_LINES = 6_500, 300
"""How much of a body is read: some three pages."""
_GAP = "\n\n"
_TOO_SHORT_BESIDE_HTML = 0.4
_LONGEST_NAME = 300

WRITTEN = frozenset({Label.SUBJECT, Label.OWN, Label.SIGNATURE, Label.FORWARDED})
"""What the sender says himself, today."""
SAID = frozenset({Label.SUBJECT, Label.OWN, Label.FORWARDED})
"""The same without his signature."""
OWN_WORDS = WRITTEN | {Label.FOOTER}
"""What the sender says, with his footer."""
QUOTED = frozenset({Label.QUOTED})


@dataclass(frozen=True, kw_only=True)
class MailText:
    """`text` is the subject, an empty line, the body; lines in order cover all of it.

    `author` wrote what a colleague passed on; None if the sender himself writes. `is_whole` unless
    the mail is longer than what is read, be it in the older mails below: they say what was offered
    and whom the firm meant.
    """

    subject: str
    body: str
    lines: tuple[Line, ...]
    author: Author | None = None
    is_whole: bool = True

    @cached_property
    def text(self) -> str:
        return self.subject + _GAP + self.body

    def only(self, labels: Collection[Label]) -> str:
        """The text with blanks in place of all other lines, so that places stay the same."""
        pieces: list[str] = []
        for line in self.lines:
            shown = line.label in labels
            pieces.append(
                self.text[line.start : line.end] if shown else " " * (line.end - line.start)
            )
        return "\n".join(pieces)

    def evidence(self, start: int, end: int, confidence: float) -> Evidence:
        """Point to `text[start:end]`, counted inside the subject or inside the body.

        Of a place that begins in the subject and ends in the body, the part in the body.
        """
        before_body = len(self.subject) + len(_GAP)
        if start < before_body < end:
            start = before_body
        in_body = start >= before_body
        shift = before_body if in_body else 0
        return Evidence(
            confidence=round(confidence, 2),
            quote=self.text[start:end],
            source="body" if in_body else "subject",
            start=start - shift,
            end=end - shift,
        )


def with_short_sender(reply: Reply) -> Reply:
    """The reply with a display name of at most 300 characters: whatever is longer is no name."""
    return replace(reply, from_name=(reply.from_name or "")[:_LONGEST_NAME] or None)


def open_mail(reply: Reply) -> MailText:
    """Read the text of a mail, from its HTML only if the text part says nothing or much less."""
    subject = clean_subject(reply.subject or "")
    visible = _visible_body(reply)
    body = _first_pages(visible.text)
    is_cut = visible.is_cut or len(body) < len(visible.text)
    offset = len(subject) + len(_GAP)
    lines = [
        Line(0, len(subject), Label.SUBJECT),
        Line(len(subject) + 1, len(subject) + 1, Label.OWN),
    ]
    author = passed_on_by_a_colleague(reply, body)
    is_passed_on = author is not None or is_inside_the_firm(reply)
    lines += label_lines(body, offset=offset, forwarded_inside_the_firm=is_passed_on)
    if visible.hidden:
        start = offset + len(body) + 1
        lines.append(Line(start, start + len(visible.hidden), Label.HIDDEN))
        body = f"{body}\n{visible.hidden}"
    return MailText(
        subject=subject,
        body=body,
        lines=tuple(lines),
        author=author,
        is_whole=not is_cut,
    )


def _first_pages(text: str) -> str:
    """As much of the text as is read, up to the end of a word."""
    text = "\n".join(text.split("\n", MOST_LINES)[:MOST_LINES])
    if len(text) <= MOST_CHARACTERS:
        return text
    end = max(text.rfind(sign, 0, MOST_CHARACTERS) for sign in " \n")
    return text[: end if end > 0 else MOST_CHARACTERS]


@dataclass(frozen=True)
class _Body:
    text: str
    is_cut: bool
    hidden: str = ""


def _visible_body(reply: Reply) -> _Body:
    written = reply.body_text or ""
    plain, is_cut = clean_text(written), len(written) > MOST_CLEANED
    if not (reply.body_html or "").strip():
        return _Body(plain, is_cut=is_cut)
    html = html_to_text(reply.body_html or "")
    visible = clean_text(html.visible)
    is_cut = is_cut or not html.is_whole or len(html.visible) > MOST_CLEANED
    if len(plain.strip()) > _TOO_SHORT_BESIDE_HTML * len(visible.strip()):
        return _Body(plain, is_cut=is_cut)
    hidden = clean_text(" ".join(html.hidden[:MOST_CHARACTERS].split()))
    return _Body(visible, is_cut=is_cut, hidden=hidden)
