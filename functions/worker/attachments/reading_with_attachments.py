"""Reads a mail and the files that came with it; the mail's own word counts first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from functions.worker.attachments.attachment_texts import AttachmentTexts
from functions.worker.attachments.contents import AttachmentContent, AttachmentText, TextStatus
from functions.worker.reading.mail.mail_text import SAID, open_mail
from shared.domain.errors import MailEncrypted
from shared.domain.extraction import Evidence, ExtractedReply, Intent
from shared.domain.match_keys import fold_reference, parse_person_name, spellings
from shared.domain.reply import Reply

_DOUBT = 0.4
"""Below the confidence that lets an amount be recorded without a person."""
_FEWEST_LETTERS = 30
_ANNOUNCEMENTS = (Path(__file__).parent / "words" / "announcements.txt").read_text("utf-8").split()
"""Beginnings or middles of words by which a mail speaks of its files."""
_PARTS = ("principal", "interest", "costs")


@dataclass(frozen=True, kw_only=True)
class _Source:
    """What one file says, its evidence pointing into `text`."""

    text: AttachmentText
    said: ExtractedReply

    def evidence(self, field: str) -> Evidence | None:
        found = self.said.evidence.get(field)
        if found is None or found.source != "body":
            return None
        if self.text.text[found.start : found.end] != found.quote:
            return None
        doubtful = not self.is_whole and field == "debt_amount"
        confidence = min(found.confidence, _DOUBT) if doubtful else found.confidence
        return replace(found, source=f"attachment:{self.text.filename}", confidence=confidence)

    @property
    def is_whole(self) -> bool:
        return self.said.read_in_full and not self.text.truncated


class ReadingWithAttachments:
    """Reads mails by `read_mail`, and each file's text by it too, as if it were the mail's body."""

    def __init__(
        self, read_mail: Callable[[Reply], ExtractedReply], attachments: AttachmentTexts
    ) -> None:
        self._read_mail = read_mail
        self._attachments = attachments

    def read(self, reply: Reply) -> ExtractedReply:
        """Read the mail alone. Raises what `read_mail` raises."""
        return self._read_mail(reply)

    def read_with(self, reply: Reply, contents: Sequence[AttachmentContent]) -> ExtractedReply:
        """Read the mail, and from its files what the mail leaves open.

        Amounts, IBAN and references come from the files; names, intent and decision never do.
        Where mail and files, or two files, state different debts, the one read first stays, with
        a confidence that makes a person look; so does a debt from a file that the mail does not
        speak of, or that came with a question: it may be the firm's own letter, sent back.
        A file about another client says nothing. Where a file is too long or too large to be
        read in full, so is the whole.
        """
        mail = self._read_mail(reply)
        if not mail.is_creditor_reply or not contents:
            return mail
        texts = self._attachments.read(contents)
        too_large = any(text.status is TextStatus.TOO_LARGE for text in texts)
        sources = tuple(self._sources(reply, mail, texts))
        read = _with_amounts(mail, sources)
        if mail.debt_amount is None and not _speaks_of_files(reply, mail):
            read = _doubted(read)
        read = _with_references(_with_iban(read, sources), sources)
        is_whole = mail.read_in_full and all(one.is_whole for one in sources)
        return replace(read, read_in_full=is_whole and not too_large)

    def _sources(
        self, reply: Reply, mail: ExtractedReply, texts: Sequence[AttachmentText]
    ) -> Iterator[_Source]:
        for text in texts:
            if text.status is not TextStatus.READ:
                continue
            letter = replace(
                reply, subject=None, body_text=text.text, body_html=None, attachments=(), headers={}
            )
            with suppress(MailEncrypted):
                said = self._read_mail(letter)
                if not _names_another_client(mail, said):
                    yield _Source(text=text, said=said)


def _speaks_of_files(reply: Reply, mail: ExtractedReply) -> bool:
    opened = open_mail(reply)
    said = opened.only(SAID)[len(opened.subject) :].casefold()
    is_cover = sum(sign.isalpha() for sign in said) < _FEWEST_LETTERS
    announced = is_cover or any(word in said for word in _ANNOUNCEMENTS)
    return announced and mail.intent is not Intent.INQUIRY


def _names_another_client(mail: ExtractedReply, said: ExtractedReply) -> bool:
    if mail.client_name is None or said.client_name is None:
        return False
    ours, theirs = parse_person_name(mail.client_name), parse_person_name(said.client_name)
    pairs = [(ours.last, theirs.last)]
    pairs += [(ours.first, theirs.first)] if ours.first and theirs.first else []
    return any(spellings(" ".join(a)).isdisjoint(spellings(" ".join(b))) for a, b in pairs)


def _with_amounts(mail: ExtractedReply, sources: Sequence[_Source]) -> ExtractedReply:
    stating = [one for one in sources if one.said.debt_amount is not None]
    if not stating:
        return mail
    first = stating[0]
    if mail.debt_amount is None:
        evidence = first.evidence("debt_amount")
        if evidence is None:
            return mail
        taken = replace(mail, debt_amount=first.said.debt_amount, currency=first.said.currency)
        mail = _proven(taken, "debt_amount", evidence)
    states = {(one.said.debt_amount, one.said.currency) for one in stating}
    if states != {(mail.debt_amount, mail.currency)}:
        return _doubted(mail)
    return _with_parts(mail, stating)


def _with_parts(mail: ExtractedReply, agreeing: Sequence[_Source]) -> ExtractedReply:
    """The claim's parts from the first file that has any; they add up to the same sum there."""
    if any(getattr(mail, part) is not None for part in _PARTS):
        return mail
    for said in (one.said for one in agreeing):
        if any(getattr(said, part) is not None for part in _PARTS):
            return replace(mail, principal=said.principal, interest=said.interest, costs=said.costs)
    return mail


def _with_iban(mail: ExtractedReply, sources: Sequence[_Source]) -> ExtractedReply:
    stating = [one for one in sources if one.said.iban is not None]
    if mail.iban is not None or len({one.said.iban for one in stating}) != 1:
        return mail
    evidence = stating[0].evidence("iban")
    return _proven(replace(mail, iban=stating[0].said.iban), "iban", evidence) if evidence else mail


def _with_references(mail: ExtractedReply, sources: Sequence[_Source]) -> ExtractedReply:
    """The union in order of reading; the same number in another print is no second one."""
    numbers = {fold_reference(number): number for number in mail.reference_numbers}
    for one in sources:
        for number in one.said.reference_numbers:
            numbers.setdefault(fold_reference(number), number)
    evidence = (one.evidence("reference_numbers") for one in sources)
    first = mail.evidence.get("reference_numbers") or next((e for e in evidence if e), None)
    if len(numbers) == len(mail.reference_numbers) or first is None:
        return mail
    read = replace(mail, reference_numbers=tuple(numbers.values()))
    return _proven(read, "reference_numbers", first)


def _proven(mail: ExtractedReply, field: str, evidence: Evidence) -> ExtractedReply:
    return replace(mail, evidence=mail.evidence | {field: evidence})


def _doubted(mail: ExtractedReply) -> ExtractedReply:
    evidence = mail.evidence.get("debt_amount")
    if evidence is None:
        return mail
    doubtful = replace(evidence, confidence=min(evidence.confidence, _DOUBT))
    return _proven(mail, "debt_amount", doubtful)
