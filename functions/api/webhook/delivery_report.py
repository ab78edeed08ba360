"""Reports what became of a delivery: one event each, without its content."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from functions.api.receive_webhook import ReceivedDelivery
from shared.domain.errors import BodyTooLarge, MatcherError, SignatureRejected

Report = Callable[..., None]
"""Takes a dotted event name and fields; see shared.observability.reporter."""


@contextmanager
def failures_reported(report: Report) -> Iterator[None]:
    """Reports an error that leaves the block, and lets it go on."""
    try:
        yield
    except SignatureRejected as error:
        report("webhook.rejected", cause=error.cause)
        raise
    except BodyTooLarge as error:
        report("webhook.rejected", cause=error.code)
        raise
    except MatcherError as error:
        report("webhook.not_stored", cause=error.code)
        raise


def report_received(report: Report, delivery: ReceivedDelivery) -> None:
    """Reports what became of a delivery whose signature is right."""
    fields = {
        "job_id": delivery.job_id,
        "cause": delivery.cause,
        "notes": delivery.notes,
        "is_sent": delivery.is_sent,
    }
    report(f"webhook.{delivery.status}", **fields)
