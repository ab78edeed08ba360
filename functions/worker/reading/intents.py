"""Whether a creditor writes, and what he wants."""

from __future__ import annotations

import re
from dataclasses import dataclass

from functions.worker.reading.claimed_amount import Claim
from functions.worker.reading.decisions import Decision
from functions.worker.reading.vocabulary import pattern
from shared.domain.extraction import Intent, SettlementDecision
from shared.domain.reply import Reply

_OUTSIDERS = ("unrelated", "supplier", "from_client")
_SHORT_AUTOMATIC_TEXT = 1_200
_REPLY_PREFIX = re.compile(r"(?:(?:aw|re|antw|wg|fwd?)\s*:\s*)+", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Purpose:
    """The class of a mail."""

    is_creditor_reply: bool
    intent: Intent
    confidence: float


def not_from_a_creditor(
    reply: Reply, subject: str, said: str, *, names_a_case: bool, names_a_debtor: bool
) -> Purpose | None:
    """Bounces, automatic answers, advertising, mails of clients and colleagues; else None.

    `said` is the sender's own text with subject. `names_a_case`: it has a reference or a sum.
    """
    says = {key: bool(pattern("intents", key).search(said)) for key in _OUTSIDERS}
    says_nothing = bool(said.strip()) and not pattern("intents", "about_claim").search(said)
    classes = (
        (_is_bounce(reply, subject), Intent.BOUNCE, 0.98),
        (_is_automatic(reply, subject, said), Intent.AUTO_REPLY, 0.95),
        (says["unrelated"] and not _speaks_of_debt(said), Intent.SPAM, 0.85),
        (says["supplier"] and not names_a_debtor, Intent.SPAM, 0.8),
        (_is_list_mail(reply) and not names_a_case, Intent.SPAM, 0.8),
        (says["from_client"] and not names_a_case, Intent.INQUIRY, 0.8),
        (_is_internal(reply) and not names_a_case, Intent.INTERNAL, 0.85),
        (says_nothing and not names_a_case, Intent.SPAM, 0.5),
    )
    fitting = ((intent, confidence) for fits, intent, confidence in classes if fits)
    intent, confidence = next(fitting, (None, 0.0))
    return _no_creditor(intent, confidence) if intent else None


def creditor_purpose(said: str, claim: Claim | None, decision: Decision | None) -> Purpose:
    """What a creditor wants."""
    refuses = pattern("intents", "refused_information").search(said)
    if decision:
        rejects = decision.decision is SettlementDecision.REJECTED
        return _creditor(Intent.REJECTION if rejects else Intent.PAYMENT_PLAN, 0.85)
    if refuses and (claim is None or not claim.debt):
        return _creditor(Intent.REJECTION, 0.75)
    if claim is not None:
        return _creditor(Intent.DEBT_STATEMENT, 0.9)
    if pattern("intents", "rejected").search(said):
        return _creditor(Intent.REJECTION, 0.7)
    asks = "?" in said or pattern("intents", "question").search(said)
    return _creditor(Intent.INQUIRY, 0.8) if asks else _creditor(Intent.DEBT_STATEMENT, 0.5)


def _is_bounce(reply: Reply, subject: str) -> bool:
    sender = f"{reply.from_email} {reply.from_name or ''}"
    return bool(pattern("intents", "bounce_sender").search(sender)) or bool(
        pattern("intents", "bounce_subject").search(subject)
    )


def _is_automatic(reply: Reply, subject: str, said: str) -> bool:
    headers = {name.casefold(): value.strip().casefold() for name, value in reply.headers.items()}
    by_header = headers.get("auto-submitted", "no") not in {"no", ""}
    # "AW: Automatische Antwort" comes from a person who answers one.
    by_subject = pattern("intents", "automatic_subject").match(subject)
    by_text = pattern("intents", "automatic_text").search(said)
    if len(said) > _SHORT_AUTOMATIC_TEXT or _speaks_of_debt(_REPLY_PREFIX.sub("", said)):
        return False
    return bool(by_subject or by_header or by_text)


def _speaks_of_debt(said: str) -> bool:
    """A sum beside a word of a claim, or a decision; a word alone also stands in any notice."""
    return bool(_STATED_SUM.search(said))


_STATED_SUM = re.compile(
    r"(?:forderung|saldo|rückstand|rueckstand|schuld|offen|gesamt|zusammen|summe|betrag|zu zahlen)"
    r"[^.!?\n]{0,80}?\d[\d.]*(?:,\d\d)?\s{0,2}(?:EUR|€|Euro)|lehnen wir|stimmen wir",
    re.IGNORECASE,
)


def _is_list_mail(reply: Reply) -> bool:
    names = {name.casefold() for name in reply.headers}
    return "list-unsubscribe" in names or "list-id" in names


def _is_internal(reply: Reply) -> bool:
    domain = reply.from_email.rpartition("@")[2].casefold()
    return bool(domain) and any(
        address.rpartition("@")[2].strip(" >").casefold() == domain
        for address in reply.to_addresses
    )


def _no_creditor(intent: Intent, confidence: float) -> Purpose:
    return Purpose(is_creditor_reply=False, intent=intent, confidence=confidence)


def _creditor(intent: Intent, confidence: float) -> Purpose:
    return Purpose(is_creditor_reply=True, intent=intent, confidence=confidence)
