"""Runs of the reconciler as operators see them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field

from functions.api.trigger_reconciliation import TriggeredRun
from functions.api.wire.fields import Moment
from shared.postgres.reconciliation_runs import ReconciliationReport


class TriggerAnswer(BaseModel):
    """The run to look for among the reports."""

    run_id: int
    message: str

    @classmethod
    def from_run(cls, run: TriggeredRun) -> Self:
        if not run.is_new:
            message = "A run is under way already; this is its id."
        elif run.is_started:
            message = "The run has been started."
        else:
            message = "The reconciler could not be started; the schedule will take this run."
        return cls(run_id=run.run_id, message=message)


class ReportAnswer(BaseModel):
    """One run; `report` is null until it has finished."""

    model_config = ConfigDict(from_attributes=True)

    run_id: int
    status: str
    dry_run: bool
    requested_by: str
    requested_at: Moment
    started_at: Moment | None
    finished_at: Moment | None
    report: Annotated[
        dict[str, Any] | None, Field(description="How many were checked and healed, per kind.")
    ]


class ReportListAnswer(BaseModel):
    """The newest runs first."""

    reports: list[ReportAnswer]

    @classmethod
    def from_reports(cls, reports: Iterable[ReconciliationReport]) -> Self:
        return cls(reports=[ReportAnswer.model_validate(report) for report in reports])
