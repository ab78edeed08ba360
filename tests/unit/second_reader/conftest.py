"""Answers of a model and readings, of which only the field that matters has to be named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from functions.worker.reading.mail.mail_text import open_mail
from functions.worker.second_reader.grounding import grounded
from functions.worker.second_reader.tool_answer import ToolAnswer
from shared.domain.extraction import Evidence, ExtractedReply, Intent
from tests.factories import a_reply

Ground = Callable[..., ExtractedReply]
AReading = Callable[..., ExtractedReply]

NOTHING: dict[str, Any] = {
    "is_creditor_reply": True,
    "intent": "debt_statement",
    "client_name": None,
    "creditor_name": None,
    "representative_name": None,
    "debt_amount": None,
    "currency": None,
    "principal": None,
    "interest": None,
    "costs": None,
    "reference_numbers": [],
    "iban": None,
    "settlement_decision": None,
    "settlement_amount": None,
    "evidence": {},
}


@pytest.fixture
def tool_input() -> Callable[..., dict[str, Any]]:
    return lambda **fields: NOTHING | fields


@pytest.fixture
def ground() -> Ground:
    """What is left of an answer beside a mail with this body; `mail` holds its other fields."""

    def keep(body: str, mail: dict[str, Any] | None = None, **answer: Any) -> ExtractedReply:
        reply = a_reply(body_text=body, **(mail or {}))
        tool = ToolAnswer.model_validate(NOTHING | answer)
        return grounded(tool, reply, open_mail(reply), extractor="bedrock:model")

    return keep


@pytest.fixture
def a_reading() -> AReading:
    """A reading of the rules; every value named has evidence of the given `sure`."""

    def build(extractor: str = "rules@1", sure: float = 0.9, **fields: Any) -> ExtractedReply:
        place = Evidence(confidence=sure, quote="…", source="body", start=0, end=1)
        unproven = {"is_creditor_reply", "intent", "confidence", "currency"}
        values: dict[str, Any] = {
            "is_creditor_reply": True,
            "intent": Intent.DEBT_STATEMENT,
            "confidence": 0.9,
            "evidence": {name: place for name in fields if name not in unproven},
        }
        return ExtractedReply(extractor=extractor, **(values | fields))

    return build
