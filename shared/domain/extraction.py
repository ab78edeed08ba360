"""What a reader found in a reply."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Intent(StrEnum):
    """What the writer wants. Labelling rules: tests/samples/README.md."""

    DEBT_STATEMENT = "debt_statement"
    PAYMENT_PLAN = "payment_plan"
    REJECTION = "rejection"
    INQUIRY = "inquiry"
    AUTO_REPLY = "auto_reply"
    SPAM = "spam"
    BOUNCE = "bounce"
    INTERNAL = "internal"


class SettlementDecision(StrEnum):
    """The answer to a settlement or instalment proposal."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    COUNTER_OFFER = "counter_offer"


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Where a value stands: `quote` is `text[start:end]` of the source it names, verbatim.

    `confidence` is the reader's estimate in 0–1 that the value is right.
    """

    confidence: float
    quote: str
    source: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class ExtractedReply:
    """One reply, read. None means: the mail does not say so. Zero is a value.

    Money is a non-negative Decimal with two places in `currency` (ISO 4217).
    `evidence` maps a field's name to the place it was read from.
    `extractor` is name and version of the rules, such as ``rules@1``. `read_in_full` is false if
    more stands in the mail, or in a file with text, than was looked at; a person reads the rest.
    """

    is_creditor_reply: bool
    intent: Intent
    extractor: str
    confidence: float
    read_in_full: bool = True
    client_name: str | None = None
    creditor_name: str | None = None
    representative_name: str | None = None
    debt_amount: Decimal | None = None
    currency: str | None = None
    principal: Decimal | None = None
    interest: Decimal | None = None
    costs: Decimal | None = None
    reference_numbers: tuple[str, ...] = ()
    iban: str | None = None
    settlement_decision: SettlementDecision | None = None
    settlement_amount: Decimal | None = None
    evidence: dict[str, Evidence] = field(default_factory=dict)
