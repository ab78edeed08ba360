"""What the demonstration sends, and when it calls a run good."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from infra.local.api_client import zendesk_headers
from infra.local.api_document import html_page
from infra.local.samples import Label, Sample, read_samples
from infra.local.synthesis import ROOT
from infra.local.table import table
from infra.local.verdict import LEAST_RIGHT_MATCHES, Processed, shortcomings

NOTHING_WAITS = {"jobs": 0, "dead-letter": 0, "parking": 0}


def processed(number: int, label: Label | None, **changes: Any) -> Processed:
    job = {
        "id": number,
        "from_email": f"service{number}@creditor.example",
        "processing_status": "completed",
        "match_status": "auto_matched",
        "matched_inquiry_id": f"inq-{number}",
        "reason": None,
        "extracted_data": {"debt_amount": "12.50", "currency": "EUR"},
        "processing_time_seconds": 0.5,
    }
    return Processed(Sample(f"r{number}", {}, label), job | changes)


def good_run() -> list[Processed]:
    matched = [
        processed(number, Label(f"inq-{number}", frozenset({"auto_matched"})))
        for number in range(LEAST_RIGHT_MATCHES)
    ]
    nothing = {"match_status": None, "matched_inquiry_id": None, "extracted_data": None}
    return [*matched, processed(99, None, processing_status="failed", **nothing)]


def verdict(run: list[Processed], mails: int = 1, **waiting: int) -> str:
    return "; ".join(shortcomings(run, mails=mails, waiting=NOTHING_WAITS | waiting))


def test_a_run_without_a_fault_is_good() -> None:
    assert not verdict(good_run())


@pytest.mark.parametrize(
    "label",
    [
        Label("inq-1", frozenset({"auto_matched"})),
        Label("inq-50", frozenset({"needs_review"})),
        Label(None, frozenset({"no_match"})),
    ],
)
def test_a_wrong_match_is_a_fault(label: Label) -> None:
    assert verdict([*good_run(), processed(50, label)]) == "r50 (job 50) was matched wrongly"


def test_either_of_two_accepted_outcomes_is_right() -> None:
    label = Label("inq-50", frozenset({"auto_matched", "needs_review"}))
    assert not verdict([*good_run(), processed(50, label)])
    assert not verdict([*good_run(), processed(50, label, match_status="needs_review")])


def test_too_few_right_matches_are_a_fault() -> None:
    assert "only 21 of at least 22" in verdict(good_run()[1:])


@pytest.mark.parametrize("status", ["received", "queued", "processing", "failed"])
def test_a_reply_that_did_not_complete_is_a_fault(status: str) -> None:
    label = Label("inq-50", frozenset({"auto_matched"}))
    stuck = processed(50, label, processing_status=status, match_status=None)
    assert verdict([*good_run(), stuck]) == f"r50 (job 50) is {status}"


def test_a_poison_that_did_not_fail_is_a_fault() -> None:
    poison = processed(50, None, match_status="no_match")
    assert "is completed, not failed" in verdict([*good_run(), poison])


@pytest.mark.parametrize("mails", [0, 2])
def test_any_other_number_of_mails_than_one_is_a_fault(mails: int) -> None:
    assert verdict(good_run(), mails) == f"{mails} failure e-mails were sent instead of one"


@pytest.mark.parametrize("queue", NOTHING_WAITS)
def test_a_queue_that_is_not_empty_is_a_fault(queue: str) -> None:
    assert verdict(good_run(), **{queue: 2}) == f"the {queue} queue still holds 2"


def test_the_table_tells_each_jobs_outcome() -> None:
    review = {"match_status": "needs_review", "reason": "weak_evidence", "matched_inquiry_id": None}
    lines = table([*good_run()[-1:], processed(7, None, **review)]).splitlines()
    assert lines[0].split() == ["job", "sender", "amount", "outcome", "inquiry", "time"]
    assert lines[2].split() == ["99", "service99@creditor.example", "failed", "0.50", "s"]
    assert "12.50 EUR  needs_review (weak_evidence)" in lines[3]


def test_webhooks_are_signed_as_zendesk_signs() -> None:
    moment = datetime(2021, 3, 25, 5, 9, 27, tzinfo=UTC)
    secret = "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ=="
    headers = zendesk_headers(b'{"event":"ticket.updated","id":123}', secret, moment)
    assert headers["X-Zendesk-Webhook-Signature-Timestamp"] == "2021-03-25T05:09:27Z"
    signature = headers["X-Zendesk-Webhook-Signature"]
    assert signature == "S/RDdU2ERmj7LHDDoWJ2onPYH+t7/f2+LTM4dL7UiLM="


def test_the_page_shows_every_route_of_the_committed_document() -> None:
    document = json.loads((ROOT / "docs" / "openapi.json").read_text())
    page = html_page(document)
    assert len(document["paths"]) > 5
    assert not [path for path in document["paths"] if f"<code>{path}</code>" not in page]


def test_the_samples_hold_twice_as_many_clear_matches_as_must_be_found() -> None:
    samples = read_samples(ROOT / "tests" / "samples")
    labels = [sample.label for sample in samples.replies if sample.label]
    clear = [label for label in labels if "auto_matched" in label.accepted]
    assert len(clear) == 2 * LEAST_RIGHT_MATCHES
    assert samples.poison.label is None
