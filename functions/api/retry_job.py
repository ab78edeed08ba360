"""Use case: an operator has a failed job done again."""

from __future__ import annotations

from dataclasses import dataclass

from functions.api.send_job import send_job
from shared.messages import JobMessage
from shared.postgres.intake import Intake
from shared.postgres.retries import RetriedJob, Retries
from shared.sqs import JobQueue


@dataclass(frozen=True, kw_only=True)
class Retry:
    """`is_sent` is False when the reconciler has to send the job."""

    job: RetriedJob
    is_sent: bool


def retry_job(
    *, job_id: int, actor: str, retries: Retries, intake: Intake, queue: JobQueue
) -> Retry:
    """A new run of the job, noted with the actor's name (an ARN). Two clicks make one retry.

    Raises JobNotFound, JobNotFailed, ContentErased, DatabaseUnavailable. A queue that refuses is
    no error.
    """
    job = retries.retry(job_id, actor)
    message = JobMessage(job.job_id, job.run, job.correlation_id)
    return Retry(job=job, is_sent=send_job(message, queue=queue, mark=intake.mark_queued))
