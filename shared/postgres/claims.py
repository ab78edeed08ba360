"""Recording what a creditor claims: append-only revisions, one of them current."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Connection, text

from shared.domain.claim import ClaimStatement

_BEGIN_CLAIM = text("INSERT INTO claims (inquiry_id) VALUES (:inquiry_id) ON CONFLICT DO NOTHING")

_LOCK_CLAIM = text("""
    SELECT revision.amount, revision.received_at
    FROM claims LEFT JOIN claim_revisions AS revision ON revision.id = current_revision_id
    WHERE claims.inquiry_id = :inquiry_id FOR UPDATE OF claims
""")

_ADD_REVISION = text("""
    INSERT INTO claim_revisions (inquiry_id, job_id, run, received_at, previous_amount, amount,
        currency, principal, interest, costs, became_current)
    VALUES (:inquiry_id, :job_id, :run, :received_at, :previous_amount, :amount,
        :currency, :principal, :interest, :costs, :became_current)
    RETURNING id
""")

_MAKE_CURRENT = text("""
    UPDATE claims SET current_revision_id = :revision_id WHERE inquiry_id = :inquiry_id
""")


def record_claim(
    connection: Connection, statement: ClaimStatement, *, job_id: int, run: int
) -> bool:
    """Adds a revision; True if it is the current one now, False if a newer letter is on record.

    The claim's row stays locked until the caller's transaction ends. A second revision for the
    same job and run is refused by the database.
    """
    claim = {"inquiry_id": statement.inquiry_id}
    connection.execute(_BEGIN_CLAIM, claim)
    current = connection.execute(_LOCK_CLAIM, claim).one()
    becomes_current = current.received_at is None or statement.received_at >= current.received_at
    revision = asdict(statement) | {
        "job_id": job_id,
        "run": run,
        "previous_amount": current.amount,
        "became_current": becomes_current,
    }
    revision_id = connection.execute(_ADD_REVISION, revision).scalar_one()
    if becomes_current:
        connection.execute(_MAKE_CURRENT, claim | {"revision_id": revision_id})
    return becomes_current
