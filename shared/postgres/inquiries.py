"""The firm's inquiries: filled by the portal or an import, looked up by every reply."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Select,
    and_,
    func,
    literal_column,
    not_,
    select,
    text,
    tuple_,
    union,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql.dml import ReturningInsert

from shared.domain.errors import InquiryErased, InquiryNotFound
from shared.domain.inquiry import Inquiry, LetterType
from shared.domain.match_keys import inquiry_keys, names_only_the_sender
from shared.postgres.database import Database
from shared.postgres.tables import creditor_inquiries

_ROWS_PER_STATEMENT = 500
_MOST_OF_A_SENDER = 100
_FIELDS = (
    "client_name",
    "creditor_name",
    "creditor_email",
    "reference_numbers",
    "sent_at",
    "zendesk_ticket_id",
    "letter_type",
    "debt_amount",
)
_NOT_ERASED = creditor_inquiries.c.erased_at.is_(None)
_COLUMNS = [creditor_inquiries.c[name] for name in ("id", *_FIELDS)]


@dataclass(frozen=True, kw_only=True)
class StoredInquiries:
    """What a put did to each of its inquiries; the four numbers sum to how many there were.

    `erased` are those whose client was erased: they stay so, whatever is put.
    """

    created: int
    updated: int
    unchanged: int
    erased: int = 0


@dataclass(frozen=True, kw_only=True)
class InquiryPage:
    """In the order of their ids. `next_after` is the id to continue after, or None."""

    total: int
    inquiries: tuple[Inquiry, ...]
    next_after: str | None


class Inquiries:
    """Every method raises DatabaseUnavailable when the database does not answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put_many(self, inquiries: Iterable[Inquiry]) -> StoredInquiries:
        """Stores all of them or none; the same again changes nothing. The ids must differ."""
        # Everyone locks the rows in the same order, so that two imports cannot deadlock.
        rows = [_to_row(inquiry) for inquiry in sorted(inquiries, key=lambda each: each.id)]

        def write(connection: Connection) -> tuple[list[bool], int]:
            written: list[bool] = []
            erased = 0
            for start in range(0, len(rows), _ROWS_PER_STATEMENT):
                some = rows[start : start + _ROWS_PER_STATEMENT]
                written += connection.scalars(_upsert(some))
                erased += connection.execute(_erased(some)).scalar_one()
            return written, erased

        written, erased = self._database.transact(write)
        return StoredInquiries(
            created=sum(written),
            updated=len(written) - sum(written),
            unchanged=len(rows) - len(written) - erased,
            erased=erased,
        )

    def get(self, inquiry_id: str) -> Inquiry:
        """Raises InquiryNotFound or InquiryErased."""
        statement = select(creditor_inquiries.c.erased_at, *_COLUMNS).where(
            creditor_inquiries.c.id == inquiry_id
        )
        row = self._database.transact(lambda connection: connection.execute(statement).first())
        if row is None:
            raise InquiryNotFound
        if row.erased_at is not None:
            raise InquiryErased
        return _to_inquiry(row)

    def list_page(self, limit: int, after: str | None = None) -> InquiryPage:
        """At most `limit` inquiries whose ids come after `after`, without the erased ones."""

        def read(connection: Connection) -> InquiryPage:
            total = connection.execute(select(func.count()).where(_NOT_ERASED))
            rows = connection.execute(_page(limit, after)).all()
            return _to_page(total.scalar_one(), rows, limit)

        return self._database.transact(read)

    def candidates(self, keys: frozenset[str]) -> tuple[Inquiry, ...]:
        """The inquiries that share a key with the reply, by one query on an index.

        Those that share a number, a ticket or a name are never cut off: one left out could make
        another look like the only one. Of those that only have the sender in common a hundred
        come, however many letters he got: two already say that he alone decides nothing.
        """
        if not keys:
            return ()
        of_the_sender = {key for key in keys if names_only_the_sender(key)}
        pointed_at = _sharing(keys - of_the_sender)
        beside = _sharing(of_the_sender).order_by(creditor_inquiries.c.id).limit(_MOST_OF_A_SENDER)
        found = union(pointed_at, beside.subquery().select()).subquery()
        statement = select(found).order_by(found.c.id)

        def read(connection: Connection) -> Sequence[Row[Any]]:
            # Of hundreds of keys the planner expects many rows, and would read the whole table.
            connection.execute(text("SET LOCAL enable_seqscan = off"))
            return connection.execute(statement).all()

        return tuple(_to_inquiry(row) for row in self._database.transact(read))


def _sharing(keys: Collection[str]) -> Select[Any]:
    return select(*_COLUMNS).where(creditor_inquiries.c.match_keys.overlap(sorted(keys)))


def _upsert(rows: Sequence[dict[str, object]]) -> ReturningInsert[Any]:
    statement = insert(creditor_inquiries).values(rows)
    names = [*_FIELDS, "match_keys"]
    stored = tuple_(*(creditor_inquiries.c[name] for name in names))
    given = tuple_(*(statement.excluded[name] for name in names))
    return statement.on_conflict_do_update(
        index_elements=["id"],
        set_={name: statement.excluded[name] for name in [*names, "updated_at"]},
        where=and_(_NOT_ERASED, stored.is_distinct_from(given)),
        # A row that this statement inserted was never locked or changed by anyone.
    ).returning(literal_column("xmax = 0"))


def _erased(rows: Sequence[dict[str, object]]) -> Select[Any]:
    """Counts by a statement of its own, which sees what an eraser has just committed."""
    ids = [row["id"] for row in rows]
    return select(func.count()).where(creditor_inquiries.c.id.in_(ids), not_(_NOT_ERASED))


def _page(limit: int, after: str | None) -> Select[Any]:
    statement = select(*_COLUMNS).where(_NOT_ERASED)
    if after is not None:
        statement = statement.where(creditor_inquiries.c.id > after)
    return statement.order_by(creditor_inquiries.c.id).limit(limit + 1)


def _to_page(total: int, rows: Sequence[Row[Any]], limit: int) -> InquiryPage:
    inquiries = tuple(_to_inquiry(row) for row in rows[:limit])
    return InquiryPage(
        total=total,
        inquiries=inquiries,
        next_after=inquiries[-1].id if len(rows) > limit else None,
    )


def _to_row(inquiry: Inquiry) -> dict[str, object]:
    return {
        "id": inquiry.id,
        **{name: getattr(inquiry, name) for name in _FIELDS},
        "reference_numbers": list(inquiry.reference_numbers),
        "match_keys": sorted(inquiry_keys(inquiry)),
        "created_at": func.now(),
        "updated_at": func.now(),
    }


def _to_inquiry(row: Row[Any]) -> Inquiry:
    return Inquiry(
        **{name: getattr(row, name) for name in ("id", *_FIELDS)}
        | {
            "reference_numbers": tuple(row.reference_numbers),
            "letter_type": LetterType(row.letter_type),
        }
    )
