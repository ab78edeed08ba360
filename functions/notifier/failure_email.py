"""The failure e-mail as data: who is told, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from importlib.resources import files

_TEMPLATES = files("functions.notifier.templates") / "email_processing_failed"


@dataclass(frozen=True, kw_only=True)
class FailureReport:
    """What the administrator has to know of one failed run; `failed_at` is in any time zone.

    `correlation_id` finds the log lines about the job, in every function.
    """

    email_id: int
    error: str
    from_email: str
    subject: str | None
    failed_at: datetime
    correlation_id: str


def compose_failure_email(
    report: FailureReport, *, sender: str, recipient: str, base_url: str
) -> EmailMessage:
    """A plain-text message that mail robots leave unanswered (RFC 3834).

    `base_url` may be empty; then the e-mail names the path alone. Line breaks in what the
    creditor wrote become spaces, so that it cannot add lines of its own.
    """
    values = {
        "email_id": report.email_id,
        "error": _one_line(report.error),
        "from_email": _one_line(report.from_email),
        "subject": _one_line(report.subject or "(no subject)"),
        "time": report.failed_at.astimezone(UTC).isoformat(timespec="seconds"),
        "base_url": base_url.rstrip("/"),
        "correlation_id": report.correlation_id or "(unknown)",
    }
    message = EmailMessage()
    message["From"] = sender
    message["To"] = recipient
    message["Subject"] = _template("subject.txt").strip().format(**values)
    message["Date"] = format_datetime(report.failed_at.astimezone(UTC))
    message["Message-ID"] = make_msgid(f"job-{report.email_id}", domain=sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_template("body.txt").format(**values))
    return message


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _template(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")
