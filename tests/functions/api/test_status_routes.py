"""Health, the front page, and what every route has in common."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from functions.api.app import create_app
from functions.api.composition import compose_handler
from functions.api.parts import Parts
from functions.api.settings import ApiSettings
from tests.functions.api.calls import Api, proxy_event
from tests.functions.api.surroundings import Clock, composed_parts
from tests.tcp_proxy import tcp_proxy


def test_health_says_so_when_the_database_answers(api: Api) -> None:
    answer = api.get("/health")
    assert (answer.status, answer.json) == (200, {"status": "healthy", "database": "reachable"})


def test_health_says_what_is_wrong_when_it_does_not(
    stranded_settings: ApiSettings, clock: Clock
) -> None:
    """Defect 34: it said "healthy" without asking anything."""
    with tcp_proxy() as server:
        deaf = stranded_settings.model_copy(update={"database_port": server.port})
        with composed_parts(deaf, clock) as parts:
            began = time.monotonic()
            answer = Api(compose_handler(parts)).get("/health")
    assert time.monotonic() - began < 8
    assert answer.status == 503
    assert answer.json == {
        "error": "database_unavailable",
        "detail": "The database cannot be reached or does not answer in time.",
    }


def test_the_front_page_needs_no_database_and_names_the_version(stranded_api: Api) -> None:
    answer = stranded_api.get("/")
    assert answer.json == {
        "message": "Creditor e-mail matcher",
        "version": "0.3.0",
        "status": "running",
    }


def test_the_version_is_the_projects() -> None:
    project = Path("pyproject.toml").read_text("utf-8")
    assert create_app().version == "0.3.0"
    assert 'version = "0.3.0"' in project


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/v1/nothing", 404, "not_found"),
        ("GET", "/api/v1/jobs/", 404, "not_found"),
        ("POST", "/api/v1/zendesk/webhook/", 404, "not_found"),
        ("GET", "/docs", 404, "not_found"),
        ("GET", "/redoc", 404, "not_found"),
        ("GET", "/openapi.json", 404, "not_found"),
        ("GET", "/api/v1/zendesk/webhook", 405, "method_not_allowed"),
        ("DELETE", "/api/v1/jobs", 405, "method_not_allowed"),
        ("PUT", "/api/v1/jobs/1/retry", 405, "method_not_allowed"),
    ],
)
def test_what_is_not_there_has_the_shape_of_every_error(
    stranded_api: Api, method: str, path: str, status: int, code: str
) -> None:
    """A redirect would lose a mail: Zendesk need not follow it."""
    answer = stranded_api.call(method, path)
    assert (answer.status, answer.json["error"]) == (status, code)
    assert set(answer.json) == {"error", "detail"}


READS = ["/api/v1/jobs", "/api/v1/jobs/1", "/api/v1/webhook/quarantine", "/api/v1/inquiries"]


@pytest.mark.parametrize("path", [*READS, "/api/v1/admin/reconciliation/reports"])
def test_without_a_database_every_read_asks_to_come_again(stranded_api: Api, path: str) -> None:
    answer = stranded_api.get(path)
    assert (answer.status, answer.json["error"]) == (503, "database_unavailable")
    assert answer.headers["retry-after"] == "20"


def test_an_error_that_nobody_expected_is_a_500_that_tells_nothing(
    parts: Parts, log: io.StringIO
) -> None:
    """Defect 33: the error's text, SQL and its parameters included, was shown and logged."""

    class BrokenReads:
        def get_job(self, _job_id: int) -> None:
            raise RuntimeError("Kanarienvogel")

    broken = replace(parts, job_reads=cast("Any", BrokenReads()))
    answer = Api(compose_handler(broken)).get("/api/v1/jobs/1")
    assert (answer.status, answer.json["error"]) == (500, "internal_error")
    assert "Kanarienvogel" not in str(answer) + log.getvalue()
    assert '"error_type":"RuntimeError"' in log.getvalue()


TWO_CALLS = """
import json, sys
from types import SimpleNamespace
from functions.api.handler import handler
event = json.loads(sys.stdin.read())
context = SimpleNamespace(function_name="api", memory_limit_in_mb=512,
    invoked_function_arn="arn", aws_request_id="r")
print(json.dumps([handler(event, context)["statusCode"] for _ in range(2)]))
"""


def test_lambdas_entry_point_needs_its_environment_and_nothing_else(settings: ApiSettings) -> None:
    """In a process of its own, as Lambda starts it."""
    fields = settings.model_dump().items()
    environment = {name.upper(): _as_variable(value) for name, value in fields}
    done = subprocess.run(
        [sys.executable, "-c", TWO_CALLS],
        input=json.dumps(proxy_event("GET", "/health")),
        env=environment | {"AWS_DEFAULT_REGION": "eu-central-1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == [200, 200]


def _as_variable(value: object) -> str:
    return str(value.total_seconds() if isinstance(value, timedelta) else value)
