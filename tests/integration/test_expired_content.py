"""Content goes when its time is over; the outcome, the numbers and the envelope stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, text

from functions.worker.extracted_data import extracted_data
from shared.domain.errors import ContentErased
from shared.domain.extraction import Evidence, ExtractedReply, Intent
from shared.domain.job import AttemptOutcome
from shared.domain.matching import CandidateExplanation, MatchDecision
from shared.domain.reply import Attachment
from shared.postgres.database import Database
from shared.postgres.expired_content import _DUE, ExpiredContent, Expiry
from shared.postgres.finishing import Finishing
from shared.postgres.intake import Intake
from shared.postgres.job_reads import JobReads
from shared.postgres.leasing import Leasing, NothingToDo
from shared.postgres.quarantine import Quarantine, QuarantineKind
from shared.postgres.retries import Retries
from tests.factories import (
    LEASE,
    a_claim,
    a_decision,
    a_reply,
    claimed_job,
    queued_job,
    stored_inquiry,
    stored_job,
)
from tests.racing import race

AGE = timedelta(days=180)
CANARY = "Kanarienvogel"
CONTENT: dict[str, Any] = {
    "body_text": f"Die Forderung, {CANARY}",
    "body_html": f"<p>{CANARY}</p>",
    "headers": {"x-canary": CANARY},
    "attachments": (
        Attachment(filename=f"{CANARY}.pdf", url=f"https://files.example/{CANARY}", size=7),
    ),
}
EXTRACTED = ExtractedReply(
    is_creditor_reply=True,
    intent=Intent.DEBT_STATEMENT,
    extractor="rules@2",
    confidence=0.9,
    client_name=CANARY,
    creditor_name="Nordlicht Energie GmbH",
    debt_amount=Decimal("120.00"),
    currency="EUR",
    reference_numbers=("NE-4471-88",),
    iban=f"DE{CANARY}",
    evidence={
        "debt_amount": Evidence(
            confidence=0.97, quote=CANARY, source=f"attachment:{CANARY}.pdf", start=1, end=9
        )
    },
)


def completed_job(database: Database, **fields: Any) -> int:
    inquiry = stored_inquiry(database)
    job = claimed_job(database, **CONTENT | fields)
    Finishing(database).complete(
        job,
        decision=MatchDecision(
            **vars(a_decision(inquiry.id))
            | {
                "candidates": (
                    CandidateExplanation(
                        inquiry_id=inquiry.id, supporting=(CANARY,), contradicting=(CANARY,)
                    ),
                )
            }
        ),
        extracted_data=extracted_data(EXTRACTED),
        claim=a_claim(inquiry.id, Decimal("120.00")),
    )
    return job.job_id


def failed_job(database: Database) -> int:
    job = claimed_job(database, **CONTENT)
    Finishing(database).fail(job, outcome=AttemptOutcome.PERMANENT_ERROR, error="No.")
    return job.job_id


def end(sql: Connection, *, days_ago: int, job_id: int | None = None) -> None:
    sql.execute(
        text("""UPDATE jobs SET completed_at = now() - make_interval(days => :days)
            WHERE completed_at IS NOT NULL AND id = COALESCE(:id, id)"""),
        {"days": days_ago, "id": job_id},
    )


def erase(database: Database, kind: Expiry = Expiry.MAIL_CONTENT, limit: int = 10) -> int:
    return ExpiredContent(database).erase(kind, age=AGE, limit=limit)


def everything(sql: Connection, *tables: str) -> str:
    """All rows as text, bytes decoded where they can be."""
    rows = [sql.execute(text(f"SELECT to_jsonb(t)::text FROM {t} AS t")) for t in tables]
    return "\n".join(row for result in rows for row in result.scalars())


def test_nothing_the_mail_said_is_left_but_its_envelope(
    database: Database, sql: Connection
) -> None:
    completed_job(database)
    assert CANARY in everything(sql, "jobs")
    end(sql, days_ago=181)
    assert erase(database) == 1
    assert CANARY not in everything(sql, "jobs", "replies", "attempts", "claim_revisions")
    envelope = sql.execute(text("SELECT from_email, subject, ticket_id FROM replies")).one()
    assert tuple(envelope) == ("mahnung@nordlicht-energie.example", "Ihr Schreiben", "70500")


def test_outcome_amounts_and_references_stay(database: Database, sql: Connection) -> None:
    job_id = completed_job(database)
    before = JobReads(database).get_job(job_id)
    end(sql, days_ago=181)
    erase(database)
    after = JobReads(database).get_job(job_id)
    assert after.content_erased_at is not None
    assert after.extracted_data == extracted_data(EXTRACTED) | {
        "client_name": None,
        "iban": None,
        "evidence": {"debt_amount": {"confidence": 0.97}},
    }
    assert before.match_explanation is not None
    weighed = before.match_explanation["candidates"][0]["inquiry_id"]
    assert after.match_explanation == {
        "candidates": [{"inquiry_id": weighed, "supporting": [], "contradicting": []}]
    }
    same = ("match_status", "reason", "matched_inquiry_id", "match_confidence", "attempts")
    assert [getattr(before, name) for name in same] == [getattr(after, name) for name in same]
    assert sql.scalar(text("SELECT amount FROM claim_revisions")) == Decimal("120.00")


@pytest.mark.parametrize(
    "stored", ["null", "{}", "[]", '"x"', '{"evidence": 7, "new": "Kanarienvogel"}']
)
def test_whatever_was_stored_is_erased_and_what_nobody_listed_goes(
    stored: str, database: Database, sql: Connection
) -> None:
    completed_job(database)
    end(sql, days_ago=181)
    odd = "extracted_data = CAST(:odd AS jsonb), match_explanation = CAST(:odd AS jsonb)"
    sql.execute(text(f"UPDATE jobs SET {odd}"), {"odd": stored})
    assert erase(database) == 1
    assert CANARY not in everything(sql, "jobs")


def test_a_failed_jobs_content_goes_too_and_its_error_stays(
    database: Database, sql: Connection
) -> None:
    job_id = failed_job(database)
    end(sql, days_ago=181)
    assert erase(database) == 1
    assert JobReads(database).get_job(job_id).processing_error == "No."
    assert CANARY not in everything(sql, "jobs", "replies")


def test_what_has_not_ended_or_not_long_enough_ago_is_left_alone(
    database: Database, sql: Connection
) -> None:
    completed_job(database)
    end(sql, days_ago=179)
    for unfinished in (stored_job, queued_job, claimed_job):
        unfinished(database)
    sql.execute(text("UPDATE jobs SET created_at = now() - interval '2 years'"))
    expired = ExpiredContent(database)
    assert expired.count(Expiry.MAIL_CONTENT, age=AGE) == erase(database) == 0
    assert sql.scalar(text("SELECT count(*) FROM replies WHERE body_text IS NULL")) == 0


def test_a_batch_takes_the_oldest_and_a_second_one_the_rest(
    database: Database, sql: Connection
) -> None:
    jobs = [completed_job(database) for _ in range(3)]
    for job_id, days in zip(jobs, (200, 400, 300), strict=True):
        end(sql, days_ago=days, job_id=job_id)
    assert erase(database, limit=2) == 2
    left = text("SELECT id FROM jobs WHERE content_erased_at IS NULL")
    assert sql.scalars(left).all() == [jobs[0]]
    assert [erase(database), erase(database)] == [1, 0]


def test_a_job_that_another_transaction_holds_is_left_out(
    database: Database, open_another: Callable[[], Database], sql: Connection
) -> None:
    job_id = completed_job(database)
    end(sql, days_ago=181)
    with open_another()._engine.begin() as holder:  # noqa: SLF001  # A lock is held on purpose.
        holder.execute(text("SELECT 1 FROM jobs WHERE id = :id FOR UPDATE"), {"id": job_id})
        assert erase(database) == 0
    assert erase(database) == 1


def test_two_reconcilers_at_once_share_the_work(
    open_another: Callable[[], Database], sql: Connection
) -> None:
    database = open_another()
    for _ in range(6):
        completed_job(database)
    end(sql, days_ago=181)
    assert sum(race(*[partial(erase, open_another()) for _ in range(2)])) == 6


def test_of_a_retry_and_an_erasure_at_once_one_wins(
    open_another: Callable[[], Database], sql: Connection
) -> None:
    """A job that is retried keeps its mail; one whose mail is gone is never done again."""
    database = open_another()
    eraser, operator = open_another(), open_another()

    def retry(job_id: int) -> int:
        try:
            Retries(operator).retry(job_id, "operator")
        except ContentErased:
            return 0
        return 1

    for _ in range(8):
        job_id = failed_job(database)
        end(sql, days_ago=181, job_id=job_id)
        outcome = race(partial(retry, job_id), partial(erase, eraser))
        assert sum(outcome) == 1
        row = sql.execute(
            text("""SELECT processing_status, body_text IS NULL AS empty
                FROM jobs JOIN replies ON job_id = id WHERE id = :id"""),
            {"id": job_id},
        ).one()
        assert tuple(row) == (("queued", False) if outcome[0] else ("failed", True))


def test_a_retry_without_a_mail_is_refused_in_words(database: Database, sql: Connection) -> None:
    job_id = failed_job(database)
    end(sql, days_ago=181)
    erase(database)
    with pytest.raises(ContentErased, match=r"erased on 20\d\d-\d\d-\d\d, so .* sent again\."):
        Retries(database).retry(job_id, "operator")
    late = Leasing(database).claim(job_id, 1, lease=LEASE)
    assert late == NothingToDo("failed")


def test_no_statement_can_set_a_job_going_whose_mail_is_gone(
    database: Database, sql: Connection
) -> None:
    failed_job(database)
    end(sql, days_ago=181)
    erase(database)
    again = """UPDATE jobs SET processing_status = 'queued', completed_at = NULL,
        processing_error = NULL"""
    with pytest.raises(Exception, match="jobs_erased_only_at_the_end"):
        sql.execute(text(again))


def test_the_same_mail_sent_again_is_still_a_duplicate(database: Database, sql: Connection) -> None:
    def deliver() -> bool:
        stored = Intake(database).store_reply(
            a_reply(**CONTENT), dedup_key=b"one mail", correlation_id="c", notes=()
        )
        return stored.is_new

    assert deliver()
    sql.execute(
        text("""UPDATE jobs SET processing_status = 'failed', processing_error = 'No.',
            completed_at = now() - interval '1 year'""")
    )
    assert erase(database) == 1
    assert not deliver()
    assert CANARY not in everything(sql, "jobs", "replies")


def test_a_quarantined_body_goes_after_its_last_delivery(
    database: Database, sql: Connection
) -> None:
    kept = Quarantine(database)
    for body in (b"old", b"young"):
        kept.keep(QuarantineKind.UNREADABLE, "not_json", body, "c")
    sql.execute(
        text("""UPDATE quarantined_deliveries SET last_received_at = now() - interval '181 days'
            WHERE raw_body = 'old'""")
    )
    assert [erase(database, Expiry.QUARANTINED_BODY) for _ in range(2)] == [1, 0]
    old, young = reversed(kept.list_page(limit=5).deliveries)
    assert (old.size_bytes, old.cause, old.deliveries) == (0, "not_json", 1)
    assert (old.body_erased_at is None, young.body_erased_at) == (False, None)


def test_a_delivery_that_comes_again_is_kept_again(database: Database, sql: Connection) -> None:
    kept = Quarantine(database)
    kept.keep(QuarantineKind.STALE, "too_old", b"again", "c")
    sql.execute(text("UPDATE quarantined_deliveries SET last_received_at = 'epoch'"))
    assert erase(database, Expiry.QUARANTINED_BODY) == 1
    kept.keep(QuarantineKind.STALE, "too_old", b"again", "c")
    (one,) = kept.list_page(limit=5).deliveries
    assert (one.size_bytes, one.deliveries, one.body_erased_at) == (5, 2, None)


@pytest.mark.parametrize("kind", Expiry)
def test_looking_for_what_is_due_reads_an_index_and_not_the_table(
    kind: Expiry, sql: Connection
) -> None:
    sql.execute(text("SET enable_seqscan = off"))
    due = _DUE[kind].replace(":age", "interval '180 days'")
    plan = "\n".join(sql.execute(text(f"EXPLAIN SELECT id {due}")).scalars())
    assert "_kept on " in plan, plan
    assert "Index Cond" in plan, plan
