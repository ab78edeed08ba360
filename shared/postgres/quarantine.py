"""Deliveries with a right signature that could not become a job: kept as they came."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select
from sqlalchemy.dialects.postgresql import insert

from shared.postgres.database import Database
from shared.postgres.tables import quarantined_deliveries

_FIRST_BYTES = 4096
_TICKET_ID = r'"ticket_id"\s*:\s*"?([0-9]{1,20})'


class QuarantineKind(StrEnum):
    """Why a delivery is here and not among the jobs."""

    UNREADABLE = "unreadable"
    """It was acknowledged, but cannot be read."""
    STALE = "stale"
    """It was refused: its signature is right, its time is not."""


@dataclass(frozen=True, kw_only=True)
class QuarantinedDelivery:
    """`ticket_id` was fished out of the raw body and may be wrong or missing.

    `deliveries` counts how often exactly these bytes came.
    """

    id: int
    kind: QuarantineKind
    cause: str
    ticket_id: str | None
    size_bytes: int
    deliveries: int
    first_received_at: datetime
    last_received_at: datetime
    correlation_id: str
    body_erased_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class QuarantinePage:
    """Newest first. `total` counts all; `next_after` is the id to continue after, or None."""

    total: int
    deliveries: tuple[QuarantinedDelivery, ...]
    next_after: int | None


class Quarantine:
    """Every method raises DatabaseUnavailable when the database does not answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, kind: QuarantineKind, cause: str, raw_body: bytes, correlation_id: str) -> None:
        """Keeps the bytes, or counts them if they are here: a replay takes no more room.

        If they had been erased meanwhile, they are kept anew: somebody has just sent them.
        """
        statement = insert(quarantined_deliveries).values(
            kind=kind,
            cause=cause,
            body_sha256=hashlib.sha256(raw_body).digest(),
            raw_body=raw_body,
            deliveries=1,
            first_received_at=func.now(),
            last_received_at=func.now(),
            correlation_id=correlation_id,
        )
        statement = statement.on_conflict_do_update(
            index_elements=["kind", "body_sha256"],
            set_={
                "deliveries": quarantined_deliveries.c.deliveries + 1,
                "last_received_at": func.now(),
                "raw_body": statement.excluded.raw_body,
                "body_erased_at": None,
            },
        )
        self._database.transact(lambda connection: connection.execute(statement))

    def list_page(self, limit: int, after: int | None = None) -> QuarantinePage:
        """At most `limit` deliveries older than the one with the id `after`."""

        def read(connection: Connection) -> QuarantinePage:
            total = connection.execute(select(func.count()).select_from(quarantined_deliveries))
            rows = connection.execute(_page(limit, after)).all()
            return _to_page(total.scalar_one(), rows, limit)

        return self._database.transact(read)


def _page(limit: int, after: int | None) -> Select[Any]:
    table = quarantined_deliveries.c
    # The format `escape` turns any bytes into a text, also those that are no UTF-8.
    beginning = func.encode(func.substring(table.raw_body, 1, _FIRST_BYTES), "escape")
    statement = select(
        table.id,
        table.kind,
        table.cause,
        func.substring(beginning, _TICKET_ID).label("ticket_id"),
        func.octet_length(table.raw_body).label("size_bytes"),
        table.deliveries,
        table.first_received_at,
        table.last_received_at,
        table.correlation_id,
        table.body_erased_at,
    )
    if after is not None:
        statement = statement.where(table.id < after)
    return statement.order_by(table.id.desc()).limit(limit + 1)


def _to_page(total: int, rows: Sequence[Row[Any]], limit: int) -> QuarantinePage:
    deliveries = tuple(_to_delivery(row) for row in rows[:limit])
    return QuarantinePage(
        total=total,
        deliveries=deliveries,
        next_after=deliveries[-1].id if len(rows) > limit else None,
    )


def _to_delivery(row: Row[Any]) -> QuarantinedDelivery:
    fields = row._asdict()
    return QuarantinedDelivery(**fields | {"kind": QuarantineKind(row.kind)})
