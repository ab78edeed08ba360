"""The tables of the model's failures are complete."""

from __future__ import annotations

from typing import Any

import botocore.session
import pytest
from botocore.exceptions import (
    ClientError,
    ConnectTimeoutError,
    ParamValidationError,
    ReadTimeoutError,
)

from functions.worker.second_reader.model_errors import (
    ERROR_CODES,
    STOP_REASONS,
    call_error,
    stop_error,
)
from shared.domain.errors import ModelRefused, ModelUnavailable, PermanentError, TransientError

CONVERSE = (
    botocore.session.get_session().get_service_model("bedrock-runtime").operation_model("Converse")
)


def failed(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "KANARIENVOGEL"}}, "Converse")


def test_the_table_has_every_error_that_botocore_lists_for_converse_and_no_other() -> None:
    assert set(ERROR_CODES) == {shape.name for shape in CONVERSE.error_shapes}


def test_the_table_has_every_stop_reason_that_botocore_lists() -> None:
    shape: Any = CONVERSE.output_shape
    assert set(shape.members["stopReason"].enum) <= set(STOP_REASONS)


def test_whoever_asks_without_right_or_model_is_told_for_good() -> None:
    permanent = {code for code, kind in ERROR_CODES.items() if issubclass(kind, PermanentError)}
    assert permanent == {
        "AccessDeniedException",
        "ValidationException",
        "ResourceNotFoundException",
    }


@pytest.mark.parametrize("code", ["ThrottlingException", "ExpiredTokenException", ""])
def test_throttling_and_codes_unknown_here_are_worth_another_try(code: str) -> None:
    assert isinstance(call_error(failed(code)), TransientError)


@pytest.mark.parametrize(
    "error",
    [ConnectTimeoutError(endpoint_url="x"), ReadTimeoutError(endpoint_url="x")],
    ids=["connect", "read"],
)
def test_a_service_that_does_not_answer_is_unavailable(
    error: ConnectTimeoutError | ReadTimeoutError,
) -> None:
    assert isinstance(call_error(error), ModelUnavailable)


def test_a_malformed_request_of_ours_is_permanent() -> None:
    assert isinstance(call_error(ParamValidationError(report="KANARIENVOGEL")), ModelRefused)


@pytest.mark.parametrize(
    "error", [failed("ValidationException"), ParamValidationError(report="KANARIENVOGEL")]
)
def test_no_word_of_the_service_is_repeated(error: ClientError | ParamValidationError) -> None:
    assert "KANARIENVOGEL" not in str(call_error(error))


@pytest.mark.parametrize("reason", ["guardrail_intervened", "content_filtered", "max_tokens"])
def test_a_refusal_or_a_cut_answer_is_permanent(reason: str) -> None:
    assert isinstance(stop_error(reason), ModelRefused)


def test_a_stop_reason_unknown_here_is_permanent_and_not_repeated() -> None:
    assert isinstance(stop_error("KANARIENVOGEL"), ModelRefused)
    assert "KANARIENVOGEL" not in str(stop_error("KANARIENVOGEL"))
