"""The one place where the eraser is put together."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.eraser.answer import answered, refused
from functions.eraser.erase_client import ErasureParts, erase_client
from functions.eraser.erasure_request import read_request
from functions.eraser.settings import EraserSettings
from shared.domain.errors import MatcherError
from shared.observability import Reporter, metrics, published, structured_logger
from shared.postgres.client_erasure import ClientErasure
from shared.postgres.database import Database

Eraser = Callable[[dict[str, Any], LambdaContext], dict[str, Any]]


def compose(settings: EraserSettings, database: Database) -> Eraser:
    """The Lambda handler over all real parts."""
    logger = structured_logger("eraser", settings)
    counts = metrics("eraser", settings)
    parts = ErasureParts(
        erasure=ClientErasure(database),
        backups_kept_for=settings.backup_retention_seconds,
        logs_kept_for=settings.log_retention_seconds,
        stage=settings.stage,
        report=Reporter(logger, counts),
    )

    @logger.inject_lambda_context(clear_state=True, log_event=False)
    def work(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
        call = context.aws_request_id
        with published(counts):
            try:
                request = read_request(event)
                return answered(erase_client(request, invocation=call, parts=parts))
            except MatcherError as error:
                parts.report("erasure.refused", level=logging.WARNING, cause=error.code)
                return refused(error)

    return work
