"""Whether a creditor writes, and what he wants."""

from __future__ import annotations

import re
from dataclasses import dataclass

from functions.worker.reading.claim.claims import Claim
from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.mail.forwarding import is_inside_the_firm
from functions.worker.reading.mail.mail_text import OWN_WORDS, SAID, MailText
from functions.worker.reading.parties.colleagues import is_between_colleagues
from functions.worker.reading.settlement.decisions import Decision
from shared.domain.extraction import Intent, SettlementDecision
from shared.domain.reply import Reply

_SHORT_AUTOMATIC_TEXT, _LONGEST_AUTOMATIC_TEXT = 1_200, 4_000
_DOUBTFUL = 0.4
_SIGNS_OF_AN_INVOICE, _SIGNS_OF_A_FRAUD = 3, 2
_REPLY_PREFIX = re.compile(r"(?:(?:aw|re|antw|wg|fwd?)\s*:\s*)+", re.IGNORECASE)
# Frauds know nobody's name: "Sehr geehrte/r post@kanzlei.example".
_TO_A_MAILBOX = re.compile(r"\bgeehrte\S{0,4}\s[^\n@]{0,40}@[\w.-]{3,80}", re.IGNORECASE)
_STATED_SUM = re.compile(
    r"(?:forderung|saldo|rückstand|rueckstand|schuld|offen|gesamt|zusammen|summe|betrag|zu zahlen)"
    r"[^.!?\n]{0,80}?\d[\d.]*(?:,\d\d)?\s{0,2}(?:EUR|€|Euro)|lehnen wir|stimmen wir",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Purpose:
    """The class of a mail."""

    is_creditor_reply: bool
    intent: Intent
    confidence: float


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What was read from a mail; it decides whether the words around it make it a reply."""

    claim: Claim | None
    decision: Decision | None
    names_a_number: bool
    names_a_sum: bool
    names_a_debtor: bool
    names_anyone: bool
    """Another person than the sender and the one addressed, however vaguely."""

    @property
    def names_a_case(self) -> bool:
        return self.names_a_number or self.names_a_sum


def not_from_a_creditor(reply: Reply, mail: MailText, contents: Contents) -> Purpose | None:
    """Bounces, automatic answers, advertising, mails of clients and colleagues; else None."""
    said = mail.only(SAID)
    classes = (
        (_is_bounce(reply, mail.subject), Intent.BOUNCE, 0.98),
        (_is_note(reply, mail, said), Intent.INTERNAL, 0.85),
        (_is_automatic(reply, mail.subject, said, contents), Intent.AUTO_REPLY, 0.95),
        (_is_advertising(said, contents), Intent.SPAM, 0.85),
        (_is_meant_for_the_firm(said, contents), Intent.SPAM, 0.8),
        (_is_list_mail(reply) and not _names_the_case(said, contents), Intent.SPAM, 0.8),
        (_is_from_the_debtor(said, contents), Intent.INQUIRY, 0.8),
        (_is_empty_talk(said, contents), Intent.SPAM, 0.5),
    )
    fitting = ((intent, confidence) for fits, intent, confidence in classes if fits)
    intent, confidence = next(fitting, (None, 0.0))
    return _no_creditor(intent, confidence) if intent else None


def creditor_purpose(said: str, claim: Claim | None, decision: Decision | None) -> Purpose:
    """What a creditor wants."""
    if decision:
        rejects = decision.decision is SettlementDecision.REJECTED
        return _creditor(Intent.REJECTION if rejects else Intent.PAYMENT_PLAN, 0.85)
    knows_claim = claim is not None and bool(claim.debt)
    asks = "?" in said and _says("question", said)
    classes = (
        (
            _says("refused_information", said) and not knows_claim and not asks,
            Intent.REJECTION,
            0.75,
        ),
        (claim is not None, Intent.DEBT_STATEMENT, 0.9),
        (asks, Intent.INQUIRY, 0.8),
        (_says("rejected", said) or _says("refused_bluntly", said), Intent.REJECTION, 0.7),
        (_says("question", said), Intent.INQUIRY, 0.8),
        ("?" in said and _says("client_word", said), Intent.INQUIRY, 0.7),
        ("?" in said, Intent.INQUIRY, _DOUBTFUL),
        (_says("state_of_claim", said), Intent.DEBT_STATEMENT, 0.7),
    )
    fitting = ((intent, confidence) for fits, intent, confidence in classes if fits)
    return _creditor(*next(fitting, (Intent.DEBT_STATEMENT, _DOUBTFUL)))


def _says(key: str, said: str) -> bool:
    return bool(pattern("intents", key).search(said))


def _is_bounce(reply: Reply, subject: str) -> bool:
    sender = f"{reply.from_email} {reply.from_name or ''}"
    return _says("bounce_sender", sender) or _says("bounce_subject", subject)


def _is_note(reply: Reply, mail: MailText, said: str) -> bool:
    """A colleague's own words; what he passes on counts by its content."""
    if mail.author is not None:
        return False
    passes_on = any(line.label == "forwarded" for line in mail.lines)
    hints = {match[0] for match in pattern("intents", "note_hint").finditer(said)}
    if _says("note", said) or len(hints) > 1:
        return True
    is_note = is_inside_the_firm(reply) or is_between_colleagues(
        reply.from_email, mail.only(OWN_WORDS), subject_length=len(mail.subject)
    )
    return is_note and not passes_on


def _is_automatic(reply: Reply, subject: str, said: str, contents: Contents) -> bool:
    if pattern("intents", "read_receipt_subject").match(subject):
        return True
    # "AW: Automatische Antwort" comes from a person who answers one.
    by_subject = pattern("intents", "automatic_subject").match(subject)
    is_receipt = pattern("intents", "receipt_subject").search(subject)
    is_first = not _REPLY_PREFIX.match(subject)
    states_claim = contents.claim is not None and contents.claim.debt is not None
    waits = _says("waiting", said) and (
        (by_subject and not contents.decision)
        or (is_receipt and is_first)
        or (_says("machine_says", said) and not states_claim)
    )
    if waits:
        return True
    if states_claim or contents.decision or _speaks_of_debt(_REPLY_PREFIX.sub("", said)):
        return False
    if len(said) > _LONGEST_AUTOMATIC_TEXT:
        return False
    headers = {name.casefold(): value.strip().casefold() for name, value in reply.headers.items()}
    by_header = headers.get("auto-submitted", "no") not in {"no", ""}
    return bool(by_subject or by_header or _says_that_it_waits(said, contents))


def _says_that_it_waits(said: str, contents: Contents) -> bool:
    """A short text of a machine; one that names the debtor may be a clerk's."""
    is_short = len(said) <= _SHORT_AUTOMATIC_TEXT
    if not is_short or not _says("automatic_text", said) or _says("own_request", said):
        return False
    waits = _says("machine_says", said) or _says("waiting", said)
    return waits or not contents.names_a_debtor


def _is_advertising(said: str, contents: Contents) -> bool:
    """Words of advertising or of a fraud; beside a sum that is owed, several and no debtor."""
    signs = {match[0] for match in pattern("intents", "unrelated").finditer(said)}
    if signs and _TO_A_MAILBOX.search(said):
        return True
    names_a_debt = contents.claim is not None and contents.names_a_debtor
    if not (names_a_debt or _speaks_of_debt(said)):
        return bool(signs)
    return len(signs) >= _SIGNS_OF_A_FRAUD and not contents.names_a_debtor


def _is_meant_for_the_firm(said: str, contents: Contents) -> bool:
    """An invoice or a demand to the reader himself: no client, no word of our letter."""
    if not _says("supplier", said) or _says("answers_letter", said):
        return False
    signs = {
        match[0].casefold()
        for key in ("supplier", "invoice_sign")
        for match in pattern("intents", key).finditer(said)
    }
    return len(signs) >= _SIGNS_OF_AN_INVOICE or not contents.names_a_debtor


def _names_the_case(said: str, contents: Contents) -> bool:
    is_owed = contents.names_a_sum and _says("owed_to_me", said)
    is_about = contents.names_a_number and _says("about_claim", said)
    return contents.names_a_debtor or is_owed or is_about


def _is_from_the_debtor(said: str, contents: Contents) -> bool:
    if _says("owed_to_me", said) or (contents.names_anyone and contents.names_a_case):
        return False
    return _says("from_debtor", said) or (_says("from_client", said) and not contents.names_a_case)


def _is_empty_talk(said: str, contents: Contents) -> bool:
    says_something = contents.names_a_case or contents.decision or _says("about_claim", said)
    asks = contents.names_anyone and "?" in said and _says("client_word", said)
    return bool(said.strip()) and not (says_something or asks)


def _speaks_of_debt(said: str) -> bool:
    """A sum beside a word of a claim, or a decision; a word alone also stands in any notice."""
    return bool(_STATED_SUM.search(said))


def _is_list_mail(reply: Reply) -> bool:
    names = {name.casefold() for name in reply.headers}
    return "list-unsubscribe" in names or "list-id" in names


def _no_creditor(intent: Intent, confidence: float) -> Purpose:
    return Purpose(is_creditor_reply=False, intent=intent, confidence=confidence)


def _creditor(intent: Intent, confidence: float) -> Purpose:
    return Purpose(is_creditor_reply=True, intent=intent, confidence=confidence)
