"""Every route of the API, and the right that it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Right(StrEnum):
    """What a caller must be allowed to do; the value is the name in documents and policies."""

    DELIVER = "deliver"
    """To hand in a mail: the body's own signature decides, so the gateway asks for nothing."""

    READ = "read"
    OPERATE = "operate"
    """To change something: retry a job, run the reconciler, write inquiries."""


@dataclass(frozen=True)
class Route:
    """One method on one path; a part of the path in braces stands for any value."""

    method: str
    path: str
    right: Right


WEBHOOK = Route("POST", "/api/v1/zendesk/webhook", Right.DELIVER)
RETRY = Route("POST", "/api/v1/jobs/{job_id}/retry", Right.OPERATE)
TRIGGER = Route("POST", "/api/v1/admin/reconciliation/trigger", Right.OPERATE)
IMPORT = Route("POST", "/api/v1/inquiries", Right.OPERATE)
JOBS = Route("GET", "/api/v1/jobs", Right.READ)

ROUTES = (
    WEBHOOK,
    JOBS,
    Route("GET", "/api/v1/jobs/{job_id}", Right.READ),
    RETRY,
    TRIGGER,
    Route("GET", "/api/v1/admin/reconciliation/reports", Right.READ),
    Route("GET", "/api/v1/inquiries", Right.READ),
    IMPORT,
    Route("GET", "/api/v1/inquiries/{inquiry_id}", Right.READ),
    Route("PUT", "/api/v1/inquiries/{inquiry_id}", Right.OPERATE),
    Route("GET", "/api/v1/webhook/quarantine", Right.READ),
    Route("GET", "/", Right.READ),
    Route("GET", "/health", Right.READ),
)
JOB_ROUTES = tuple(route for route in ROUTES if route.right is not Right.DELIVER)
