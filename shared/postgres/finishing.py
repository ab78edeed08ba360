"""Ending an attempt: completed, put off or failed, all under the attempt's lease.

Each statement begins with the lease: a worker that lost it changes nothing.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, TextClause, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.types import Text

from shared.domain.claim import ClaimStatement
from shared.domain.errors import CandidateErased
from shared.domain.job import AttemptOutcome, MatchStatus, Reason
from shared.domain.matching import MatchDecision
from shared.postgres.claims import record_claim
from shared.postgres.database import Database
from shared.postgres.erasure_turns import FINISH_UNERASED
from shared.postgres.leasing import ClaimedJob

_COMPLETE = text("""
    WITH changed AS (
        UPDATE jobs SET processing_status = 'completed', completed_at = now(),
            lease_token = NULL, lease_until = NULL, extracted_data = :extracted_data,
            match_status = :match_status, reason = :reason, matched_inquiry_id = :inquiry_id,
            match_confidence = :confidence, match_explanation = :explanation
        WHERE id = :job_id AND lease_token = :token
        RETURNING id
    ), attempt AS (
        UPDATE attempts SET ended_at = now(), outcome = 'completed'
        FROM changed WHERE attempts.lease_token = :token
    )
    SELECT id FROM changed
""").bindparams(bindparam("extracted_data", type_=JSONB), bindparam("explanation", type_=JSONB))

_ERASED_CANDIDATES = text("""
    SELECT count(*) FROM creditor_inquiries WHERE id = ANY(:ids) AND erased_at IS NOT NULL
""").bindparams(bindparam("ids", type_=ARRAY(Text)))

_SEND_TO_REVIEW = text("""
    UPDATE jobs SET match_status = :match_status, reason = :reason WHERE id = :job_id
""")

_PUT_OFF = text("""
    WITH changed AS (
        UPDATE jobs SET processing_status = 'queued', lease_token = NULL, lease_until = NULL,
            next_attempt_at = now() + CAST(:delay AS interval)
        WHERE id = :job_id AND lease_token = :token
        RETURNING id
    ), attempt AS (
        UPDATE attempts SET ended_at = now(), outcome = :ending, error = :error
        FROM changed WHERE attempts.lease_token = :token
    )
    SELECT id FROM changed
""")

_FAIL = text("""
    WITH changed AS (
        UPDATE jobs SET processing_status = 'failed', completed_at = now(),
            lease_token = NULL, lease_until = NULL, processing_error = :error
        WHERE id = :job_id AND lease_token = :token
        RETURNING id
    ), attempt AS (
        UPDATE attempts SET ended_at = now(), outcome = :ending, error = :error
        FROM changed WHERE attempts.lease_token = :token
    )
    SELECT id FROM changed
""")

_ENDED_BEFORE = text("""
    SELECT match_status, reason FROM attempts JOIN jobs ON jobs.id = attempts.job_id
    WHERE attempts.lease_token = :token AND attempts.outcome = :ending
""")
"""The end was committed and the answer lost on the way: who loses a lease is never given this."""

_MARK_DEAD_LETTERED = text("""
    UPDATE jobs SET dead_letter_sent_at = now()
    WHERE id = :job_id AND run = :run AND processing_status = 'failed'
""")


class Finishing:
    """Ends attempts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def complete(
        self,
        job: ClaimedJob,
        *,
        decision: MatchDecision,
        extracted_data: dict[str, Any],
        claim: ClaimStatement | None,
    ) -> MatchDecision | None:
        """Ends the job in its outcome and records the claim, as one.

        Returns the outcome on record, which is needs_review if there is an objection to replacing
        the claim on record; None if the lease was lost, and then nothing is kept. Raises
        CandidateErased if an inquiry that was weighed has been erased meanwhile.
        """

        def complete(connection: Connection) -> MatchDecision | None:
            connection.execute(FINISH_UNERASED)
            weighed = {"ids": [candidate.inquiry_id for candidate in decision.candidates]}
            weighed["ids"] += [decision.inquiry_id] if decision.inquiry_id else []
            if connection.execute(_ERASED_CANDIDATES, weighed).scalar_one():
                raise CandidateErased
            outcome = _outcome(decision) | {"extracted_data": extracted_data}
            if connection.execute(_COMPLETE, _held(job) | outcome).one_or_none() is None:
                return _recorded(connection, job, decision)
            if claim is None:
                return decision
            objected = record_claim(connection, claim, job_id=job.job_id, run=job.run)
            if objected is None:
                return decision
            review = replace(decision, status=MatchStatus.NEEDS_REVIEW, reason=objected)
            connection.execute(_SEND_TO_REVIEW, _held(job) | _outcome(review))
            return review

        return self._database.transact(complete)

    def put_off(self, job: ClaimedJob, *, delay: timedelta, error: str) -> bool:
        """Back to the queue until `delay` from now; False if the lease was lost."""
        ending = {"ending": AttemptOutcome.TRANSIENT_ERROR, "error": error}
        return self._end(_PUT_OFF, _held(job) | ending | {"delay": delay})

    def fail(self, job: ClaimedJob, *, outcome: AttemptOutcome, error: str) -> bool:
        """Ends the run as failed; False if the lease was lost."""
        return self._end(_FAIL, _held(job) | {"ending": outcome, "error": error})

    def mark_dead_lettered(self, job_id: int, run: int) -> None:
        """Notes that the failed job's dead letter was sent."""
        mark = {"job_id": job_id, "run": run}
        self._database.transact(lambda connection: connection.execute(_MARK_DEAD_LETTERED, mark))

    def _end(self, statement: TextClause, values: dict[str, Any]) -> bool:
        def end(connection: Connection) -> bool:
            ended = connection.execute(statement, values).one_or_none()
            return (ended or connection.execute(_ENDED_BEFORE, values).one_or_none()) is not None

        return self._database.transact(end)


def _recorded(
    connection: Connection, job: ClaimedJob, decision: MatchDecision
) -> MatchDecision | None:
    ending = {"token": job.lease_token, "ending": AttemptOutcome.COMPLETED}
    row = connection.execute(_ENDED_BEFORE, ending).one_or_none()
    if row is None:
        return None
    return replace(decision, status=MatchStatus(row.match_status), reason=Reason(row.reason))


def _held(job: ClaimedJob) -> dict[str, Any]:
    return {"job_id": job.job_id, "token": job.lease_token}


def _outcome(decision: MatchDecision) -> dict[str, Any]:
    return {
        "match_status": decision.status,
        "reason": decision.reason,
        "inquiry_id": decision.inquiry_id,
        "confidence": decision.confidence,
        "explanation": {"candidates": [asdict(candidate) for candidate in decision.candidates]},
    }
