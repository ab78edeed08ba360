"""Reports what became of a delivery: one event each, without its content."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from functions.api.receive_webhook import DeliveryStatus, ReceivedDelivery
from shared.domain.errors import BodyTooLarge, MatcherError, SignatureRejected
from shared.observability import Reporter


@contextmanager
def failures_reported(report: Reporter) -> Iterator[None]:
    """Reports an error that leaves the block, and lets it go on."""
    try:
        yield
    except SignatureRejected as error:
        report("webhook.rejected", by="cause", cause=error.cause)
        raise
    except BodyTooLarge as error:
        report("webhook.rejected", by="cause", cause=error.code)
        raise
    except MatcherError as error:
        report_not_stored(report, error.code)
        raise


def report_not_stored(report: Reporter, cause: str) -> None:
    """Reports a delivery that the sender is asked for again."""
    report("webhook.not_stored", level=logging.WARNING, by="cause", cause=cause)


def report_received(report: Reporter, delivery: ReceivedDelivery, *, request_id: str) -> None:
    """Reports what became of a delivery whose signature is right.

    A duplicate is a line about the first delivery's job, under that one's correlation id.
    """
    event = f"webhook.{delivery.status}"
    if delivery.status is DeliveryStatus.QUARANTINED:
        report(event, level=logging.WARNING, by="cause", cause=delivery.cause)
    elif delivery.job_id is None:
        report(event)
    else:
        report(
            event,
            job_id=delivery.job_id,
            correlation_id=delivery.correlation_id,
            request_id=request_id,
            notes=delivery.notes,
            is_sent=delivery.is_sent,
        )
