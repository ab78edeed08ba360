"""What is reported: one line for people, one count for alarms, and never a metric per job."""

from __future__ import annotations

import io
import json
import logging
from datetime import timedelta
from typing import Any

import pytest

from shared.observability import NAMESPACE, Reporter, metrics, published, structured_logger
from shared.settings import ObservabilitySettings
from tests.emitted_metrics import Emitted, emitted_metrics

SETTINGS = ObservabilitySettings(stage="local", log_level="INFO")


@pytest.fixture
def log() -> io.StringIO:
    stream = io.StringIO()
    logger = structured_logger("worker", SETTINGS)
    logger.registered_handler.setStream(stream)  # type: ignore[attr-defined]
    return stream


@pytest.fixture
def report(log: io.StringIO) -> Reporter:
    del log
    return Reporter(structured_logger("worker", SETTINGS), metrics("worker", SETTINGS))


def _lines(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def _published(capsys: pytest.CaptureFixture[str]) -> set[Emitted]:
    with published(metrics("worker", SETTINGS)):
        pass
    return emitted_metrics(capsys.readouterr().out)


def test_an_event_is_a_line_and_a_count(
    report: Reporter, log: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    report("job.lease_lost", job_id=7)
    [line] = _lines(log)
    assert (line["message"], line["level"], line["job_id"]) == ("job.lease_lost", "INFO", 7)
    own = {"service": "worker", "stage": "local"}
    assert _published(capsys) == {Emitted.of(NAMESPACE, "JobLeaseLost", "Count", own)}


def test_a_count_that_is_split_counts_as_the_whole_and_as_its_part(
    report: Reporter, capsys: pytest.CaptureFixture[str]
) -> None:
    report("job.failed", by="cause", cause="mail_encrypted", job_id=7)
    own = {"service": "worker", "stage": "local"}
    assert _published(capsys) == {
        Emitted.of(NAMESPACE, "JobFailed", "Count", own),
        Emitted.of(NAMESPACE, "JobFailed", "Count", own | {"cause": "mail_encrypted"}),
    }


def test_what_happened_several_times_at_once_counts_so_often(
    report: Reporter, capsys: pytest.CaptureFixture[str]
) -> None:
    report("content.erased", count=3, by="kind", kind="mail_content")
    report("job.lease_lost", count=2)
    with published(metrics("worker", SETTINGS)):
        pass
    split, whole = map(json.loads, capsys.readouterr().out.splitlines())
    assert split["ContentErased"] == [3.0]
    assert whole["JobLeaseLost"] == [2.0]


def test_a_duration_is_measured_in_seconds_and_a_number_counted(
    report: Reporter, capsys: pytest.CaptureFixture[str]
) -> None:
    report.measure("job.wait_time", timedelta(minutes=2))
    report.measure("open_jobs", 3)
    with published(metrics("worker", SETTINGS)):
        pass
    written = capsys.readouterr().out
    assert (json.loads(written)["JobWaitTime"], json.loads(written)["OpenJobs"]) == ([120.0], [3.0])
    assert {metric.unit for metric in emitted_metrics(written)} == {"Seconds", "Count"}


def test_ids_of_an_inner_block_replace_the_outer_ones_until_it_ends(
    report: Reporter, log: io.StringIO
) -> None:
    with report.concerning(job_id=7, correlation_id=None):
        with report.concerning(correlation_id="inner"):
            report("job.lease_lost")
        report("job.lease_lost", correlation_id="its own")
    report("job.lease_lost")
    seen = [(line.get("job_id"), line.get("correlation_id")) for line in _lines(log)]
    assert seen == [(7, "inner"), (7, "its own"), (None, None)]


@pytest.mark.parametrize("level", [logging.INFO, logging.WARNING, logging.ERROR])
def test_a_line_has_the_level_it_was_given(level: int, report: Reporter, log: io.StringIO) -> None:
    report("message.failed", level=level)
    assert _lines(log)[0]["level"] == logging.getLevelName(level)
