"""What one call of the model may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ReadingBudget:
    """`max_input_characters` of the mail; `max_output_tokens`, a model's thinking included."""

    max_input_characters: int
    max_output_tokens: int
