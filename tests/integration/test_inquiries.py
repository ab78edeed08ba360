"""Inquiries: put as often as one likes, found by any of their keys."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import Connection, text

from shared.domain.errors import InquiryNotFound
from shared.domain.inquiry import Inquiry, LetterType
from shared.domain.match_keys import address_keys, inquiry_keys, reference_key
from shared.postgres.database import Database
from shared.postgres.inquiries import Inquiries, StoredInquiries

INQUIRY = Inquiry(
    id="inq-001",
    client_name="Müller, Jürgen",
    creditor_name="Sparkasse Lindenau",
    creditor_email="forderungen@sparkasse-lindenau.example",
    reference_numbers=("RB-26-0101", "6004 118 220"),
    sent_at=datetime(2026, 2, 10, 9, tzinfo=UTC),
    zendesk_ticket_id="70101",
    letter_type=LetterType.SECOND,
    debt_amount=Decimal("8000.00"),
)
SPARSE = Inquiry(
    id="inq-002",
    client_name="Kaya, Elif",
    creditor_name="Stadtwerke Lindenau GmbH",
    sent_at=datetime(2026, 2, 11, tzinfo=UTC),
)


def counts(created: int = 0, updated: int = 0, unchanged: int = 0) -> StoredInquiries:
    return StoredInquiries(created=created, updated=updated, unchanged=unchanged)


def test_an_inquiry_comes_back_as_it_was_put(database: Database) -> None:
    inquiries = Inquiries(database)
    assert inquiries.put_many([SPARSE, INQUIRY]) == counts(created=2)
    assert [inquiries.get(each.id) for each in (INQUIRY, SPARSE)] == [INQUIRY, SPARSE]


def test_putting_the_same_again_changes_nothing(database: Database, sql: Connection) -> None:
    inquiries = Inquiries(database)
    inquiries.put_many([INQUIRY, SPARSE])
    assert inquiries.put_many([INQUIRY, SPARSE]) == counts(unchanged=2)
    stamps = text("SELECT bool_and(updated_at = created_at) FROM creditor_inquiries")
    assert sql.scalar(stamps) is True


def test_putting_it_changed_replaces_it_and_its_keys(database: Database) -> None:
    inquiries = Inquiries(database)
    inquiries.put_many([INQUIRY, SPARSE])
    changed = replace(INQUIRY, creditor_email=None, reference_numbers=("FT-26-448190",))
    assert inquiries.put_many([changed, SPARSE]) == counts(updated=1, unchanged=1)
    assert inquiries.get("inq-001") == changed
    only_old = inquiry_keys(INQUIRY) - inquiry_keys(changed)
    assert inquiries.candidates(only_old) == ()


def test_nothing_is_stored_if_one_cannot_be(database: Database) -> None:
    impossible = replace(SPARSE, debt_amount=Decimal(10) ** 12)
    with pytest.raises(Exception, match="refused"):
        Inquiries(database).put_many([INQUIRY, impossible])
    assert Inquiries(database).list_page(limit=10).total == 0


def test_an_unknown_inquiry_is_not_found(database: Database) -> None:
    with pytest.raises(InquiryNotFound):
        Inquiries(database).get("inq-404")


def test_any_shared_key_makes_a_candidate(database: Database) -> None:
    inquiries = Inquiries(database)
    inquiries.put_many([INQUIRY, SPARSE])
    for key in inquiry_keys(INQUIRY) - inquiry_keys(SPARSE):
        assert inquiries.candidates(frozenset({key, "no such key"})) == (INQUIRY,)
    assert inquiries.candidates(inquiry_keys(INQUIRY) | inquiry_keys(SPARSE)) == (INQUIRY, SPARSE)


@pytest.mark.parametrize("keys", [frozenset[str](), frozenset({"no such key", "{}", "'"})])
def test_no_shared_key_makes_no_candidate(database: Database, keys: frozenset[str]) -> None:
    Inquiries(database).put_many([INQUIRY])
    assert Inquiries(database).candidates(keys) == ()


def test_candidates_are_asked_of_the_index(sql: Connection) -> None:
    """A reply must not read all inquiries: there are tens of thousands of them."""
    sql.execute(text("SET enable_seqscan = off"))
    question = "EXPLAIN SELECT id FROM creditor_inquiries WHERE match_keys && ARRAY['x']"
    plan = " ".join(sql.scalars(text(question)))
    assert "creditor_inquiries_by_match_key" in plan


def test_pages_are_in_the_order_of_ids_and_complete(database: Database) -> None:
    inquiries = Inquiries(database)
    ids = sorted(f"inq-{number}" for number in range(1, 12))
    inquiries.put_many(replace(SPARSE, id=each) for each in ids)
    first = inquiries.list_page(limit=6)
    second = inquiries.list_page(limit=6, after=first.next_after)
    assert [each.id for each in first.inquiries + second.inquiries] == ids
    assert (first.total, second.next_after) == (11, None)


def test_a_big_import_is_one_transaction_and_quick_enough(database: Database) -> None:
    many = [replace(INQUIRY, id=f"inq-{number:04}") for number in range(1201)]
    assert Inquiries(database).put_many(many) == counts(created=1201)


def test_two_imports_at_once_both_succeed(open_another: Callable[[], Database]) -> None:
    many = [replace(SPARSE, id=f"inq-{number:03}") for number in range(200)]
    stores = [Inquiries(open_another()), Inquiries(open_another())]
    with ThreadPoolExecutor() as both:
        results = list(
            both.map(lambda store, rows: store.put_many(rows), stores, [many, many[::-1]])
        )
    assert sorted(each.created for each in results) == [0, 200]


def test_a_great_creditor_s_other_letters_are_not_all_fetched(database: Database) -> None:
    inquiries = Inquiries(database)
    many = [
        replace(INQUIRY, id=f"inq-{n:04}", reference_numbers=(f"KD {n:04}",)) for n in range(150)
    ]
    inquiries.put_many([*many, replace(INQUIRY, id="inq-9999")])
    keys = address_keys(INQUIRY.creditor_email or "") | {reference_key("RB260101")}
    found = [inquiry.id for inquiry in inquiries.candidates(frozenset(keys))]
    assert (len(found), found[-1]) == (101, "inq-9999")
