"""Which failure of the model is transient and which permanent, decided by two tables."""

from __future__ import annotations

from botocore.exceptions import BotoCoreError, ClientError, ParamValidationError

from shared.domain.errors import MatcherError, ModelRefused, ModelUnavailable

ERROR_CODES: dict[str, type[MatcherError]] = {
    "ThrottlingException": ModelUnavailable,
    "ModelTimeoutException": ModelUnavailable,
    "ModelNotReadyException": ModelUnavailable,
    "InternalServerException": ModelUnavailable,
    "ServiceUnavailableException": ModelUnavailable,
    "ModelErrorException": ModelUnavailable,
    "AccessDeniedException": ModelRefused,
    "ValidationException": ModelRefused,
    "ResourceNotFoundException": ModelRefused,
}
"""Every error that botocore's model lists for Converse. Any other, such as an expired session
token, counts as transient."""

STOP_REASONS: dict[str, type[MatcherError] | None] = {
    "tool_use": None,
    "end_turn": None,
    "stop_sequence": None,
    # The next answer is drawn anew, so a slip of form need not come again.
    "malformed_model_output": ModelUnavailable,
    "malformed_tool_use": ModelUnavailable,
    # The same mail under the same budget and the same filters would end in the same way.
    "max_tokens": ModelRefused,
    "model_context_window_exceeded": ModelRefused,
    "guardrail_intervened": ModelRefused,
    "content_filtered": ModelRefused,
    "refusal": ModelRefused,
}
"""Why the model stopped; None means that its answer can be read. A reason unknown here is
permanent: nothing is known of what the answer is worth."""


def call_error(error: ClientError | BotoCoreError) -> MatcherError:
    """The product's error for a failed call; its text holds a code, never words of the mail."""
    if isinstance(error, ClientError):
        code = error.response.get("Error", {}).get("Code", "unknown")
        kind = ERROR_CODES.get(code, ModelUnavailable)
        return kind(f"The language model's service answered {code}.")
    if isinstance(error, ParamValidationError):
        return ModelRefused("The request to the language model is malformed.")
    name = type(error).__name__
    return ModelUnavailable(f"The language model's service did not answer: {name}.")


def stop_error(stop_reason: str) -> MatcherError | None:
    """The product's error for an answer that ended in `stop_reason`; None if it can be read."""
    known = stop_reason in STOP_REASONS
    kind = STOP_REASONS[stop_reason] if known else ModelRefused
    shown = stop_reason if known else "an unknown reason"
    return kind(f"The language model gave no whole answer: {shown}.") if kind else None
