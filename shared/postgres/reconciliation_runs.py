"""Reconciliation runs: at most one open at a time, each ending as its report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB

from shared.domain.errors import DatabaseUnavailable
from shared.postgres.database import Database

_FREE_DEAD_LEASES = text("""
    UPDATE reconciliation_runs SET status = 'abandoned', finished_at = now()
    WHERE status = 'running' AND lease_until < now()
""")

_REQUEST = text("""
    INSERT INTO reconciliation_runs (status, dry_run, requested_by, lease_until)
    VALUES ('requested', :dry_run, :actor, now() + CAST(:lease AS interval))
    ON CONFLICT ((true)) WHERE status IN ('requested', 'running') DO NOTHING
    RETURNING id
""")

_OPEN = text("SELECT id FROM reconciliation_runs WHERE status IN ('requested', 'running')")

_START = text("""
    UPDATE reconciliation_runs SET status = 'running', started_at = now(),
        lease_token = :token, lease_until = now() + CAST(:lease AS interval)
    WHERE status = 'requested'
    RETURNING id, dry_run
""")

_STARTED_BEFORE = text("""
    SELECT id, dry_run FROM reconciliation_runs WHERE lease_token = :token AND status = 'running'
""")
"""The start was committed, but the answer was lost on the way."""

_FINISH = text("""
    UPDATE reconciliation_runs SET status = 'finished', finished_at = now(), report = :report
    WHERE id = :run_id AND lease_token = :token AND status = 'running'
""").bindparams(bindparam("report", type_=JSONB))

_REPORTS = text("""
    SELECT id, status, dry_run, requested_by, requested_at, started_at, finished_at, report
    FROM reconciliation_runs ORDER BY id DESC LIMIT :limit
""")


@dataclass(frozen=True, kw_only=True)
class RequestedRun:
    """`is_new` is False if the run was open already."""

    run_id: int
    is_new: bool


@dataclass(frozen=True, kw_only=True)
class StartedRun:
    """A run that the caller holds, as long as its lease lives."""

    run_id: int
    dry_run: bool
    lease_token: UUID


@dataclass(frozen=True, kw_only=True)
class ReconciliationReport:
    """A run as the API shows it; `report` maps each kind to what was checked and healed."""

    run_id: int
    status: str
    dry_run: bool
    requested_by: str
    requested_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    report: dict[str, Any] | None


class ReconciliationRuns:
    """Opens, starts, ends and lists runs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def request(self, *, actor: str, lease: timedelta, dry_run: bool) -> RequestedRun:
        """Opens a run, or names the one that is open.

        A run whose reconciler died is given up first; one that waits to be started is not.
        Raises DatabaseUnavailable.
        """

        def request(connection: Connection) -> RequestedRun:
            connection.execute(_FREE_DEAD_LEASES)
            wish = {"actor": actor, "lease": lease, "dry_run": dry_run}
            # The open run may end between the two statements; then there is room for the new one.
            run = _opened_or_open(connection, wish) or _opened_or_open(connection, wish)
            if run is None:
                raise DatabaseUnavailable
            return run

        return self._database.transact(request)

    def start(self, *, lease: timedelta) -> StartedRun | None:
        """Takes the requested run; None if there is none, or somebody else was faster."""
        token = uuid4()

        def start(connection: Connection) -> StartedRun | None:
            wish = {"token": token, "lease": lease}
            row = (
                connection.execute(_START, wish).one_or_none()
                or connection.execute(_STARTED_BEFORE, wish).one_or_none()
            )
            if row is None:
                return None
            return StartedRun(run_id=row.id, dry_run=row.dry_run, lease_token=token)

        return self._database.transact(start)

    def finish(self, run: StartedRun, report: dict[str, Any]) -> bool:
        """Ends the run as `report`; False if its lease was given to somebody else meanwhile."""
        ending = {"run_id": run.run_id, "token": run.lease_token, "report": report}
        ended = self._database.transact(lambda connection: connection.execute(_FINISH, ending))
        return ended.rowcount == 1

    def list_reports(self, limit: int) -> tuple[ReconciliationReport, ...]:
        """The newest runs first, open ones included."""
        rows = self._database.transact(
            lambda connection: connection.execute(_REPORTS, {"limit": limit}).all()
        )
        return tuple(
            ReconciliationReport(
                run_id=row.id, **{k: v for k, v in row._asdict().items() if k != "id"}
            )
            for row in rows
        )


def _opened_or_open(connection: Connection, wish: dict[str, Any]) -> RequestedRun | None:
    new = connection.execute(_REQUEST, wish).scalar_one_or_none()
    if new is not None:
        return RequestedRun(run_id=new, is_new=True)
    is_open = connection.execute(_OPEN).scalar_one_or_none()
    return None if is_open is None else RequestedRun(run_id=is_open, is_new=False)
