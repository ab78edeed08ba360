"""The jobs as operators see them, and the retry."""

from __future__ import annotations

import io
from typing import Any

import pytest
from sqlalchemy import Connection, text

from tests.functions.api.calls import ACTOR, Api
from tests.functions.api.surroundings import Aws

MAIL: dict[str, Any] = {"ticket_id": 1, "from_email": "a@inkasso.example", "comment_id": 7}
FAIL = """UPDATE jobs SET processing_status = 'failed', started_at = now() - interval '90 s',
    completed_at = now(), processing_error = 'The mail is encrypted.' WHERE id = :id"""
COMPLETE = """UPDATE jobs SET processing_status = 'completed',
    started_at = now() - interval '1.5 s', completed_at = now(), match_confidence = 40,
    match_status = 'needs_review', reason = 'weak_evidence',
    extracted_data = '{"debt_amount": "0.00"}',
    match_explanation = '{"candidates": [{"inquiry_id": "inq-001"}]}'
    WHERE id = :id"""
START = """UPDATE jobs SET processing_status = 'processing', started_at = now(),
    lease_token = gen_random_uuid(), lease_until = now() WHERE id = :id"""
UNSEND = "UPDATE jobs SET processing_status = 'received', sent_at = NULL WHERE id = :id"


def deliver(api: Api, **fields: object) -> int:
    job_id: int = api.deliver(MAIL | fields).json["email_id"]
    return job_id


def change(sql: Connection, statement: str, job_id: int) -> None:
    sql.execute(text(statement), {"id": job_id})


def test_an_empty_list_is_a_list(api: Api) -> None:
    answer = api.get("/api/v1/jobs")
    none = dict.fromkeys(["received", "queued", "processing", "completed", "failed"], 0)
    assert answer.status == 200
    assert answer.json == {"total": 0, "by_status": none, "jobs": [], "next_cursor": None}


def test_a_line_of_the_list_says_what_the_contract_names(api: Api) -> None:
    job_id = deliver(api, subject="ü" * 101, received_at="2026-02-04T10:00:00+01:00")
    (line,) = api.get("/api/v1/jobs").json["jobs"]
    assert line == {
        "id": job_id,
        "processing_status": "queued",
        "from_email": "a@inkasso.example",
        "subject": "ü" * 99 + "…",
        "received_at": "2026-02-04T09:00:00Z",
        "started_at": None,
        "completed_at": None,
        "processing_error": None,
    }


def test_a_subject_of_100_characters_is_not_cut(api: Api) -> None:
    deliver(api, subject="ü" * 100)
    assert api.get("/api/v1/jobs").json["jobs"][0]["subject"] == "ü" * 100


def test_the_counts_sum_to_the_total_whatever_the_filter(api: Api, sql: Connection) -> None:
    """Defect 31: six jobs, and counts that summed to two."""
    ids = [deliver(api, comment_id=number) for number in range(6)]
    for job_id, statement in zip(ids, [FAIL, FAIL, COMPLETE, START, UNSEND], strict=False):
        change(sql, statement, job_id)
    everything = api.get("/api/v1/jobs").json
    counts = {"received": 1, "queued": 1, "processing": 1, "completed": 1, "failed": 2}
    assert (everything["total"], everything["by_status"]) == (6, counts)
    for status, count in counts.items():
        filtered = api.get("/api/v1/jobs", status=status).json
        assert (filtered["total"], filtered["by_status"]) == (count, counts)
        assert {job["processing_status"] for job in filtered["jobs"]} == {status}


def test_all_jobs_are_reached_by_following_the_cursor(api: Api) -> None:
    """Defect 31: there was no way to the jobs behind the first page."""
    ids = [deliver(api, comment_id=number) for number in range(5)]
    seen, query = [], {"limit": "2"}
    while True:
        page = api.get("/api/v1/jobs", **query).json
        seen += [job["id"] for job in page["jobs"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
    assert (sorted(seen), len(seen)) == (ids, 5)


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ({"status": "done"}, "query value status"),
        ({"status": ""}, "query value status"),
        ({"limit": 0}, "query value limit"),
        ({"limit": 201}, "query value limit"),
        ({"limit": "many"}, "query value limit"),
        ({"cursor": "Kanarienvogel"}, "query value cursor"),
        ({"cursor": "ü"}, "query value cursor"),
    ],
)
def test_a_wrong_query_value_is_a_422_that_names_it(
    stranded_api: Api, query: dict[str, object], place: str
) -> None:
    """Defect 31: an unknown status was answered with an empty list."""
    answer = stranded_api.get("/api/v1/jobs", **query)
    assert (answer.status, answer.json["error"]) == (422, "validation_failed")
    assert place in answer.json["detail"]
    assert set(answer.json) == {"error", "detail"}
    assert "Kanarienvogel" not in answer.json["detail"]


