"""What a mail says that can point to an inquiry: numbers, names, sender, ticket."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from functions.worker.matching.letter_dates import find_dates
from functions.worker.matching.people_in_mail import PeopleInMail, Printed, people_in_mail
from functions.worker.reading.language.vocabulary import pattern, source
from functions.worker.reading.mail.mail_text import (
    QUOTED,
    SAID,
    WRITTEN,
    MailText,
    open_mail,
    with_short_sender,
)
from functions.worker.reading.money.amounts import find_amounts
from functions.worker.reading.references import is_stopped
from functions.worker.reading.settlement.decisions import answers_a_proposal
from shared.domain.match_keys import fold_reference
from shared.domain.reply import Reply

_CHUNK = re.compile(
    r"(?<!\w)(?:[^\W\d]{0,12}\d\w{0,40}(?!\w)|[A-ZÄÖÜ]{1,5}(?!\w)|[A-Za-z]{1,3}(?=[-/]\d))"
)
_JOINT = re.compile(r"//|[-/._ ]{1,2}")
_MAX_CHUNKS_IN_NUMBER, _MAX_CHUNKS = 7, 4_000
_LEAST_SIGNS, _LEAST_DIGITS, _MOST_SIGNS = 4, 3, 32
_TIGHT = "-/._"
_FEW_WORDS = 20
_MAX_THREAD_SENDERS = 50
_THREAD_SENDER = re.compile(
    rf"(?:^[>*\s]{{0,8}}(?:{source('segments', 'header_sender')})[*\s]{{0,4}}:|\bschrieb\b)"
    r"[^\n@]{0,120}?(?P<address>[\w.+-]{1,64}@[\w.-]{1,120}\w)",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, kw_only=True)
class MailFacts:
    """`numbers` maps every folded number of the mail to the strongest place it is printed at."""

    reply: Reply
    mail: MailText
    numbers: dict[str, Printed]
    people: PeopleInMail
    said: str
    """The sender's own words without signature."""
    is_automatic: bool
    """By its headers or its subject."""
    printed_dates: frozenset[date]
    brings_something: bool
    """A sum of money, a hint at an attachment, or some sentences about the claim."""
    hands_over: bool
    """Whether the sender gives the case to somebody, whose number he may print."""
    thread_senders: frozenset[str]
    """The addresses of those whose older mails stand below."""
    answers_a_plan: bool
    """Whether the letter that the mail quotes offered a sum."""

    def printed(self, reference: str) -> Printed:
        return self.numbers.get(reference, Printed.NOWHERE)


def read_facts(reply: Reply) -> MailFacts:
    """Collect the facts of one reply; the text is cut and cleaned as the reader does it."""
    reply = with_short_sender(reply)
    mail = open_mail(reply)
    said, quoted = mail.only(SAID), mail.only(QUOTED)
    return MailFacts(
        reply=reply,
        mail=mail,
        numbers=_numbers(mail),
        people=people_in_mail(said, quoted, len(mail.subject), reply.from_name or ""),
        said=said,
        is_automatic=_is_automatic(reply, mail.subject),
        printed_dates=frozenset(find_dates(said)),
        brings_something=_brings_something(said),
        hands_over=bool(pattern("intents", "hands_over").search(said)),
        thread_senders=frozenset(_thread_senders(mail.text)),
        answers_a_plan=_answers_a_plan(quoted),
    )


def _thread_senders(text: str) -> Iterator[str]:
    for count, match in enumerate(_THREAD_SENDER.finditer(text)):
        if count >= _MAX_THREAD_SENDERS:
            return
        yield match["address"].casefold()


def _brings_something(said: str) -> bool:
    speaks = len(said.split()) >= _FEW_WORDS and pattern("intents", "about_claim").search(said)
    return bool(
        speaks
        or pattern("intents", "enclosure").search(said)
        or any(one.currency for one in find_amounts(said))
    )


def _answers_a_plan(quoted: str) -> bool:
    return answers_a_proposal(quoted) and bool(find_amounts(quoted))


def _is_automatic(reply: Reply, subject: str) -> bool:
    headers = {name.casefold(): value.strip().casefold() for name, value in reply.headers.items()}
    by_header = headers.get("auto-submitted", "no") not in {"no", ""} or "list-id" in headers
    by_kind = headers.get("precedence", "") in {"bulk", "list", "junk", "auto_reply"}
    by_subject = pattern("intents", "automatic_subject").match(subject)
    return bool(by_header or by_kind or "list-unsubscribe" in headers or by_subject)


def _numbers(mail: MailText) -> dict[str, Printed]:
    numbers: dict[str, Printed] = {}
    for labels, place in ((QUOTED, Printed.QUOTED), (WRITTEN, Printed.WRITTEN)):
        text = mail.only(labels)
        for start, end in _number_spans(text):
            folded = fold_reference(text[start:end])
            if numbers.get(folded, 0) < place and not is_stopped(text, start):
                numbers[folded] = place
    return numbers


def _number_spans(text: str) -> Iterator[tuple[int, int]]:
    """Every run of up to seven neighbouring chunks that can be a number on its own."""
    for run in _runs(text):
        for first in range(len(run)):
            if _is_torn_off(text, run[first][0] - 1, -1):
                continue
            for last in range(first, min(first + _MAX_CHUNKS_IN_NUMBER, len(run))):
                start, end = run[first][0], run[last][1]
                if not _is_torn_off(text, end, +1) and _can_be_number(text[start:end]):
                    yield start, end


def _runs(text: str) -> Iterator[list[tuple[int, int]]]:
    run: list[tuple[int, int]] = []
    for count, match in enumerate(_CHUNK.finditer(text)):
        if count >= _MAX_CHUNKS:
            break
        if run and not _JOINT.fullmatch(text, run[-1][1], match.start()):
            yield run
            run = []
        run.append(match.span())
    if run:
        yield run


def _is_torn_off(text: str, position: int, step: int) -> bool:
    """Whether a digit follows behind a separator: "4711-2" does not print the number 4711."""
    if not 0 <= position < len(text) or text[position] not in _TIGHT:
        return False
    beyond = position + step
    return 0 <= beyond < len(text) and text[beyond].isdigit()


def _can_be_number(text: str) -> bool:
    signs = [sign for sign in text if sign.isalnum()]
    digits = sum(sign.isdigit() for sign in signs)
    return digits >= _LEAST_DIGITS and _LEAST_SIGNS <= len(signs) <= _MOST_SIGNS
