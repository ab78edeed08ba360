"""Looking for stuck jobs: start it, and see what it found."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from functions.api.gateway_event import Actor
from functions.api.parts import TheParts
from functions.api.routes.pages import DEFAULT_LIMIT, Limit
from functions.api.trigger_reconciliation import trigger_reconciliation
from functions.api.wire.errors import error_answers
from functions.api.wire.reconciliation import ReportListAnswer, TriggerAnswer

router = APIRouter(prefix="/api/v1/admin/reconciliation", tags=["reconciliation"])
_NO_DATABASE = "The database does not answer."


@router.post(
    "/trigger",
    status_code=202,
    summary="Look for stuck jobs now",
    responses=error_answers(e422="A query value is wrong.", e503=_NO_DATABASE),
)
def trigger(
    parts: TheParts,
    actor: Actor,
    *,
    dry_run: Annotated[bool, Query(description="Only count what would be healed.")] = False,
) -> TriggerAnswer:
    """Answers at once. If a run is under way, that one's id is given and nothing is started."""
    run = trigger_reconciliation(
        actor=actor,
        lease=parts.reconciliation_lease,
        dry_run=dry_run,
        runs=parts.runs,
        start=parts.start_reconciler,
    )
    parts.report("reconciliation.requested", **vars(run))
    return TriggerAnswer.from_run(run)


@router.get(
    "/reports",
    summary="List what the runs found",
    responses=error_answers(e422="A query value is wrong.", e503=_NO_DATABASE),
)
def list_reports(parts: TheParts, limit: Limit = DEFAULT_LIMIT) -> ReportListAnswer:
    """The newest runs first, those under way included."""
    return ReportListAnswer.from_reports(parts.runs.list_reports(limit))