def test_limits_from_1_to_200_are_good(api: Api) -> None:
    assert [api.get("/api/v1/jobs", limit=limit).status for limit in (1, 200)] == [200, 200]


def test_a_completed_job_shows_its_outcome_and_why(api: Api, sql: Connection) -> None:
    url = "https://kanzlei.zendesk.example/a"
    job_id = deliver(api, subject="Re", attachments=[{"url": url}, {"filename": "b.pdf"}])
    change(sql, COMPLETE, job_id)
    job = api.get(f"/api/v1/jobs/{job_id}").json
    assert job["processing_time_seconds"] == 1.5
    assert (job["match_status"], job["reason"]) == ("needs_review", "weak_evidence")
    assert (job["match_confidence"], job["extracted_data"]) == (40, {"debt_amount": "0.00"})
    assert job["attachment_urls"] == [url]
    assert job["match_explanation"] == {"candidates": [{"inquiry_id": "inq-001"}]}
    assert (job["sync_status"], job["next_attempt_at"]) == ("not_applicable", None)


def test_the_detail_has_every_field_of_the_contract(api: Api) -> None:
    job = api.get(f"/api/v1/jobs/{deliver(api)}").json
    assert set(job) >= {
        "id",
        "processing_status",
        "from_email",
        "subject",
        "received_at",
        "started_at",
        "completed_at",
        "processing_time_seconds",
        "processing_error",
        "retry_count",
        "extracted_data",
        "match_status",
        "match_confidence",
        "attachment_urls",
        "sync_status",
        "reason",
        "matched_inquiry_id",
        "match_explanation",
        "attempts",
        "next_attempt_at",
    }


def test_a_failed_job_shows_how_long_it_took_and_every_attempt(api: Api, sql: Connection) -> None:
    """Defect 33: no history of attempts, and no duration of a failure."""
    job_id = deliver(api)
    change(sql, FAIL, job_id)
    attempt = """INSERT INTO attempts (job_id, run, number, lease_token, ended_at, outcome, error)
        VALUES (:id, 1, {0}, gen_random_uuid(), now(), 'transient_error', 'Out of order.')"""
    change(sql, attempt.format(1), job_id)
    change(sql, attempt.format(2), job_id)
    job = api.get(f"/api/v1/jobs/{job_id}").json
    assert job["processing_time_seconds"] == 90.0
    assert [each["number"] for each in job["attempts"]] == [1, 2]
    assert (job["attempts"][0]["outcome"], job["attempts"][0]["error"]) == (
        "transient_error",
        "Out of order.",
    )


@pytest.mark.parametrize(("method", "action"), [("GET", ""), ("POST", "/retry")])
def test_an_id_without_a_job_is_a_404(api: Api, method: str, action: str) -> None:
    for job_id in (4711, 2**63 - 1):
        answer = api.call(method, f"/api/v1/jobs/{job_id}{action}")
        assert (answer.status, answer.json["error"]) == (404, "job_not_found")


IMPOSSIBLE_IDS = [
    ("0", 404),
    ("-1", 404),
    (str(2**63), 404),
    ("9" * 100, 404),
    ("abc", 422),
    ("1.5", 422),
    ("1e3", 422),
]


@pytest.mark.parametrize(("job_id", "status"), IMPOSSIBLE_IDS)
@pytest.mark.parametrize(("method", "action"), [("GET", ""), ("POST", "/retry")])
def test_an_id_that_no_job_can_have_is_a_404_and_no_number_a_422(
    stranded_api: Api, method: str, action: str, job_id: str, status: int
) -> None:
    """Defect 31: a huge id was a 500."""
    answer = stranded_api.call(method, f"/api/v1/jobs/{job_id}{action}")
    assert answer.status == status
    assert set(answer.json) == {"error", "detail"}


def test_a_retry_begins_a_new_run_and_sends_it(api: Api, aws: Aws, sql: Connection) -> None:
    """Defects 9 and 32: a stuck job could not be retried, and nobody was noted as the one."""
    job_id = deliver(api)
    aws.messages()
    change(sql, FAIL, job_id)
    answer = api.call("POST", f"/api/v1/jobs/{job_id}/retry")
    assert answer.status == 200
    assert answer.json == {
        "id": job_id,
        "processing_status": "queued",
        "retry_count": 1,
        "message": "The job is queued again.",
    }
    assert aws.messages() == [{"job_id": job_id, "run": 2}]
    found = sql.execute(text("SELECT retried_by, sent_at FROM jobs")).one()
    assert found.retried_by == ACTOR
    assert found.sent_at is not None


