"""Structured logs and metrics, named alike in every function."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit

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


class Reporter:
    """Writes down what happened, as one log line and one count, and what was measured.

    Fields are ids and closed words, never text of a mail. What has a dotted name in the log, such
    as ``job.put_off``, is ``JobPutOff`` as a metric.
    """

    def __init__(self, logger: Logger, collected: Metrics) -> None:
        self._write = {
            logging.INFO: logger.info,
            logging.WARNING: logger.warning,
            logging.ERROR: logger.error,
        }
        self._collected = collected
        self._ids: dict[str, object] = {}

    def __call__(
        self,
        event: str,
        *,
        level: int = logging.INFO,
        by: str | None = None,
        count: int = 1,
        **fields: object,
    ) -> None:
        """`level` is logging's INFO, WARNING or ERROR; `count` is how often it happened.

        `by` names the field that the count is split by too; its values are a closed list, for
        each makes a metric of its own, which is paid for.
        """
        self._write[level](event, extra=self._ids | fields)
        if by is None:
            self.measure(event, count)
        else:
            self._count_by(_metric_name(event), count, {by: str(fields[by])})

    def measure(self, name: str, value: timedelta | int) -> None:
        """Notes a duration in seconds, or a number of things; in the metrics alone."""
        if isinstance(value, timedelta):
            seconds = value.total_seconds()
            self._collected.add_metric(_metric_name(name), MetricUnit.Seconds, seconds)
        else:
            self._collected.add_metric(_metric_name(name), MetricUnit.Count, value)

    @contextmanager
    def concerning(self, **ids: object) -> Iterator[None]:
        """Adds the ids that are not None to every line that the block reports."""
        outer = self._ids
        self._ids = outer | {name: value for name, value in ids.items() if value is not None}
        try:
            yield
        finally:
            self._ids = outer

    def _count_by(self, name: str, count: int, split: dict[str, str]) -> None:
        """One line that counts twice: as part of the whole, and as one of its parts."""
        line = EphemeralMetrics(namespace=NAMESPACE, service=self._collected.service)
        line.set_default_dimensions(**self._collected.default_dimensions)
        line.add_dimensions(service=self._collected.service, **split)
        line.add_metric(name, MetricUnit.Count, count)
        line.flush_metrics()


def _metric_name(dotted: str) -> str:
    return "".join(part.title() for part in dotted.replace("_", ".").split("."))
