"""Jobs as operators see them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field

from functions.api.wire.cursor import encode_cursor
from functions.api.wire.fields import Moment
from shared.domain.job import AttemptOutcome, MatchStatus, ProcessingStatus, Reason, SyncStatus
from shared.postgres.job_reads import JobDetail, JobPage

LONGEST_SUBJECT = 100
EXTRACTED_EXAMPLE = {
    "is_creditor_reply": True,
    "intent": "debt_statement",
    "client_name": "Jürgen Müller",
    "creditor_name": "Sparkasse Lindenau",
    "debt_amount": "8297.48",
    "currency": "EUR",
    "reference_numbers": ["RB-26-0101", "6004 118 220"],
    "confidence": 0.93,
    "read_in_full": True,
    "extractor": "rules@6",
    "evidence": {
        "debt_amount": {
            "confidence": 0.97,
            "quote": "Gesamtforderung 8.297,48 EUR",
            "source": "body",
            "start": 312,
            "end": 340,
        }
    },
}
EXPLANATION_EXAMPLE = {
    "candidates": [
        {
            "inquiry_id": "inq-001",
            "supporting": ["Das Aktenzeichen 6004 118 220 gehört nur zu dieser Anfrage."],
            "contradicting": [],
        }
    ]
}


def shortened(subject: str | None) -> str | None:
    """At most 100 characters; what was cut off is shown by the last one."""
    if subject is None or len(subject) <= LONGEST_SUBJECT:
        return subject
    return subject[: LONGEST_SUBJECT - 1] + "…"


class _FromDomain(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class JobListItem(_FromDomain):
    """One line of the list."""

    id: int
    processing_status: ProcessingStatus
    from_email: str
    subject: Annotated[str | None, Field(max_length=LONGEST_SUBJECT)]
    received_at: Moment
    started_at: Moment | None
    completed_at: Moment | None
    processing_error: str | None


class StatusCounts(BaseModel):
    """How many jobs there are by status, whatever the filter; they sum to all jobs."""

    received: int
    queued: int
    processing: int
    completed: int
    failed: int


class JobListAnswer(BaseModel):
    """`total` counts what the filter lets through; `next_cursor` is null on the last page."""

    total: int
    by_status: StatusCounts
    jobs: list[JobListItem]
    next_cursor: str | None

    @classmethod
    def from_page(cls, page: JobPage) -> Self:
        return cls(
            total=page.total,
            by_status=StatusCounts.model_validate(page.by_status),
            jobs=[
                JobListItem.model_validate({**vars(job), "subject": shortened(job.subject)})
                for job in page.jobs
            ],
            next_cursor=encode_cursor(page.next_cursor) if page.next_cursor else None,
        )


class ErasureCause(StrEnum):
    """Why the content of a mail is gone."""

    RETENTION = "retention"
    """It had been kept for its whole time."""
    REQUEST = "request"
    """The client was erased: sender and subject are gone, too."""


class AttemptAnswer(_FromDomain):
    """One try of a worker; earlier runs are kept."""

    run: int
    number: int
    started_at: Moment
    ended_at: Moment | None
    outcome: AttemptOutcome | None
    error: str | None


class JobDetailAnswer(_FromDomain):
    """A job with its outcome and its history."""

    id: int
    processing_status: ProcessingStatus
    from_email: str
    subject: str | None
    ticket_id: str
    received_at: Moment
    created_at: Moment
    started_at: Moment | None
    completed_at: Moment | None
    processing_time_seconds: Annotated[
        float | None, Field(description="From the run's first attempt to the job's end.")
    ]
    processing_error: str | None
    run: int
    retry_count: Annotated[int, Field(description="Retries by operators.")]
    next_attempt_at: Annotated[
        Moment | None, Field(description="When a queued job is due again after a transient error.")
    ]
    extracted_data: Annotated[
        dict[str, Any] | None,
        Field(
            description="What was read out of the mail; money as decimal texts.",
            examples=[EXTRACTED_EXAMPLE],
        ),
    ]
    match_status: MatchStatus | None
    reason: Reason | None
    matched_inquiry_id: str | None
    match_confidence: Annotated[int | None, Field(ge=0, le=100)]
    match_explanation: Annotated[
        dict[str, Any] | None,
        Field(
            description="What spoke for and against each inquiry that was weighed, best first.",
            examples=[EXPLANATION_EXAMPLE],
        ),
    ]
    attachment_urls: list[str]
    content_erased_at: Annotated[
        Moment | None,
        Field(
            description="When the mail's bodies, headers, files' names and quoted words were"
            " erased. What is empty above may have been there before."
        ),
    ]
    erasure_cause: Annotated[
        ErasureCause | None, Field(description="Set with `content_erased_at`.")
    ]
    sync_status: SyncStatus
    intake_notes: Annotated[
        list[str], Field(description="What had to be assumed about the mail when it came in.")
    ]
    correlation_id: Annotated[
        str, Field(description="Finds the log lines about the job, in every function.")
    ]
    attempts: list[AttemptAnswer]

    @classmethod
    def from_job(cls, job: JobDetail) -> Self:
        urls = [item["url"] for item in job.attachments if item.get("url")]
        fields = vars(job) | {
            "attachment_urls": urls,
            "processing_time_seconds": _processing_time(job),
            "erasure_cause": _erasure_cause(job),
        }
        return cls.model_validate(fields)


def _processing_time(job: JobDetail) -> float | None:
    if job.started_at is None or job.completed_at is None:
        return None
    return round((job.completed_at - job.started_at).total_seconds(), 3)


def _erasure_cause(job: JobDetail) -> ErasureCause | None:
    if job.content_erased_at is None:
        return None
    return ErasureCause.REQUEST if job.envelope_erased_at else ErasureCause.RETENTION


class RetryAnswer(BaseModel):
    """The job after the click."""

    id: int
    processing_status: ProcessingStatus
    retry_count: int
    message: str
