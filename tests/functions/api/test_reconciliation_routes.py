"""Starting the reconciler, and its reports."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError
from sqlalchemy import Connection, text

from functions.api.composition import compose_handler
from functions.api.parts import Parts
from functions.api.reconciler_invocation import reconciler_invocation
from shared.domain.errors import ReconcilerUnavailable
from shared.postgres.database import Database
from shared.postgres.reconciliation_runs import ReconciliationRuns
from tests.functions.api.calls import ACTOR, Answer, Api

TRIGGER = "/api/v1/admin/reconciliation/trigger"
REPORTS = "/api/v1/admin/reconciliation/reports"


def trigger(api: Api) -> Answer:
    return api.call("POST", TRIGGER)


@pytest.fixture
def started() -> list[int]:
    return []


@pytest.fixture
def api(parts: Parts, started: list[int]) -> Api:
    """The API whose Lambda takes every invocation."""
    return Api(compose_handler(replace(parts, start_reconciler=started.append)))


def test_a_trigger_opens_a_run_and_starts_the_reconciler_on_it(
    api: Api, started: list[int], sql: Connection
) -> None:
    answer = trigger(api)
    assert answer.status == 202
    assert answer.json == {"run_id": started[0], "message": "The run has been started."}
    row = sql.execute(text("SELECT status, requested_by, dry_run FROM reconciliation_runs")).one()
    assert tuple(row) == ("requested", ACTOR, False)


def test_a_second_trigger_names_the_run_that_is_under_way(api: Api, started: list[int]) -> None:
    """Defect 27: nothing kept a timer's run and an operator's apart."""
    first, second = trigger(api), trigger(api)
    assert (second.status, second.json["run_id"]) == (202, first.json["run_id"])
    assert "under way already" in second.json["message"]
    assert len(started) == 1


def test_a_reconciler_that_cannot_be_started_is_no_error(parts: Parts, sql: Connection) -> None:
    """Defect 34: the trigger's errors were answered as a success with the error's text in it."""
    answer = trigger(Api(compose_handler(parts)))
    assert answer.status == 202
    assert "the schedule will take this run" in answer.json["message"]
    assert sql.scalar(text("SELECT id FROM reconciliation_runs")) == answer.json["run_id"]


def test_a_dry_run_can_be_asked_for(api: Api, sql: Connection) -> None:
    api.call("POST", TRIGGER, query={"dry_run": "true"})
    assert sql.scalar(text("SELECT dry_run FROM reconciliation_runs")) is True


def test_a_wrong_query_value_is_a_422(api: Api, started: list[int]) -> None:
    assert api.call("POST", TRIGGER, query={"dry_run": "perhaps"}).status == 422
    assert started == []


def test_reports_are_listed_newest_first(api: Api, database: Database) -> None:
    first = trigger(api).json["run_id"]
    runs = ReconciliationRuns(database)
    run = runs.start(lease=timedelta(minutes=2))
    assert run is not None
    runs.finish(run, {"never_sent": {"checked": 2, "healed": 1}})
    second = trigger(api).json["run_id"]
    reports = api.get(REPORTS).json["reports"]
    assert [(report["run_id"], report["status"]) for report in reports] == [
        (second, "requested"),
        (first, "finished"),
    ]
    assert reports[1]["report"] == {"never_sent": {"checked": 2, "healed": 1}}
    assert (reports[0]["report"], reports[0]["requested_by"]) == (None, ACTOR)


@pytest.mark.parametrize("limit", [0, 201, "x"])
def test_a_limit_outside_1_to_200_is_a_422(stranded_api: Api, limit: object) -> None:
    assert stranded_api.get(REPORTS, limit=limit).status == 422


def test_lambda_is_told_the_run_and_not_waited_for() -> None:
    calls: list[dict[str, Any]] = []
    taking = SimpleNamespace(invoke=lambda **call: calls.append(call))
    reconciler_invocation(taking, "reconciler")(7)
    assert json.loads(calls[0].pop("Payload")) == {"run_id": 7}
    assert calls == [{"FunctionName": "reconciler", "InvocationType": "Event"}]


@pytest.mark.parametrize(
    "error",
    [
        ConnectTimeoutError(endpoint_url="x"),
        ClientError({"Error": {"Code": "TooManyRequestsException"}}, "Invoke"),
    ],
)
def test_lambdas_refusals_have_one_name(error: Exception) -> None:
    def refuse(**_call: object) -> None:
        raise error

    with pytest.raises(ReconcilerUnavailable):
        reconciler_invocation(SimpleNamespace(invoke=refuse), "reconciler")(7)
