"""The jobs: list, one in full, and the operator's retry."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from functions.api.gateway_event import Actor, CorrelationId
from functions.api.parts import TheParts
from functions.api.retry_job import retry_job
from functions.api.routes.pages import DEFAULT_LIMIT, Cursor, Limit
from functions.api.wire.cursor import decode_cursor
from functions.api.wire.errors import error_answers
from functions.api.wire.jobs import JobDetailAnswer, JobListAnswer, RetryAnswer
from shared.domain.errors import JobNotFound
from shared.domain.job import ProcessingStatus
from shared.postgres.job_reads import LARGEST_ID, JobCursor

router = APIRouter(prefix="/api/v1/jobs", tags=["jobs"])
_NOT_FOUND = "There is no job with this id."
_NO_DATABASE = "The database does not answer."


async def _possible_id(job_id: Annotated[int, Path(description="The job's id.")]) -> int:
    if not 0 < job_id <= LARGEST_ID:
        raise JobNotFound
    return job_id


JobId = Annotated[int, Depends(_possible_id)]
Status = Annotated[ProcessingStatus | None, Query(description="Only jobs that stand here.")]


@router.get(
    "",
    summary="List jobs, the newest first",
    responses=error_answers(e422="A query value is wrong.", e503=_NO_DATABASE),
)
def list_jobs(
    parts: TheParts,
    status: Status = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> JobListAnswer:
    """Ordered by `received_at`. `by_status` counts all jobs, whatever the filter."""
    page = parts.job_reads.list_jobs(status, limit, decode_cursor(cursor, JobCursor))
    return JobListAnswer.from_page(page)


@router.get(
    "/{job_id}",
    summary="Show one job with its outcome and its attempts",
    responses=error_answers(e404=_NOT_FOUND, e422="The id is not a number.", e503=_NO_DATABASE),
)
def show_job(parts: TheParts, job_id: JobId) -> JobDetailAnswer:
    """What was read out of the mail, which inquiry it answers and why, and every attempt."""
    return JobDetailAnswer.from_job(parts.job_reads.get_job(job_id))


@router.post(
    "/{job_id}/retry",
    summary="Do a failed job again",
    responses=error_answers(
        e400="The job has not failed, or its mail's content has been erased.",
        e404=_NOT_FOUND,
        e422="The id is not a number.",
        e503=_NO_DATABASE,
    ),
)
def retry(parts: TheParts, job_id: JobId, actor: Actor, request_id: CorrelationId) -> RetryAnswer:
    """A second click does nothing: the job has not failed any more."""
    result = retry_job(
        job_id=job_id,
        actor=actor,
        retries=parts.retries,
        intake=parts.intake,
        queue=parts.queue,
    )
    parts.report("job.retried", request_id=request_id, is_sent=result.is_sent, **vars(result.job))
    return RetryAnswer(
        id=result.job.job_id,
        processing_status=ProcessingStatus.QUEUED,
        retry_count=result.job.retry_count,
        message="The job is queued again."
        if result.is_sent
        else "The job is queued again; the queue does not answer, so it will be sent later.",
    )
