"""Who may deliver: the signature matrix, through the whole handler."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest

from functions.api.webhook.signature import SIGNATURE_HEADER, TIMESTAMP_HEADER
from functions.api.webhook.signing_secrets import REREAD_PAUSE, ZENDESK_PUBLIC_TEST_SECRET
from tests.functions.api.calls import NOW, SECRET, WEBHOOK, Api, signing_headers
from tests.functions.api.surroundings import Aws, Clock

MAIL = b'{"ticket_id": "1", "from_email": "a@inkasso.example", "comment_id": "7"}'
SPACED = '{ "ticket_id":"1",\r\n\t"from_email" :"a@inkasso.example","subject":"Größe  €" }'.encode()


@pytest.mark.parametrize("body", [MAIL, SPACED])
@pytest.mark.parametrize("encoded", [False, True], ids=["text", "base64"])
def test_the_raw_bytes_are_what_is_verified(api: Api, *, body: bytes, encoded: bool) -> None:
    """Defect 30: the signature was computed over JSON that had been written anew."""
    answer = api.deliver(body, encoded=encoded)
    assert (answer.status, answer.json["status"]) == (200, "accepted")


WRONG_HEADERS = {
    "missing": {},
    "no signature": {TIMESTAMP_HEADER: NOW},
    "no time": {SIGNATURE_HEADER: signing_headers(MAIL)[SIGNATURE_HEADER]},
    "empty signature": signing_headers(MAIL) | {SIGNATURE_HEADER: ""},
    "other secret": signing_headers(MAIL, secret="other"),
    "other body": signing_headers(MAIL + b" "),
    "other time": signing_headers(MAIL) | {TIMESTAMP_HEADER: "2026-11-23T08:15:31Z"},
    "not ascii": signing_headers(MAIL) | {SIGNATURE_HEADER: "ünïcödé€"},
    "time not ascii": signing_headers(MAIL) | {TIMESTAMP_HEADER: "gestern früh"},
    "old header": {"X-Zendesk-Signature": signing_headers(MAIL)[SIGNATURE_HEADER]},
}


@pytest.mark.parametrize("headers", WRONG_HEADERS.values(), ids=WRONG_HEADERS)
def test_a_wrong_signature_is_a_401_and_the_database_is_not_asked(
    stranded_api: Api, headers: dict[str, str]
) -> None:
    """Defect 30: a non-ASCII header was a 500; defect 29: nobody was asked who they are."""
    answer = stranded_api.call("POST", WEBHOOK, body=MAIL, headers=headers)
    assert answer.status == 401
    assert answer.json == {
        "error": "signature_rejected",
        "detail": "The request is not signed by the configured Zendesk webhook.",
    }


@pytest.mark.parametrize("name", ["missing", "no signature", "no time", "empty signature"])
def test_without_both_headers_a_request_is_a_strangers(
    stranded_api: Api, log: io.StringIO, name: str
) -> None:
    stranded_api.call("POST", WEBHOOK, body=MAIL, headers=WRONG_HEADERS[name])
    assert '"cause":"headers_missing"' in log.getvalue()


def test_authentication_comes_before_reading(stranded_api: Api) -> None:
    """An unsigned body that cannot be read is a stranger's, and no more."""
    answer = stranded_api.call(
        "POST", WEBHOOK, body=b"{", headers=signing_headers(b"{", secret="other")
    )
    assert answer.status == 401


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_right_signature_at_the_wrong_time_is_refused_and_kept(
    api: Api, clock: Clock, minutes: int
) -> None:
    clock.now += timedelta(minutes=minutes)
    answer = api.deliver(MAIL)
    assert (answer.status, answer.json["error"]) == (401, "timestamp_outside_window")
    (kept,) = api.get("/api/v1/webhook/quarantine").json["deliveries"]
    assert (kept["kind"], kept["cause"]) == ("stale", "timestamp_outside_window")
    assert kept["ticket_id"] == "1"


def test_a_replayed_request_makes_no_second_job(api: Api, clock: Clock) -> None:
    first = api.deliver(MAIL)
    clock.now += timedelta(minutes=4)
    again = api.deliver(MAIL)
    assert (again.status, again.json["status"]) == (200, "duplicate")
    assert again.json["email_id"] == first.json["email_id"]


