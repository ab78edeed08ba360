"""A client is erased everywhere and certified; a worker that knows the mail writes nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from functions.worker.extracted_data import extracted_data
from shared.domain.errors import CandidateErased, ErasureRefused, InquiryErased
from shared.domain.extraction import ExtractedReply, Intent
from shared.domain.inquiry import Inquiry
from shared.domain.job import AttemptOutcome
from shared.domain.matching import CandidateExplanation, MatchDecision
from shared.postgres.client_erasure import ClientErasure, ErasedRows
from shared.postgres.client_selection import ClientSelection, ClientWish
from shared.postgres.database import Database
from shared.postgres.dead_letters import DeadLetters
from shared.postgres.erasure_turns import ERASE_ALONE
from shared.postgres.finishing import Finishing
from shared.postgres.inquiries import Inquiries
from shared.postgres.job_reads import JobReads
from shared.postgres.leasing import ClaimedJob, Leasing, NothingToDo
from shared.postgres.quarantine import Quarantine, QuarantineKind
from tests.e2e.waiting import wait_until
from tests.factories import (
    LEASE,
    a_claim,
    a_decision,
    an_inquiry,
    claimed_job,
    queued_job,
    stored_inquiry,
    stored_job,
)
from tests.integration.test_lost_answers import ForgetfulDatabase
from tests.racing import race

NAME = "Wendland, Petra"
MAIL: dict[str, Any] = {
    "subject": "Petra Wendland, NE-4471-88",
    "from_name": "Petra Wendland",
    "from_email": "petra.wendland@mail.example",
    "body_text": "Petra Wendland schuldet 120,00 EUR.",
    "body_html": "<p>Petra Wendland</p>",
    "headers": {"to": "Petra Wendland"},
    "to_addresses": ("wendland@kanzlei.example",),
    "cc_addresses": ("wendland@mail.example",),
}
EXTRACTED = extracted_data(
    ExtractedReply(
        is_creditor_reply=True,
        intent=Intent.DEBT_STATEMENT,
        extractor="rules@2",
        confidence=0.9,
        client_name="Petra Wendland",
        reference_numbers=("NE-4471-88",),
    )
)
BY_NAME = ClientWish(client_name="Petra Wendland")


def client_inquiry(database: Database, **fields: Any) -> Inquiry:
    return stored_inquiry(database, **{"client_name": NAME, "zendesk_ticket_id": "90001"} | fields)


def explained(inquiry_id: str, matched: str | None = None) -> MatchDecision:
    candidate = CandidateExplanation(
        inquiry_id=inquiry_id,
        supporting=("Der Nachname aus Wendland, Petra steht in der Mail.",),
    )
    return replace(a_decision(matched), candidates=(candidate,))


def complete(
    database: Database, job: ClaimedJob, inquiry: Inquiry, matched: str | None = None
) -> MatchDecision | None:
    claim = a_claim(matched, Decimal("120.00")) if matched else None
    read = EXTRACTED if matched else {"client_name": "Wiebke Arndt"}
    return Finishing(database).complete(
        job, decision=explained(inquiry.id, matched), extracted_data=read, claim=claim
    )


def certify(erased: ErasedRows) -> str:
    """A certificate of the tests' own: what the statements tell."""
    previous = erased.previous_sha256.hex() if erased.previous_sha256 else None
    return json.dumps(
        {
            "jobs": erased.selection.job_ids,
            "ended": erased.ended_jobs,
            "others": erased.mentions_erased,
            "remaining": erased.remaining,
            "previous": previous,
            "at": str(erased.at),
        }
    )


def erase(
    database: Database,
    wish: ClientWish = BY_NAME,
    invocation: str = "call-1",
    require: Callable[[ClientSelection], None] = lambda _selection: None,
) -> dict[str, Any] | None:
    certificate = ClientErasure(database).erase(
        wish,
        reference="2026-17",
        invocation=invocation,
        require_as_planned=require,
        certify=certify,
    )
    return None if certificate is None else json.loads(certificate)


def all_rows(sql: Connection) -> str:
    tables = sql.scalars(
        text("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
    )
    rows = [
        row
        for table in tables.all()
        for row in sql.scalars(text(f"SELECT to_jsonb(t)::text FROM {table} AS t"))
    ]
    # Bytes are shown in hexadecimal.
    return "\n".join(rows).lower().replace(b"wendland".hex(), "wendland")


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
    assert "wendland" not in all_rows(sql)
    assert "4471" not in all_rows(sql)


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


ENDINGS = {
    "completes": lambda finishing, job: finishing.complete(
        job, decision=a_decision(), extracted_data=EXTRACTED, claim=None
    ),
    "puts it off": lambda finishing, job: finishing.put_off(job, delay=LEASE, error="Later."),
    "fails": lambda finishing, job: finishing.fail(
        job, outcome=AttemptOutcome.PERMANENT_ERROR, error="No."
    ),
}


@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS.keys())
def test_a_worker_that_has_read_the_mail_has_lost_its_lease(
    ending: Callable[[Finishing, ClaimedJob], object], database: Database, sql: Connection
) -> None:
    client_inquiry(database)
    job = claimed_job(database, **MAIL | {"ticket_id": "90001"})
    assert erase(database)
    before = all_rows(sql)
    assert not ending(Finishing(database), job)
    assert all_rows(sql) == before
    assert "wendland" not in before
    assert [attempt.outcome for attempt in JobReads(database).get_job(1).attempts] == ["lost"]


