"""Quarantine: deliveries are kept as they came, once, and listed without their content."""

from __future__ import annotations

from sqlalchemy import Connection, text

from shared.postgres.database import Database
from shared.postgres.quarantine import Quarantine, QuarantineKind

UNREADABLE, STALE = QuarantineKind.UNREADABLE, QuarantineKind.STALE


def keep(database: Database, body: bytes, *, kind: QuarantineKind = UNREADABLE) -> None:
    Quarantine(database).keep(kind, "not_json", body, "request-1")


def test_a_body_is_kept_byte_for_byte(database: Database, sql: Connection) -> None:
    body = bytes(range(256))
    keep(database, body)
    assert sql.scalar(text("SELECT raw_body FROM quarantined_deliveries")) == body


def test_the_list_says_what_is_known_of_a_delivery(database: Database) -> None:
    keep(database, b'{"ticket_id" : "35436", "x": "\xe4"}')
    (kept,) = Quarantine(database).list_page(limit=10).deliveries
    assert (kept.kind, kept.cause, kept.ticket_id) == (UNREADABLE, "not_json", "35436")
    assert (kept.size_bytes, kept.deliveries, kept.correlation_id) == (33, 1, "request-1")


def test_a_ticket_id_that_cannot_be_seen_is_none(database: Database) -> None:
    keep(database, b'\x00\\ \xff {"ticket": 7}')
    assert Quarantine(database).list_page(limit=10).deliveries[0].ticket_id is None


def test_a_replay_is_counted_and_takes_no_more_room(database: Database) -> None:
    for _ in range(3):
        keep(database, b"same")
    page = Quarantine(database).list_page(limit=10)
    assert (page.total, page.deliveries[0].deliveries) == (1, 3)
    assert page.deliveries[0].first_received_at < page.deliveries[0].last_received_at


def test_the_same_bytes_of_another_kind_are_another_delivery(database: Database) -> None:
    keep(database, b"same")
    keep(database, b"same", kind=STALE)
    assert Quarantine(database).list_page(limit=10).total == 2


def test_pages_are_newest_first_and_complete(database: Database) -> None:
    for number in range(5):
        keep(database, f'{{"ticket_id": {number}}}'.encode())
    quarantine = Quarantine(database)
    seen, after = [], None
    for _ in range(3):
        page = quarantine.list_page(limit=2, after=after)
        seen += [delivery.ticket_id for delivery in page.deliveries]
        after = page.next_after
    assert (seen, after) == (["4", "3", "2", "1", "0"], None)
    assert page.total == 5