def test_both_secrets_are_good_during_a_rotation(api: Api, aws: Aws) -> None:
    aws.set_secret({"secrets": ["new", SECRET]})
    for secret in ("new", SECRET):
        headers = signing_headers(MAIL, secret=secret)
        assert api.call("POST", WEBHOOK, body=MAIL, headers=headers).status == 200


def test_a_secret_rotated_meanwhile_is_read_again_on_a_mismatch(
    api: Api, aws: Aws, clock: Clock
) -> None:
    assert api.deliver(MAIL).status == 200
    aws.set_secret({"secrets": ["new"]})
    clock.now += REREAD_PAUSE
    headers = signing_headers(MAIL, secret="new")
    assert api.call("POST", WEBHOOK, body=MAIL, headers=headers).status == 200
    assert api.deliver(MAIL).status == 401


@pytest.mark.parametrize("value", [{"secrets": []}, {}, {"secrets": [""]}])
def test_without_a_secret_nothing_is_accepted(stranded_api: Api, aws: Aws, value: object) -> None:
    """Defect 30: with no secret configured everything was accepted."""
    aws.set_secret(value)
    for secret in ("", SECRET):
        headers = signing_headers(MAIL, secret=secret)
        assert stranded_api.call("POST", WEBHOOK, body=MAIL, headers=headers).status == 401


def test_zendesks_public_test_secret_is_refused_even_if_configured(api: Api, aws: Aws) -> None:
    aws.set_secret({"secrets": [ZENDESK_PUBLIC_TEST_SECRET, SECRET]})
    headers = signing_headers(MAIL, secret=ZENDESK_PUBLIC_TEST_SECRET)
    assert api.call("POST", WEBHOOK, body=MAIL, headers=headers).status == 401
    assert api.deliver(MAIL).status == 200


def test_a_secret_that_cannot_be_read_is_our_fault_and_worth_a_retry(
    stranded_api: Api, aws: Aws
) -> None:
    aws.set_secret("no json, therefore not ours")
    answer = stranded_api.deliver(MAIL)
    assert (answer.status, answer.json["error"]) == (503, "secret_unavailable")
    assert answer.headers["retry-after"] == "20"
    assert "no json" not in answer.json["detail"]


@pytest.mark.parametrize(("size", "status"), [(1_048_576, 200), (1_048_577, 413)])
def test_a_body_may_have_one_mebibyte(api: Api, size: int, status: int) -> None:
    """Defect 38: there was no limit on the whole, and tight ones on its parts."""
    body = MAIL[:-1] + b', "body_text": "' + b"x" * (size - len(MAIL) - 17) + b'"}'
    assert len(body) == size
    assert api.deliver(body).status == status


@pytest.mark.parametrize("size", ["1048577", "9" * 5000])
def test_an_announced_size_over_the_limit_is_believed(stranded_api: Api, size: str) -> None:
    headers = signing_headers(MAIL) | {"content-length": size}
    answer = stranded_api.call("POST", WEBHOOK, body=MAIL, headers=headers)
    assert (answer.status, answer.json["error"]) == (413, "body_too_large")


@pytest.mark.parametrize("announced", [{}, {"content-length": "1048577"}], ids=["sent", "said"])
def test_a_large_body_of_a_stranger_is_a_strangers(
    stranded_api: Api, log: io.StringIO, announced: dict[str, str]
) -> None:
    """Whatever is counted as too large wakes somebody, and anybody can send a large body."""
    body = b"x" * 1_048_577
    assert stranded_api.call("POST", WEBHOOK, body=body, headers=announced).status == 401
    assert '"cause":"headers_missing"' in log.getvalue()
    assert "body_too_large" not in log.getvalue()


def test_the_log_says_why_a_request_was_refused(api: Api, log: io.StringIO) -> None:
    api.call("POST", WEBHOOK, body=MAIL)
    api.call("POST", WEBHOOK, body=MAIL, headers=signing_headers(MAIL, secret="other"))
    lines = log.getvalue()
    assert '"message":"webhook.rejected"' in lines
    assert '"cause":"headers_missing"' in lines
    assert '"cause":"signature_wrong"' in lines
