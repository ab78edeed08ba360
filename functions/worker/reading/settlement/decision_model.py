"""What a mail decides about our proposal, by weights learned from labelled mails."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from functions.worker.reading.language.linear_model import load_model
from functions.worker.reading.language.sentence_model import Sentence
from functions.worker.reading.settlement.decision_features import decision_features
from shared.domain.extraction import SettlementDecision

WEIGHTS = Path(__file__).parent / "decision_weights.json"
NO_DECISION = "none"


def decision_shares(
    said: str, sentences: Sequence[Sentence], quoted: str
) -> dict[SettlementDecision | None, float]:
    """The probability of each decision, and of none, for a mail that says `said`."""
    shares = load_model(WEIGHTS).shares(decision_features(said, sentences, quoted))
    return {
        None if kind == NO_DECISION else SettlementDecision(kind): share
        for kind, share in shares.items()
    }
