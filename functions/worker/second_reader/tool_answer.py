"""The tool that the model fills in: its schema, and the one type its input is read into."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
    WithJsonSchema,
)

from functions.worker.reading.mail.clean_text import clean_subject
from shared.domain.extraction import Intent, SettlementDecision

TOOL_NAME = "report_reply"
SET_BY_US = frozenset({"confidence", "extractor", "read_in_full"})
"""The fields of a reading that no model is asked for."""

_MONEY = r"^\d{1,9}\.\d{2}$"
_IS_MONEY = re.compile(_MONEY.strip("^$"))
_LONGEST_QUOTE = 400


def _one_of(members: type[StrEnum]) -> dict[str, Any]:
    return {"type": "string", "enum": [member.value for member in members]}


def _money(value: object) -> Decimal:
    """Money comes as text: a number of JSON may have gone through a float."""
    if not isinstance(value, str) or not _IS_MONEY.fullmatch(value):
        raise ValueError("Money is written like 1234.50.")
    return Decimal(value)


Name = Annotated[
    str, StringConstraints(min_length=2, max_length=200), AfterValidator(clean_subject)
]
Number = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Money = Annotated[
    Decimal, BeforeValidator(_money), WithJsonSchema({"type": "string", "pattern": _MONEY})
]
Currency = Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")]
Quote = Annotated[str, StringConstraints(max_length=_LONGEST_QUOTE)]


class ToolAnswer(BaseModel):
    """The tool's input: the fields of ExtractedReply but for SET_BY_US, and no other.

    `evidence` maps a field's name to the words of the mail, as the model quotes them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    is_creditor_reply: StrictBool
    intent: Annotated[Intent, WithJsonSchema(_one_of(Intent))]
    client_name: Name | None
    creditor_name: Name | None
    representative_name: Name | None
    debt_amount: Money | None
    currency: Currency | None
    principal: Money | None
    interest: Money | None
    costs: Money | None
    reference_numbers: Annotated[list[Number], Field(max_length=50)]
    iban: Number | None
    settlement_decision: (
        Annotated[SettlementDecision, WithJsonSchema(_one_of(SettlementDecision))] | None
    )
    settlement_amount: Money | None
    evidence: dict[str, Quote]


def tool_config() -> dict[str, Any]:
    """The `toolConfig` of a Converse request.

    The tool is offered, not forced: the newest Claude models refuse a forced tool.
    """
    return {
        "tools": [
            {
                "toolSpec": {
                    "name": TOOL_NAME,
                    "description": "Reports what the mail says. Money is written like 1234.50.",
                    "inputSchema": {"json": ToolAnswer.model_json_schema()},
                }
            }
        ]
    }
