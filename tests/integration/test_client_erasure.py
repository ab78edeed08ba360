"""A client is erased everywhere and certified."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from shared.domain.errors import ErasureRefused, InquiryErased
from shared.postgres.client_erasure import ClientErasure
from shared.postgres.client_selection import ClientSelection, ClientWish
from shared.postgres.database import Database
from shared.postgres.dead_letters import DeadLetters
from shared.postgres.inquiries import Inquiries
from shared.postgres.job_reads import JobReads
from shared.postgres.leasing import Leasing, NothingToDo
from shared.postgres.quarantine import Quarantine, QuarantineKind
from tests.factories import (
    LEASE,
    an_inquiry,
    claimed_job,
    queued_job,
    stored_inquiry,
    stored_job,
)
from tests.integration.erasing import BY_NAME, MAIL, NAME, all_rows, client_inquiry, complete, erase


def test_after_the_erasure_the_name_is_in_no_table(database: Database, sql: Connection) -> None:
    inquiry = client_inquiry(database, client_name=NAME)
    complete(database, claimed_job(database, **MAIL), inquiry, inquiry.id)
    stored_job(database, **MAIL | {"ticket_id": "90001"})
    complete(database, claimed_job(database), inquiry)
    Quarantine(database).keep(QuarantineKind.UNREADABLE, "x", b"Wendland", "c")
    assert "wendland" in all_rows(sql)
    certificate = erase(database, replace(BY_NAME, quarantined_ids=(1,)))
    assert certificate is not None
    assert (certificate["jobs"], certificate["others"]) == ([1, 2], 1)
    left = all_rows(sql)
    assert "wendland" not in left
    # Digests are left, and may hold any four digits by chance.
    assert "4471-88" not in left
    assert "447188" not in left


def test_claims_and_counts_stay(database: Database, sql: Connection) -> None:
    inquiry = client_inquiry(database)
    complete(database, claimed_job(database, **MAIL), inquiry, inquiry.id)
    certificate = erase(database)
    assert certificate is not None
    assert certificate["remaining"] == {"claims": 1, "claim_revisions": 1, "attempts": 1}
    assert sql.scalar(text("SELECT amount FROM claim_revisions")) == Decimal("120.00")
    job = JobReads(database).get_job(1)
    assert (job.match_status, job.matched_inquiry_id) == ("auto_matched", inquiry.id)
    assert job.extracted_data is not None
    assert (job.extracted_data["intent"], job.extracted_data["evidence"]) == ("debt_statement", {})
    assert (job.from_email, job.subject, job.envelope_erased_at) == (
        "(erased)",
        None,
        job.content_erased_at,
    )


def test_a_namesakes_and_anybody_elses_rows_are_untouched(
    database: Database, sql: Connection
) -> None:
    mine, namesakes = client_inquiry(database), client_inquiry(database, zendesk_ticket_id="1")
    others = stored_inquiry(database, client_name="Arndt, Wiebke", zendesk_ticket_id="2")
    for inquiry in (namesakes, others, mine):
        complete(database, claimed_job(database, **MAIL), inquiry, inquiry.id)
    rows = text("""SELECT to_jsonb(i)::text || to_jsonb(r)::text FROM jobs
        JOIN creditor_inquiries AS i ON i.id = matched_inquiry_id
        JOIN replies AS r ON job_id = jobs.id WHERE jobs.id < 3 ORDER BY jobs.id""")
    before = sql.scalars(rows).all()
    assert erase(database, ClientWish(client_name=NAME, inquiry_ids=(mine.id,)))
    assert sql.scalars(rows).all() == before
    assert Inquiries(database).get(namesakes.id).client_name == NAME


def test_what_a_person_says_is_somebody_elses_is_kept(database: Database) -> None:
    inquiry = client_inquiry(database)
    for _ in range(2):
        complete(database, claimed_job(database, **MAIL), inquiry, inquiry.id)
    certificate = erase(database, replace(BY_NAME, kept_job_ids=(1,)))
    assert certificate is not None
    assert certificate["jobs"] == [2]
    assert JobReads(database).get_job(1).subject == MAIL["subject"]


def test_a_mail_whose_content_was_over_its_time_loses_its_envelope_too(
    database: Database, sql: Connection
) -> None:
    inquiry = client_inquiry(database)
    complete(database, claimed_job(database, **MAIL), inquiry, inquiry.id)
    sql.execute(
        text("""UPDATE replies SET body_text = NULL, body_html = NULL, headers = '{}',
            bodies_erased_at = 'epoch'""")
    )
    sql.execute(text("UPDATE jobs SET content_erased_at = 'epoch'"))
    erase(database)
    assert "wendland" not in all_rows(sql)
    assert sql.scalar(text("SELECT bodies_erased_at = 'epoch' FROM replies")) is True


@pytest.mark.parametrize("open_job", [stored_job, queued_job])
def test_a_job_that_nobody_has_begun_ends_and_nobody_is_mailed(
    open_job: Callable[..., Any], database: Database, sql: Connection
) -> None:
    client_inquiry(database)
    open_job(database, **MAIL | {"ticket_id": "90001"})
    certificate = erase(database)
    assert certificate is not None
    assert certificate["ended"] == [1]
    job = JobReads(database).get_job(1)
    assert job.processing_error == "The mail's content was erased before the job was done."
    assert Leasing(database).claim(1, 1, lease=LEASE) == NothingToDo("failed")
    assert isinstance(DeadLetters(database).take(1, 1, lease=LEASE), NothingToDo)
    assert sql.scalar(text("SELECT notification FROM jobs")) == "skipped"


def test_certificates_are_a_chain_that_nobody_can_change(
    database: Database, sql: Connection
) -> None:
    for number in range(2):
        client_inquiry(database)
        erase(database, invocation=f"call-{number}")
    first, second = sql.execute(text("SELECT * FROM erasures ORDER BY id")).all()
    assert first.certificate_sha256 == hashlib.sha256(first.certificate.encode()).digest()
    assert (first.previous_sha256, second.previous_sha256) == (None, first.certificate_sha256)
    assert json.loads(second.certificate)["previous"] == first.certificate_sha256.hex()
    for change in (
        "UPDATE erasures SET reference = 'x'",
        "DELETE FROM erasures",
        "TRUNCATE erasures",
        """INSERT INTO erasures (reference, invocation, certificate, certificate_sha256)
            VALUES ('x', 'x', '{}', 'x')""",
        """INSERT INTO erasures (reference, invocation, certificate, certificate_sha256)
            VALUES ('x', 'x', '{}', sha256('{}'))""",
    ):
        with pytest.raises(DBAPIError):
            sql.execute(text(change))


def test_what_the_certificate_or_the_plan_refuses_is_not_erased(
    database: Database, sql: Connection
) -> None:
    client_inquiry(database)
    before = all_rows(sql)

    def refuse(_selection: ClientSelection) -> None:
        raise ErasureRefused

    with pytest.raises(ErasureRefused):
        erase(database, require=refuse)
    assert all_rows(sql) == before


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (ClientWish(inquiry_ids=("inq-x",)), "There is no inquiry inq-x."),
        (ClientWish(job_ids=(4711,)), "There is no job 4711."),
        (ClientWish(kept_job_ids=(4711,), job_ids=(1,)), "There is no job 4711."),
        (ClientWish(quarantined_ids=(7,)), "There is no quarantined delivery 7."),
        (ClientWish(client_name="Wendland"), "first and last name"),
        (
            ClientWish(client_name="Paul Wendland", inquiry_ids=("inq-mine",)),
            "Of another client by name: inquiry inq-mine.",
        ),
    ],
)
def test_a_wish_that_cannot_be_meant_is_refused(
    wish: ClientWish, words: str, database: Database
) -> None:
    client_inquiry(database, id="inq-mine")
    stored_job(database)
    with pytest.raises(ErasureRefused, match=words):
        ClientErasure(database).select(wish)


def test_an_erased_inquiry_is_neither_shown_nor_put_again(
    database: Database, sql: Connection
) -> None:
    inquiry = client_inquiry(database)
    other = stored_inquiry(database, client_name="Arndt, Wiebke")
    erase(database)
    inquiries = Inquiries(database)
    stored = inquiries.put_many([inquiry, other, an_inquiry(client_name="Arndt, Wiebke")])
    assert (stored.created, stored.updated, stored.unchanged, stored.erased) == (1, 0, 1, 1)
    with pytest.raises(InquiryErased):
        inquiries.get(inquiry.id)
    page = inquiries.list_page(10)
    assert (page.total, inquiry.id in [each.id for each in page.inquiries]) == (2, False)
    assert "wendland" not in all_rows(sql)


def test_where_else_the_name_stands_is_for_a_person_to_look_at(database: Database) -> None:
    inquiry = client_inquiry(database, client_name="Müller, Jürgen")
    complete(database, claimed_job(database), inquiry, inquiry.id)
    mentioning = [
        stored_job(database, body_text=words).job_id
        for words in ("Herr Jürgen Müller", "HERR JUERGEN MUELLER", "juergen müller")
    ]
    for words in ("Jürgen Möller", "Frau Müller", None):
        stored_job(database, body_text=words)
    for body in (b'{"x": "M\\u00fcller', "Müller".encode(), b"Meyer"):
        Quarantine(database).keep(QuarantineKind.UNREADABLE, "x", body, "c")
    erasure = ClientErasure(database)
    selection = erasure.select(ClientWish(client_name="Jürgen Müller"))
    assert selection.job_ids == [1]
    found = erasure.mentions(("Müller, Jürgen",), selection)
    assert found.job_ids == tuple(mentioning)
    assert found.quarantined_ids == (1, 2)
