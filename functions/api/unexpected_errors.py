"""The outermost catch: whatever nobody expected is still answered as the contract says."""

from __future__ import annotations

import traceback
from http import HTTPStatus

from aws_lambda_powertools import Logger
from starlette.types import ASGIApp, Receive, Scope, Send

from functions.api.http_errors import error_response

DEEPEST_FRAMES = 5


class AnswerUnexpectedErrors:
    """ASGI middleware: 503 where the sender should try again (`retried_paths`), else 500.

    Logs types and places but no messages: those of a driver or parser quote what they were given.
    """

    def __init__(self, app: ASGIApp, retried_paths: frozenset[str]) -> None:
        self._app = app
        self._retried_paths = retried_paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        except Exception as error:  # noqa: BLE001  # The edge: nothing may pass it.
            _log(scope["app"].state.parts.logger, error)
            retried = scope["path"] in self._retried_paths
            await _answer(is_retried=retried)(scope, receive, send)


def _answer(*, is_retried: bool) -> ASGIApp:
    if is_retried:
        status, code = HTTPStatus.SERVICE_UNAVAILABLE, "temporarily_unavailable"
        return error_response(status, code, "Something went wrong; send the same again.")
    status, code = HTTPStatus.INTERNAL_SERVER_ERROR, "internal_error"
    return error_response(status, code, "Something went wrong; the log has the details.")


def _log(logger: Logger, error: Exception) -> None:
    frames = traceback.extract_tb(error.__traceback__)[-DEEPEST_FRAMES:]
    logger.error(
        "request.crashed",
        error_type=type(error).__name__,
        frames=[f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    )
