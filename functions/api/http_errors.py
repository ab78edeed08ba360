"""One table says which error is which HTTP status; every error has the same shape."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from functions.api.wire.errors import ErrorAnswer
from functions.api.wire.plain_problems import plain_words
from shared.domain import errors

RETRY_AFTER_SECONDS = 20
"""Zendesk tries a 503 again only if this is given, and less than 60."""

STATUS: dict[type[errors.MatcherError], HTTPStatus] = {
    errors.DatabaseUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.DatabaseRefused: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.QueueUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.MailServiceUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.SecretUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.ReconcilerUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.ModelUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.CandidateErased: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.JobNotFound: HTTPStatus.NOT_FOUND,
    errors.JobNotFailed: HTTPStatus.BAD_REQUEST,
    errors.ContentErased: HTTPStatus.BAD_REQUEST,
    errors.InquiryNotFound: HTTPStatus.NOT_FOUND,
    errors.InquiryRejected: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.InquiryErased: HTTPStatus.GONE,
    errors.SignatureRejected: HTTPStatus.UNAUTHORIZED,
    errors.TimestampOutsideWindow: HTTPStatus.UNAUTHORIZED,
    errors.BodyTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    # Only the worker, the notifier and the eraser raise these.
    errors.ErasureRefused: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.MailEncrypted: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.ModelRefused: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.MailLoop: HTTPStatus.INTERNAL_SERVER_ERROR,
}


def answer_errors(app: FastAPI) -> None:
    """Gives `app` the one shape for errors of ours, of validation and of HTTP itself."""
    app.add_exception_handler(errors.MatcherError, _matcher_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)


def error_response(
    status: int, code: str, detail: str, headers: dict[str, str] | None = None
) -> JSONResponse:
    """The one shape; a 503 asks the caller to come again."""
    body = ErrorAnswer(error=code, detail=detail).model_dump()
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers = {"Retry-After": str(RETRY_AFTER_SECONDS)} | (headers or {})
    return JSONResponse(body, status_code=status, headers=headers)


async def _matcher_error(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, errors.MatcherError):
        raise error
    status = STATUS.get(type(error), HTTPStatus.INTERNAL_SERVER_ERROR)
    return error_response(status, error.code, str(error))


async def _validation_error(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    detail = " ".join(_problem(each) for each in error.errors())
    return error_response(HTTPStatus.UNPROCESSABLE_ENTITY, "validation_failed", detail)


async def _http_error(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    status = HTTPStatus(error.status_code)
    code = status.name.lower()
    return error_response(status, code, f"{status.phrase}.", dict(error.headers or {}))


def _problem(each: Mapping[str, Any]) -> str:
    """Such as "The query value limit …"; an unknown field's name is the sender's, so left out."""
    where, *names = each["loc"]
    if each["type"] == "extra_forbidden":
        return f"The {where} has a field that is not known."
    field = f" value {names[0]}" if names and isinstance(names[0], str) else ""
    return f"The {where}{field} {plain_words(each)}."
