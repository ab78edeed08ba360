"""``python -m functions.worker MAIL [--inquiries FILE]``: shows what is read in a mail, and why.

MAIL is a webhook's body (.json), a saved e-mail (.eml) or a text. FILE holds inquiries as the
API takes them, one JSON object a line; with it the decision is shown too. Nothing is stored.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from datetime import datetime
from functools import partial
from pathlib import Path

from functions.worker.assess_reply import assess_reply
from functions.worker.extracted_data import extracted_data
from functions.worker.mail_file import reply_from_file
from functions.worker.reading import RulesReader
from functions.worker.reading.mail.mail_text import open_mail
from shared.domain.errors import MailEncrypted
from shared.domain.extraction import Evidence, ExtractedReply
from shared.domain.inquiry import Inquiry
from shared.domain.match_keys import inquiry_keys
from shared.domain.matching import MatchDecision
from shared.domain.reply import Reply

BOLD, DIM, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
ANY_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
UNREAD, CUT = "(may be this one)", "(what follows is not read)"
COLOURS = ("\x1b[30;43m", "\x1b[30;46m", "\x1b[30;42m", "\x1b[30;45m", "\x1b[37;44m", "\x1b[37;41m")


def main() -> int:
    """Returns the exit code: 0 if the mail was read, 1 if it cannot be, 2 for a wrong file."""
    parser = argparse.ArgumentParser(prog="python -m functions.worker", description=__doc__)
    parser.add_argument("mail", type=Path)
    parser.add_argument("--inquiries", type=Path)
    chosen = parser.parse_args()
    try:
        reply = reply_from_file(chosen.mail)
        inquiries = _inquiries(chosen.inquiries) if chosen.inquiries else None
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    try:
        extracted, decision = assess_reply(
            reply, reader=RulesReader(), candidates=partial(_sharing_a_key, inquiries or [])
        )
    except MailEncrypted as error:
        sys.stderr.write(f"{error}\n")
        return 1
    _say(shown_text(reply, extracted))
    _say(shown_fields(extracted))
    if inquiries is not None:
        _say(shown_decision(decision))
    return 0


def shown_text(reply: Reply, extracted: ExtractedReply) -> str:
    """Subject and body as the reader sees them, with each field's evidence in its colour."""
    mail = open_mail(reply)
    subject = _marked(mail.subject, extracted, "subject")
    body = _marked(mail.body, extracted, "body")
    rest = "" if mail.is_whole else f"\n{DIM}{CUT}{PLAIN}"
    return f"{BOLD}{subject}{PLAIN}\n\n{body}{rest}\n"


def shown_fields(extracted: ExtractedReply) -> str:
    """A line per field: value, confidence, and the words it was read from."""
    lines = []
    for name, value in extracted_data(extracted).items():
        evidence = extracted.evidence.get(name)
        if name == "evidence" or (value in (None, []) and evidence is None):
            continue
        shown = ", ".join(value) if isinstance(value, list) else UNREAD if value is None else value
        why = f"{DIM}{evidence.confidence:.2f}  „{evidence.quote}“{PLAIN}" if evidence else ""
        lines.append(f"{_colour(name, extracted)}{name:20}{PLAIN} {shown!s:32} {why}")
    return "\n".join(lines)


def shown_decision(decision: MatchDecision) -> str:
    """The outcome, and what spoke for and against each inquiry."""
    lines = [f"\n{BOLD}{decision.status} ({decision.reason}, {decision.confidence}){PLAIN}"]
    for candidate in decision.candidates:
        lines.append(f"{BOLD}{candidate.inquiry_id}{PLAIN}")
        lines += [f"  + {sentence}" for sentence in candidate.supporting]
        lines += [f"  - {sentence}" for sentence in candidate.contradicting]
    return "\n".join(lines)


def _marked(text: str, extracted: ExtractedReply, source: str) -> str:
    placed: list[tuple[str, Evidence]] = sorted(
        (item for item in extracted.evidence.items() if item[1].source == source),
        key=lambda item: item[1].start,
    )
    pieces, position = [], 0
    for name, evidence in placed:
        if evidence.start < position:
            continue
        pieces += [text[position : evidence.start], _colour(name, extracted), evidence.quote, PLAIN]
        position = evidence.end
    return "".join([*pieces, text[position:]])


def _colour(name: str, extracted: ExtractedReply) -> str:
    if name not in extracted.evidence:
        return ""
    return COLOURS[list(extracted.evidence).index(name) % len(COLOURS)]


def _sharing_a_key(inquiries: list[Inquiry], keys: frozenset[str]) -> tuple[Inquiry, ...]:
    return tuple(each for each in inquiries if inquiry_keys(each) & keys)


def _inquiries(path: Path) -> list[Inquiry]:
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = json.loads(line)
        fields["sent_at"] = datetime.fromisoformat(fields["sent_at"])
        fields["reference_numbers"] = tuple(fields.get("reference_numbers") or ())
        found.append(Inquiry(**fields))
    return found


def _say(text: str) -> None:
    """Colours are for terminals; a file or a pipe gets the text alone."""
    print(text if sys.stdout.isatty() else ANY_COLOUR.sub("", text))  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