def test_a_second_click_makes_no_second_retry(api: Api, aws: Aws, sql: Connection) -> None:
    """Defect 32: a double click made two jobs."""
    job_id = deliver(api)
    aws.messages()
    change(sql, FAIL, job_id)
    answers = [api.call("POST", f"/api/v1/jobs/{job_id}/retry") for _ in range(2)]
    assert [answer.status for answer in answers] == [200, 400]
    assert answers[1].json == {
        "error": "job_not_failed",
        "detail": "Only a failed job can be retried.",
    }
    assert len(aws.messages()) == 1


@pytest.mark.parametrize("statement", [COMPLETE, START, UNSEND])
def test_only_a_failed_job_is_retried(api: Api, sql: Connection, statement: str) -> None:
    job_id = deliver(api)
    change(sql, statement, job_id)
    assert api.call("POST", f"/api/v1/jobs/{job_id}/retry").status == 400


def test_a_retry_that_cannot_be_sent_stays_queued_and_says_so(
    api: Api, aws: Aws, sql: Connection
) -> None:
    job_id = deliver(api)
    change(sql, FAIL, job_id)
    aws.refuse_messages()
    answer = api.call("POST", f"/api/v1/jobs/{job_id}/retry")
    assert (answer.status, answer.json["processing_status"]) == (200, "queued")
    assert "it will be sent later" in answer.json["message"]
    assert api.get(f"/api/v1/jobs/{job_id}").json["processing_status"] == "queued"


ERASE = """UPDATE replies SET body_text = NULL, body_html = NULL, headers = '{}',
    attachments = '[]', bodies_erased_at = '2026-09-01T10:00:00Z' WHERE job_id = :id"""
ERASE_JOB = "UPDATE jobs SET content_erased_at = '2026-09-01T10:00:00Z' WHERE id = :id"
ERASE_ENVELOPE = """UPDATE replies SET subject = NULL, from_name = NULL, from_email = '(erased)',
    to_addresses = '{}', cc_addresses = '{}', envelope_erased_at = now() WHERE job_id = :id"""


def test_a_job_shows_that_and_when_and_why_its_content_was_erased(
    api: Api, sql: Connection
) -> None:
    job_id = deliver(api, subject="Zahlung", attachments=[{"url": "https://files.example/1"}])
    change(sql, COMPLETE, job_id)
    kept = api.get(f"/api/v1/jobs/{job_id}").json
    assert (kept["content_erased_at"], kept["erasure_cause"]) == (None, None)
    for statement in (ERASE, ERASE_JOB):
        change(sql, statement, job_id)
    gone = api.get(f"/api/v1/jobs/{job_id}").json
    assert (gone["content_erased_at"], gone["erasure_cause"]) == (
        "2026-09-01T10:00:00Z",
        "retention",
    )
    assert (gone["attachment_urls"], gone["subject"]) == ([], "Zahlung")
    change(sql, ERASE_ENVELOPE, job_id)
    gone = api.get(f"/api/v1/jobs/{job_id}").json
    assert (gone["erasure_cause"], gone["subject"], gone["from_email"]) == (
        "request",
        None,
        "(erased)",
    )


def test_a_retry_of_a_job_without_its_mail_is_a_400_that_says_so(
    api: Api, aws: Aws, sql: Connection
) -> None:
    job_id = deliver(api)
    aws.messages()
    for statement in (FAIL, ERASE, ERASE_JOB):
        change(sql, statement, job_id)
    answer = api.call("POST", f"/api/v1/jobs/{job_id}/retry")
    assert (answer.status, answer.json["error"]) == (400, "content_erased")
    assert answer.json["detail"] == (
        "The mail's content was erased on 2026-09-01, so there is nothing left to read;"
        " have the mail sent again."
    )
    assert aws.messages() == []
    assert api.get(f"/api/v1/jobs/{job_id}").json["processing_status"] == "failed"


def test_the_log_of_a_retry_names_the_job_and_nobody(
    api: Api, sql: Connection, log: io.StringIO
) -> None:
    job_id = deliver(api)
    change(sql, FAIL, job_id)
    api.call("POST", f"/api/v1/jobs/{job_id}/retry")
    assert '"message":"job.retried"' in log.getvalue()
    assert "operator" not in log.getvalue()
