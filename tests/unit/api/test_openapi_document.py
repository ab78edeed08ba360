"""The committed OpenAPI document is the application's own."""

from __future__ import annotations

import json
from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute

from functions.api.openapi import openapi_text
from functions.api.routes import inquiries, jobs, reconciliation, status, webhook

COMMITTED = Path("docs/openapi.json")
DOCUMENT: dict[str, Any] = json.loads(openapi_text())
OPERATIONS = {
    f"{method.upper()} {path}": operation
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
}
ROUTES = {
    "POST /api/v1/zendesk/webhook",
    "GET /api/v1/webhook/quarantine",
    "GET /api/v1/jobs",
    "GET /api/v1/jobs/{job_id}",
    "POST /api/v1/jobs/{job_id}/retry",
    "POST /api/v1/admin/reconciliation/trigger",
    "GET /api/v1/admin/reconciliation/reports",
    "POST /api/v1/inquiries",
    "GET /api/v1/inquiries",
    "GET /api/v1/inquiries/{inquiry_id}",
    "PUT /api/v1/inquiries/{inquiry_id}",
    "GET /health",
    "GET /",
}


def test_the_committed_document_is_up_to_date() -> None:
    """To bring it up to date: python -m functions.api.openapi docs/openapi.json."""
    assert COMMITTED.read_text("utf-8") == openapi_text()


def test_the_routes_are_those_of_the_contract() -> None:
    assert set(OPERATIONS) == ROUTES
    assert DOCUMENT["info"]["version"] == "0.3.0"


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_every_route_explains_itself_and_its_errors(operation: dict[str, Any]) -> None:
    assert operation["summary"]
    assert operation["description"].endswith(".")
    for code, answer in operation["responses"].items():
        if int(code) >= 400:
            schema = answer["content"]["application/json"]["schema"]
            assert schema == {"$ref": "#/components/schemas/ErrorAnswer"}


def test_only_routes_that_wait_for_nothing_block_the_event_loop() -> None:
    """Defect 34: work on the database inside of `async def` stopped everybody else."""
    routers = [each.router for each in (inquiries, jobs, reconciliation, status, webhook)]
    routes = [route for router in routers for route in router.routes if isinstance(route, APIRoute)]
    assert len(routes) == len(ROUTES)
    asynchronous = {route.path for route in routes if iscoroutinefunction(route.endpoint)}
    # The webhook hands its work to a thread itself, to be able to leave it behind.
    assert asynchronous == {"/", "/api/v1/zendesk/webhook"}


def test_every_reference_has_its_definition() -> None:
    text = json.dumps(DOCUMENT)
    for part in text.split('"$ref": "')[1:]:
        name = part.split('"', 1)[0].removeprefix("#/components/schemas/")
        assert name in DOCUMENT["components"]["schemas"]
