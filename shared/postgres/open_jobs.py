"""How many jobs are open, and since when: the age that no queue's own metric tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import text

from shared.postgres.database import Database

OPEN_SINCE = "COALESCE(retried_at, created_at)"
"""When the run began: with the mail's arrival here, or with an operator's retry."""

_MEASURE = text(f"""
    SELECT count(*) AS number, COALESCE(now() - min({OPEN_SINCE}), interval '0') AS oldest_age
    FROM jobs WHERE processing_status IN ('received', 'queued', 'processing')
""")


@dataclass(frozen=True, kw_only=True)
class OpenJobs:
    """Jobs that have not come to an end; `oldest_age` is zero if there are none."""

    number: int
    oldest_age: timedelta


def measure_open_jobs(database: Database) -> OpenJobs:
    """Counts from when we got the mail, not from when it was written.

    Reads a partial index that holds open jobs only. Raises DatabaseUnavailable.
    """
    row = database.transact(lambda connection: connection.execute(_MEASURE).one())
    return OpenJobs(number=row.number, oldest_age=row.oldest_age)
