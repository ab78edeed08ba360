"""The list of jobs and one job in full."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import Connection, text

from shared.domain.errors import JobNotFound
from shared.domain.job import ProcessingStatus, SyncStatus
from shared.domain.reply import Attachment, Reply
from shared.postgres.database import Database
from shared.postgres.intake import Intake
from shared.postgres.job_reads import SUBJECT_BEGINNING, JobCursor, JobReads

NOON = datetime(2026, 2, 4, 12, tzinfo=UTC)
_numbers = count(1)


def store(database: Database, received_at: datetime = NOON, subject: str = "Re") -> int:
    reply = Reply(
        ticket_id="35436",
        from_email="a@inkasso.example",
        received_at=received_at,
        subject=subject,
        attachments=(Attachment(url="https://x.example/a", filename="a.pdf", size=7),),
    )
    key = next(_numbers).to_bytes(32, "big")
    stored = Intake(database).store_reply(
        reply, dedup_key=key, correlation_id="request-1", notes=("received_at_unreadable",)
    )
    return stored.job_id


def complete(sql: Connection, job_id: int) -> None:
    change = """UPDATE jobs SET processing_status = 'completed', started_at = :noon,
        completed_at = :noon, match_status = 'no_match', reason = 'no_inquiry_fits',
        match_confidence = 0 WHERE id = :id"""
    sql.execute(text(change), {"id": job_id, "noon": NOON})


def all_ids(reads: JobReads, status: ProcessingStatus | None, limit: int) -> list[int]:
    ids: list[int] = []
    after: JobCursor | None = None
    while True:
        page = reads.list_jobs(status, limit, after)
        ids += [job.id for job in page.jobs]
        if page.next_cursor is None:
            return ids
        after = page.next_cursor


def test_an_empty_list_counts_every_status_as_zero(database: Database) -> None:
    page = JobReads(database).list_jobs(None, 50)
    assert page.by_status == dict.fromkeys(ProcessingStatus, 0)
    assert (page.total, page.jobs, page.next_cursor) == (0, (), None)


def test_the_newest_mail_is_first_whatever_the_order_of_arrival(database: Database) -> None:
    hours = [timedelta(hours=hour) for hour in (1, 3, 2)]
    first, last, middle = [store(database, NOON + hour) for hour in hours]
    assert all_ids(JobReads(database), None, 50) == [last, middle, first]


def test_every_job_is_reached_by_pages_also_with_equal_times(database: Database) -> None:
    """Defect 31: there was no way to job 201."""
    stored = [store(database) for _ in range(7)]
    assert all_ids(JobReads(database), None, 3) == stored[::-1]


def test_a_mail_that_comes_between_two_pages_moves_nothing(database: Database) -> None:
    stored = [store(database) for _ in range(4)]
    page = JobReads(database).list_jobs(None, 2)
    store(database, NOON + timedelta(hours=1))
    rest = JobReads(database).list_jobs(None, 2, page.next_cursor)
    assert [job.id for job in page.jobs + rest.jobs] == stored[::-1]


def test_counts_sum_to_the_total_with_and_without_filter(
    database: Database, sql: Connection
) -> None:
    """Defect 31: the counts knew five of ten states."""
    ids = [store(database) for _ in range(5)]
    complete(sql, ids[0])
    everything = JobReads(database).list_jobs(None, 50)
    completed = JobReads(database).list_jobs(ProcessingStatus.COMPLETED, 50)
    assert sum(everything.by_status.values()) == everything.total == 5
    assert completed.by_status == everything.by_status
    assert (completed.total, [job.id for job in completed.jobs]) == (1, [ids[0]])


def test_the_list_reads_only_the_beginning_of_a_subject(database: Database) -> None:
    store(database, subject="ü" * 100_000)
    assert JobReads(database).list_jobs(None, 1).jobs[0].subject == "ü" * SUBJECT_BEGINNING


def test_a_fresh_job_is_shown_without_an_outcome(database: Database) -> None:
    job = JobReads(database).get_job(store(database))
    assert job.processing_status is ProcessingStatus.RECEIVED
    assert job.sync_status is SyncStatus.NOT_APPLICABLE
    assert (job.received_at, job.attempts, job.match_status) == (NOON, (), None)
    assert job.intake_notes == ("received_at_unreadable",)
    assert job.attachments[0]["url"] == "https://x.example/a"


@pytest.mark.parametrize("job_id", [-1, 0, 1, 2**63 - 1, 2**63, 10**30])
def test_an_id_without_a_job_is_not_found(database: Database, job_id: int) -> None:
    """Defect 31: a huge id was an error of the server."""
    with pytest.raises(JobNotFound):
        JobReads(database).get_job(job_id)


def test_the_list_is_asked_of_an_index(sql: Connection) -> None:
    sql.execute(text("SET enable_seqscan = off"))
    for where, index in [("", "jobs_newest_first"), ("WHERE processing_status = 'failed'", "jobs")]:
        question = f"EXPLAIN SELECT id FROM jobs {where} ORDER BY received_at DESC, id DESC LIMIT 3"
        plan = " ".join(sql.scalars(text(question)))
        assert f"using {index}" in plan.lower()
        assert "Sort" not in plan