@pytest.mark.parametrize("matched", [True, False])
def test_a_worker_that_weighed_an_erased_inquiry_writes_nothing_and_tries_again(
    matched: bool,  # noqa: FBT001  # The case.
    database: Database,
    sql: Connection,
) -> None:
    """Nothing told that its mail was the client's before the worker found out."""
    inquiry = client_inquiry(database)
    job = claimed_job(database)
    assert erase(database)
    with pytest.raises(CandidateErased):
        complete(database, job, inquiry, inquiry.id if matched else None)
    assert "wendland" not in all_rows(sql)
    assert Finishing(database).put_off(job, delay=LEASE, error="Again.")


def _waits_for_its_turn(sql: Connection) -> bool:
    waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    return bool(sql.scalar(text(waiting)))


def test_an_outcome_that_is_just_being_committed_is_found_and_erased(
    open_another: Callable[[], Database], sql: Connection
) -> None:
    database = open_another()
    inquiry = client_inquiry(database)
    job = claimed_job(database, **MAIL)
    with (
        ThreadPoolExecutor() as pool,
        open_another()._engine.begin() as holder,  # noqa: SLF001  # A lock is held on purpose.
    ):
        holder.execute(text("INSERT INTO claims (inquiry_id) VALUES (:id)"), {"id": inquiry.id})
        worker = pool.submit(complete, open_another(), job, inquiry, inquiry.id)
        wait_until(lambda: _blocked(sql) == 1)
        eraser = pool.submit(erase, open_another())
        wait_until(lambda: _waits_for_its_turn(sql))
        holder.rollback()
        outcome = worker.result()
        certificate = eraser.result()
    assert outcome is not None
    assert certificate is not None
    assert certificate["jobs"] == [job.job_id]
    assert "wendland" not in all_rows(sql)


def _blocked(sql: Connection) -> int:
    query = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    return int(sql.execute(text(query)).scalar_one())


def test_an_outcome_waits_for_the_erasure_that_is_just_being_committed(
    open_another: Callable[[], Database], sql: Connection
) -> None:
    database = open_another()
    inquiry = client_inquiry(database)
    job = claimed_job(database, **MAIL)
    with ThreadPoolExecutor() as pool, open_another()._engine.begin() as eraser:  # noqa: SLF001
        eraser.execute(ERASE_ALONE)
        worker = pool.submit(complete, open_another(), job, inquiry, inquiry.id)
        wait_until(lambda: _waits_for_its_turn(sql))
        eraser.execute(
            text("""UPDATE creditor_inquiries SET erased_at = now(), client_name = '(erased)',
                creditor_email = NULL, reference_numbers = '{}', zendesk_ticket_id = NULL,
                debt_amount = NULL, match_keys = '{}'""")
        )
        eraser.commit()
        with pytest.raises(CandidateErased):
            worker.result()


def test_whoever_comes_first_nothing_of_the_client_is_left(
    open_another: Callable[[], Database], sql: Connection
) -> None:
    database = open_another()
    worker, eraser = open_another(), open_another()

    def work(job: ClaimedJob, inquiry: Inquiry) -> bool:
        try:
            return complete(worker, job, inquiry, inquiry.id) is not None
        except CandidateErased:
            return False

    for number in range(10):
        inquiry = client_inquiry(database)
        job = claimed_job(database, **MAIL)
        completed, _ = race(
            partial(work, job, inquiry), partial(erase, eraser, BY_NAME, f"call-{number}")
        )
        if not completed:
            assert erase(database, ClientWish(job_ids=(job.job_id,)), f"rest-{number}")
        assert "wendland" not in all_rows(sql)


def test_two_erasures_at_once_give_one_certificate(
    open_another: Callable[[], Database], sql: Connection
) -> None:
    database = open_another()
    inquiry = client_inquiry(database)
    complete(database, claimed_job(database, **MAIL), inquiry, inquiry.id)
    answers = race(*[partial(erase, open_another(), BY_NAME, f"call-{n}") for n in range(2)])
    assert sorted(answer is None for answer in answers) == [False, True]
    assert sql.scalar(text("SELECT count(*) FROM erasures")) == 1


def test_a_lost_answer_gives_the_same_certificate(database: Database, sql: Connection) -> None:
    client_inquiry(database)
    certificate = erase(ForgetfulDatabase(database))
    stored = sql.scalar(text("SELECT certificate FROM erasures"))
    assert certificate == json.loads(str(stored))


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


def test_a_put_at_the_same_moment_does_not_bring_the_client_back(
    open_another: Callable[[], Database], sql: Connection
) -> None:
    portal, eraser = open_another(), open_another()
    for number in range(8):
        inquiry = client_inquiry(portal)
        changed = replace(inquiry, debt_amount=Decimal("7.00"))
        race(
            partial(Inquiries(portal).put_many, [changed]),
            partial(erase, eraser, ClientWish(inquiry_ids=(inquiry.id,)), f"call-{number}"),
        )
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
