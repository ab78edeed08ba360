"""The tool's schema and the reading have the same fields."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from functions.worker.second_reader.tool_answer import SET_BY_US, ToolAnswer, tool_config
from shared.domain.extraction import ExtractedReply, Intent, SettlementDecision

SCHEMA: dict[str, Any] = tool_config()["tools"][0]["toolSpec"]["inputSchema"]["json"]
ToolInput = Callable[..., dict[str, Any]]


def test_the_tool_asks_for_every_field_of_a_reading_that_is_not_set_by_us() -> None:
    assert set(SCHEMA["properties"]) | SET_BY_US == {field.name for field in fields(ExtractedReply)}
    assert not set(SCHEMA["properties"]) & SET_BY_US


def test_every_field_is_required_and_no_other_allowed() -> None:
    assert set(SCHEMA["required"]) == set(SCHEMA["properties"])
    assert SCHEMA["additionalProperties"] is False


def test_the_schema_stands_on_its_own_without_references() -> None:
    assert "$" not in json.dumps(SCHEMA).replace("{2}$", "").replace("{3}$", "")


def test_the_closed_lists_are_those_of_the_domain() -> None:
    decision = SCHEMA["properties"]["settlement_decision"]["anyOf"][0]
    assert SCHEMA["properties"]["intent"]["enum"] == list(Intent)
    assert decision["enum"] == list(SettlementDecision)


def test_money_is_read_as_decimal_from_text(tool_input: ToolInput) -> None:
    answer = ToolAnswer.model_validate(tool_input(debt_amount="0.00", costs="8297.48"))
    assert (answer.debt_amount, answer.costs) == (Decimal("0.00"), Decimal("8297.48"))


def test_the_tool_is_offered_and_not_forced() -> None:
    assert "toolChoice" not in tool_config()


@pytest.mark.parametrize(
    "wrong",
    [
        {"debt_amount": 120.5},
        {"debt_amount": "1.200,00"},
        {"debt_amount": "-5.00"},
        {"debt_amount": "NaN"},
        {"intent": "pay_now"},
        {"is_creditor_reply": "yes"},
        {"reference_numbers": "A-1"},
        {"currency": "Euro"},
        {"confidence": 1.0},
        {"evidence": None},
    ],
    ids=str,
)
def test_input_of_another_shape_is_refused(wrong: dict[str, Any], tool_input: ToolInput) -> None:
    with pytest.raises(ValidationError):
        ToolAnswer.model_validate(tool_input(**wrong))
