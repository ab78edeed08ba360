"""Whoever works on a mail while its client is erased writes nothing of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest
from sqlalchemy import Connection, text

from shared.domain.errors import CandidateErased
from shared.domain.inquiry import Inquiry
from shared.domain.job import AttemptOutcome
from shared.postgres.client_selection import ClientWish
from shared.postgres.database import Database
from shared.postgres.erasure_turns import ERASE_ALONE
from shared.postgres.finishing import Finishing
from shared.postgres.inquiries import Inquiries
from shared.postgres.job_reads import JobReads
from shared.postgres.leasing import ClaimedJob
from tests.e2e.waiting import wait_until
from tests.factories import (
    LEASE,
    a_decision,
    claimed_job,
)
from tests.integration.erasing import (
    BY_NAME,
    EXTRACTED,
    MAIL,
    all_rows,
    client_inquiry,
    complete,
    erase,
)
from tests.integration.test_lost_answers import ForgetfulDatabase
from tests.racing import race

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
