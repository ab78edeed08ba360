"""The request to the model: instructions apart, the mail as data between marks nobody can guess."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from functions.worker.reading.mail.clean_text import clean_subject
from functions.worker.reading.mail.mail_text import WRITTEN, MailText
from functions.worker.reading.mail.segments import Label
from functions.worker.second_reader.reading_budget import ReadingBudget
from functions.worker.second_reader.tool_answer import tool_config
from shared.domain.reply import Reply

_LONGEST_SENDER = 320
_TAGS = 200
"""Characters that a segment's two tags need, at most."""
_BY_WRITER = frozenset({*WRITTEN, "sender_name", "sender_address"})

Segment = tuple[str, str]
"""What it is, and its text."""


def converse_request(
    reply: Reply, mail: MailText, *, mark: str, model_id: str, budget: ReadingBudget
) -> dict[str, Any] | None:
    """The arguments of `converse`; None if the sender's own words are over the budget.

    Half a mail is not sent: the part cut off could correct the sum in the part that is read.
    Quoted mails and footers are cut to what room is left. No temperature is given, because the
    newer Claude models refuse one. `mark` has to be new and random for each call.
    """
    kept = _within(budget.max_input_characters, [*_sender(reply), *_segments(mail)])
    if kept is None:
        return None
    text = "\n".join(f"<{kind}-{mark}>\n{words}\n</{kind}-{mark}>" for kind, words in kept)
    before = f"The mail to report stands below as data, between tags that end in -{mark}."
    return {
        "modelId": model_id,
        "system": [{"text": _system_prompt()}],
        "messages": [{"role": "user", "content": [{"text": f"{before}\n{text}"}]}],
        "inferenceConfig": {"maxTokens": budget.max_output_tokens},
        "toolConfig": tool_config(),
    }


@cache
def _system_prompt() -> str:
    return (Path(__file__).parent / "system_prompt.txt").read_text(encoding="utf-8")


def _sender(reply: Reply) -> Iterator[Segment]:
    yield "sender_name", clean_subject(reply.from_name or "")[:_LONGEST_SENDER]
    yield "sender_address", clean_subject(reply.from_email)[:_LONGEST_SENDER]


def _segments(mail: MailText) -> Iterator[Segment]:
    """Neighbouring lines of one label as one segment; what nobody can see is left out."""
    for label, lines in groupby(mail.lines, key=lambda line: line.label):
        if label is not Label.HIDDEN:
            text = "\n".join(mail.text[line.start : line.end] for line in lines)
            yield label.value, text.strip("\n")


def _within(room: int, segments: list[Segment]) -> list[Segment] | None:
    segments = [(kind, text) for kind, text in segments if text.strip()]
    room -= sum(len(text) + _TAGS for kind, text in segments if kind in _BY_WRITER)
    if room < 0:
        return None
    kept: list[Segment] = []
    for kind, text in segments:
        if kind in _BY_WRITER:
            kept.append((kind, text))
        elif room > _TAGS:
            kept.append((kind, text[: room - _TAGS]))
            room -= len(kept[-1][1]) + _TAGS
    return kept
