"""A job: one reply being processed, from the webhook to its named outcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MAX_ATTEMPTS_PER_RUN = 6
"""One attempt and five retries; after that the run has failed."""


class ProcessingStatus(StrEnum):
    """Where a job technically stands. Exactly one at any time."""

    RECEIVED = "received"
    """Stored, not yet known to be in the queue."""
    QUEUED = "queued"
    """A message names it, or the reconciler will send one."""
    PROCESSING = "processing"
    """A worker holds its lease."""
    COMPLETED = "completed"
    """It ended in a business outcome (MatchStatus)."""
    FAILED = "failed"
    """It ended without one; an operator can retry it."""


class MatchStatus(StrEnum):
    """The business outcome of a completed job."""

    AUTO_MATCHED = "auto_matched"
    """Exactly one inquiry fits and nothing contradicts; the claim is recorded."""
    NEEDS_REVIEW = "needs_review"
    """A creditor's mail that a person must look at."""
    NO_MATCH = "no_match"
    """A creditor's mail that answers no inquiry of ours."""
    NOT_CREDITOR_REPLY = "not_creditor_reply"
    """Not a creditor's mail at all."""


class Reason(StrEnum):
    """Why a completed job has the outcome it has. A closed list, shown to clerks."""

    REFERENCE_MATCHES = "reference_matches"
    """A creditor's reference number names exactly one inquiry."""
    CLIENT_AND_CREDITOR_MATCH = "client_and_creditor_match"
    """Client (by name or file number) and creditor together name exactly one inquiry."""
    TICKET_AND_SENDER_MATCH = "ticket_and_sender_match"
    """The reply came on the inquiry's own ticket from the inquiry's creditor."""
    SENDER_AND_SURNAME_MATCH = "sender_and_surname_match"
    """A private creditor's exact address, and the client's surname agrees."""
    SEVERAL_INQUIRIES_FIT = "several_inquiries_fit"
    """More than one inquiry fits equally well."""
    SIGNALS_CONTRADICT = "signals_contradict"
    """What the mail says points to different inquiries."""
    WEAK_EVIDENCE = "weak_evidence"
    """Only a weak sign, such as the sender alone, points to an inquiry."""
    UNKNOWN_CREDITOR = "unknown_creditor"
    """Our client is named, but no inquiry went to this creditor."""
    NO_TEXT = "no_text"
    """The mail has no text to read."""
    TOO_LONG = "too_long"
    """The mail holds more text, sums or names than are looked at."""
    OLDER_LETTER = "older_letter"
    """A newer letter about this claim is already on record."""
    CLAIM_DECREASED = "claim_decreased"
    """The inquiry is found, but a higher claim is on record."""
    CLAIM_JUMPED = "claim_jumped"
    """The inquiry is found, but the claim has more than doubled, or is ten times what we named."""
    CLAIM_CURRENCY_CHANGED = "claim_currency_changed"
    """The inquiry is found, but the claim on record is in another currency."""
    CLAIM_SET_BY_PERSON = "claim_set_by_person"
    """The inquiry is found, but a person has set the claim on record."""
    READERS_DISAGREE = "readers_disagree"
    """The inquiry is found, but two readers saw different money or different people."""
    CLAIM_UNCLEAR = "claim_unclear"
    """The inquiry is found, but the claimed amount is contradictory."""
    NO_INQUIRY_FITS = "no_inquiry_fits"
    """Nothing in the mail points to an inquiry of ours."""
    AUTOMATIC_REPLY = "automatic_reply"
    """Out-of-office, receipt or read confirmation."""
    BOUNCE = "bounce"
    """The mail system reports that a letter was not delivered."""
    NOT_ABOUT_A_CLAIM = "not_about_a_claim"
    """Advertising, an application, an internal note, or a mail of the client."""


class SyncStatus(StrEnum):
    """How far the outcome has been written to Zendesk."""

    PENDING = "pending"
    SYNCED = "synced"
    FAILED = "failed"
    NOT_APPLICABLE = "not_applicable"


class AttemptOutcome(StrEnum):
    """How one try of a worker ended."""

    COMPLETED = "completed"
    TRANSIENT_ERROR = "transient_error"
    PERMANENT_ERROR = "permanent_error"
    LOST = "lost"
    """The worker stopped without an answer: killed, timed out, out of memory."""


@dataclass(frozen=True, kw_only=True)
class RetryPolicy:
    """When a job is tried again after a transient error."""

    base: timedelta
    maximum: timedelta

    def delay(self, attempt: int, jitter: float) -> timedelta:
        """The wait after attempt number `attempt` (1, 2, …): base doubled each time, capped.

        `jitter` in [0, 1) spreads the wait over the upper half, so that jobs that failed
        together do not come back together.
        """
        full = min(self.base * (1 << (attempt - 1)), self.maximum)
        return full / 2 + full / 2 * jitter


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One try of a worker at a job."""

    run: int
    number: int
    started_at: datetime
    ended_at: datetime | None
    outcome: AttemptOutcome | None
    error: str | None
