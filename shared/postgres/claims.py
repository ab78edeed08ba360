"""Recording what a creditor claims: append-only revisions, one of them current."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, text

from shared.domain.claim import ClaimOnRecord, ClaimStatement, objection
from shared.domain.job import Reason

_BEGIN_CLAIM = text("INSERT INTO claims (inquiry_id) VALUES (:inquiry_id) ON CONFLICT DO NOTHING")

_LOCK_CLAIM = text("""
    SELECT revision.amount, revision.currency, revision.received_at, revision.set_by
    FROM claims LEFT JOIN claim_revisions AS revision ON revision.id = current_revision_id
    WHERE claims.inquiry_id = :inquiry_id FOR UPDATE OF claims
""")

_ADD_REVISION = text("""
    INSERT INTO claim_revisions (inquiry_id, job_id, run, received_at, previous_amount, amount,
        currency, principal, interest, costs, became_current, objection)
    VALUES (:inquiry_id, :job_id, :run, :received_at, :previous_amount, :amount,
        :currency, :principal, :interest, :costs, :became_current, :objection)
    RETURNING id
""")

_MAKE_CURRENT = text("""
    UPDATE claims SET current_revision_id = :revision_id WHERE inquiry_id = :inquiry_id
""")


def record_claim(
    connection: Connection, statement: ClaimStatement, *, job_id: int, run: int
) -> Reason | None:
    """Adds a revision, which becomes current unless there is an objection; returns the objection.

    The claim's row stays locked until the caller's transaction ends. A second revision for the
    same job and run is refused by the database.
    """
    claim = {"inquiry_id": statement.inquiry_id}
    connection.execute(_BEGIN_CLAIM, claim)
    current = _on_record(connection.execute(_LOCK_CLAIM, claim).one())
    objected = objection(statement, current)
    revision = asdict(statement) | {
        "job_id": job_id,
        "run": run,
        "previous_amount": current.amount if current is not None else None,
        "became_current": objected is None,
        "objection": objected,
    }
    revision_id = connection.execute(_ADD_REVISION, revision).scalar_one()
    if objected is None:
        connection.execute(_MAKE_CURRENT, claim | {"revision_id": revision_id})
    return objected


def _on_record(row: Row[Any]) -> ClaimOnRecord | None:
    return None if row.received_at is None else ClaimOnRecord(**row._asdict())
