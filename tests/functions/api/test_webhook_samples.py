"""Signed requests as Zendesk sends them, byte for byte, through the whole handler."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from functions.api.webhook.signature import TIMESTAMP_HEADER
from tests.functions.api.calls import SECRET, WEBHOOK, Answer, Api
from tests.functions.api.surroundings import Aws, Clock

SAMPLES: dict[str, dict[str, Any]] = {
    sample["name"]: sample
    for sample in json.loads(
        (Path(__file__).parents[2] / "samples" / "zendesk_requests.json").read_text("utf-8")
    )
}
EVENT_SECRET = "unit-test-signing-secret-EVENT-0002"


def deliver(api: Api, name: str, *, encoded: bool = True) -> Answer:
    sample = SAMPLES[name]
    body = base64.b64decode(sample["body_b64"])
    return api.call("POST", WEBHOOK, body=body, headers=sample["headers"], encoded=encoded)


def names(prefix: str) -> list[str]:
    return [name for name in SAMPLES if name.startswith(prefix)]


ACCEPTED = [
    "A1_trigger_minimal",
    "A2_retry_same_invocation",
    "A3_second_invocation_same_comment",
    "A5_trigger_rich_text_attachments",
    "A6_trigger_pretty_crlf",
    "A8_empty_comment_id",
    "A9_own_note_loop",
    "A10_unknown_sender_private",
    "A12_umlaut_nfd_emoji",
]


@pytest.mark.parametrize("encoded", [False, True], ids=["text", "base64"])
@pytest.mark.parametrize("name", ACCEPTED)
def test_a_triggers_mail_becomes_a_job(api: Api, clock: Clock, *, name: str, encoded: bool) -> None:
    """A9, a note of our own, is a job like any other until the notes are known by their author."""
    clock.now = datetime.fromisoformat("2026-11-23T08:16:15+00:00")
    answer = deliver(api, name, encoded=encoded)
    assert (answer.status, answer.json["status"]) == (200, "accepted")


def test_the_same_comment_is_one_job_and_another_comment_another(api: Api, clock: Clock) -> None:
    """Two comments on one ticket: the check that everyone forgets."""
    clock.now = datetime.fromisoformat("2026-11-23T08:16:15+00:00")
    answers = [deliver(api, name).json for name in ACCEPTED[:3]]
    clock.now = datetime.fromisoformat("2026-11-23T09:02:15+00:00")
    answers.append(deliver(api, "A4_second_comment_same_ticket").json)
    statuses = [each["status"] for each in answers]
    assert statuses == ["accepted", "duplicate", "duplicate", "accepted"]
    assert answers[0]["email_id"] == answers[1]["email_id"] != answers[3]["email_id"]


QUARANTINED = {
    "A7_broken_json_valid_signature": ("not_json", "35436"),
    # A side conversation's notice names no sender; Zendesk's API is needed to fetch the mail.
    "A11_side_conversation_reply": ("from_email_missing", "35436"),
    "N10_non_utf8_bytes": ("not_utf8", "35436"),
}


@pytest.mark.parametrize("name", QUARANTINED)
def test_what_cannot_be_read_is_kept_raw_with_its_cause(
    api: Api, sql: Connection, name: str
) -> None:
    answer = deliver(api, name)
    assert (answer.status, answer.json["status"]) == (200, "quarantined")
    assert answer.json["email_id"] is None
    (kept,) = api.get("/api/v1/webhook/quarantine").json["deliveries"]
    assert (kept["cause"], kept["ticket_id"]) == QUARANTINED[name]
    raw = sql.scalar(text("SELECT raw_body FROM quarantined_deliveries"))
    assert raw == base64.b64decode(SAMPLES[name]["body_b64"])


STALE = ["N4_stale_timestamp", "N5_future_timestamp", "N9_timestamp_not_a_date"]
UNSIGNED = sorted(set(names("N")) - set(STALE) - set(QUARANTINED))


@pytest.mark.parametrize("name", UNSIGNED)
@pytest.mark.parametrize("encoded", [False, True], ids=["text", "base64"])
def test_what_is_not_signed_by_our_webhook_is_refused_before_the_database_is_asked(
    stranded_api: Api, *, name: str, encoded: bool
) -> None:
    assert deliver(stranded_api, name, encoded=encoded).status == 401


def test_bytes_that_the_gateway_replaced_are_refused(stranded_api: Api) -> None:
    """As text the gateway cannot hand on what is no UTF-8, and the signature is of other bytes."""
    assert deliver(stranded_api, "N10_non_utf8_bytes", encoded=False).status == 401


@pytest.mark.parametrize("name", STALE)
def test_a_right_signature_with_a_wrong_time_is_refused_and_kept(api: Api, name: str) -> None:
    assert deliver(api, name).status == 401
    (kept,) = api.get("/api/v1/webhook/quarantine").json["deliveries"]
    assert kept["kind"] == "stale"


@pytest.mark.parametrize("name", [*names("C"), *names("D"), *names("E")])
def test_an_event_of_a_subscription_is_ignored_and_stores_nothing(
    stranded_api: Api, aws: Aws, name: str
) -> None:
    aws.set_secret({"secrets": [SECRET, EVENT_SECRET]})
    answer = deliver(stranded_api, name)
    assert (answer.status, answer.json["status"]) == (200, "ignored")


def test_every_sample_is_used() -> None:
    used = {*ACCEPTED, *QUARANTINED, *names("N"), *names("C"), *names("D"), *names("E")}
    assert used | {"A4_second_comment_same_ticket"} == set(SAMPLES)
    assert all(TIMESTAMP_HEADER in sample["headers"] for sample in SAMPLES.values())
