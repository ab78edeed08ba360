"""Zendesk's webhook, and the deliveries that could not become a job."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import anyio
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from functions.api.gateway_event import CorrelationId
from functions.api.http_errors import error_response
from functions.api.parts import Parts, TheParts
from functions.api.receive_webhook import ReceivedDelivery, receive_webhook
from functions.api.routes.pages import DEFAULT_LIMIT, Cursor, Limit
from functions.api.webhook.delivery_report import (
    failures_reported,
    report_not_stored,
    report_received,
)
from functions.api.webhook.signature import SIGNATURE_HEADER, TIMESTAMP_HEADER, SignedRequest
from functions.api.wire.cursor import decode_cursor, encode_cursor
from functions.api.wire.errors import error_answers
from functions.api.wire.openapi_bodies import signed_json_body
from functions.api.wire.webhook import QuarantineAnswer, WebhookAnswer, WebhookBody
from shared.domain.errors import BodyTooLarge, SignatureRejected

WEBHOOK_PATH = "/api/v1/zendesk/webhook"

_LONGEST_SIZE = 18

router = APIRouter(tags=["webhook"])


@router.post(
    WEBHOOK_PATH,
    summary="Take a reply in",
    response_model=WebhookAnswer,
    responses=error_answers(
        e401="Not signed by the configured webhook, or the time is over five minutes off.",
        e413="The body is over the size limit.",
        e503="It could not be stored; send it again after the seconds of Retry-After.",
    ),
    openapi_extra=signed_json_body(WebhookBody, SIGNATURE_HEADER, TIMESTAMP_HEADER),
)
async def receive(
    request: Request, parts: TheParts, correlation_id: CorrelationId
) -> WebhookAnswer | JSONResponse:
    """Answers 200 to every rightly signed delivery that is stored, also if it is unreadable.

    The signature is base64 of HMAC-SHA256 over the timestamp header and the raw body.
    """
    with failures_reported(parts.report):
        signed = await _signed_request(request, parts.webhook_max_bytes)
        delivery = await _in_time(
            partial(_take_in, signed, parts, correlation_id), parts.answer_within
        )
    if delivery is None:
        report_not_stored(parts.report, "overdue")
        return error_response(503, "temporarily_unavailable", "It took too long; send it again.")
    report_received(parts.report, delivery, request_id=correlation_id)
    return WebhookAnswer.from_delivery(delivery)


async def _signed_request(request: Request, max_bytes: int) -> SignedRequest:
    signature = request.headers.get(SIGNATURE_HEADER, "")
    timestamp = request.headers.get(TIMESTAMP_HEADER, "")
    # Before the size: whoever names no signature is a stranger, however much is sent.
    if not (signature and timestamp):
        raise SignatureRejected("headers_missing")
    announced = request.headers.get("content-length", "")
    # Compared by length first: Python does not read numbers of thousands of digits.
    if len(announced) > _LONGEST_SIZE or (announced.isdecimal() and int(announced) > max_bytes):
        raise BodyTooLarge
    body = await request.body()
    if len(body) > max_bytes:
        raise BodyTooLarge
    return SignedRequest(signature=signature, timestamp=timestamp, body=body)


async def _in_time(
    work: Callable[[], ReceivedDelivery], within: timedelta
) -> ReceivedDelivery | None:
    """None if it takes too long.

    The thread goes on; if it stores the mail after all, the next delivery is a duplicate.
    """
    with anyio.move_on_after(within.total_seconds()):
        return await anyio.to_thread.run_sync(work, abandon_on_cancel=True)
    return None


def _take_in(signed: SignedRequest, parts: Parts, correlation_id: str) -> ReceivedDelivery:
    return receive_webhook(
        request=signed,
        now=parts.clock(),
        window=parts.webhook_window,
        secrets=parts.secrets,
        intake=parts.intake,
        quarantine=parts.quarantine,
        queue=parts.queue,
        correlation_id=correlation_id,
    )


@router.get(
    "/api/v1/webhook/quarantine",
    summary="List the deliveries that could not become a job",
    responses=error_answers(e422="A query value is wrong.", e503="The database does not answer."),
)
def list_quarantine(
    parts: TheParts, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> QuarantineAnswer:
    """Unreadable ones were acknowledged, stale ones refused; both are kept as they came."""
    page = parts.quarantine.list_page(limit, decode_cursor(cursor, int))
    next_cursor = encode_cursor(page.next_after) if page.next_after else None
    return QuarantineAnswer.from_page(page, next_cursor)
