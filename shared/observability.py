"""Structured logs and metrics, named alike in every function."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from shared.settings import ObservabilitySettings

NAMESPACE = "CreditorMail"


def structured_logger(service: str, settings: ObservabilitySettings) -> Logger:
    """JSON lines on standard output; never the event, never personal data."""
    return Logger(service=service, level=settings.log_level, stage=settings.stage, utc=True)


def metrics(service: str, settings: ObservabilitySettings) -> Metrics:
    """Metrics as log lines in the embedded metric format, by stage and function."""
    collected = Metrics(namespace=NAMESPACE, service=service)
    collected.set_default_dimensions(stage=settings.stage)
    return collected


@contextmanager
def published(collected: Metrics) -> Iterator[None]:
    """Writes out what the block counted, also if it fails; nothing if it counted nothing."""
    try:
        yield
    finally:
        if collected.metric_set:
            collected.flush_metrics()


def reporter(logger: Logger, collected: Metrics) -> Callable[..., None]:
    """Writes down what happened: a dotted event name, as one log line and one count.

    Fields are ids and closed words, never text of a mail. `warns` marks what an operator
    should see.
    """

    def report(event: str, *, warns: bool = False, **fields: object) -> None:
        (logger.warning if warns else logger.info)(event, extra=fields)
        name = "".join(part.title() for part in event.replace("_", ".").split("."))
        collected.add_metric(name=name, unit=MetricUnit.Count, value=1)

    return report
