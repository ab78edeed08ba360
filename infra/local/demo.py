"""Sends the sample mails through the running platform and shows what became of them."""

from __future__ import annotations

import sys
import time
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from infra.local.api_client import ApiClient, RequestRefused
from infra.local.platform import Platform
from infra.local.samples import Sample, Samples
from infra.local.table import table
from infra.local.verdict import Processed, matches, shortcomings

_FINAL = {"completed", "failed"}
_PAUSE_SECONDS = 0.3
_PATIENCE = timedelta(seconds=90)
"""How long nothing may change before the rest counts as stuck."""

_QUEUES = {
    "jobs": "JobsQueueUrl",
    "dead-letter": "DeadLetterQueueUrl",
    "parking": "ParkingQueueUrl",
}


def run_samples(platform: Platform, samples: Samples, secret: str) -> list[str]:
    """Returns what was not as it must be; raises RequestRefused if the API would not take one."""
    client = ApiClient(platform.address)
    say(f"Loading {len(samples.inquiries)} inquiries.")
    client.post("/api/v1/inquiries", list(samples.inquiries))
    jobs = _deliver(client, samples, secret)
    processed = _wait_for_all(client, jobs)
    waiting = _wait_for_quiet(platform)
    right, wrong = matches(processed)
    say(f"\n{table(processed)}\n")
    say(f"{len(right)} mails were matched automatically and rightly, {len(wrong)} wrongly.\n")
    mails = sorted(platform.folder.mails.glob("*.eml"))
    for mail in mails[-1:]:
        say(_shown(mail))
    return shortcomings(processed, mails=len(mails), waiting=waiting)


def say(text: str) -> None:
    """Tells the person at the desk."""
    print(text, flush=True)  # noqa: T201


def _deliver(client: ApiClient, samples: Samples, secret: str) -> dict[int, Sample]:
    # In the middle, so that it has neighbours on both sides in the queue.
    middle = len(samples.replies) // 2
    mails = [*samples.replies[:middle], samples.poison, *samples.replies[middle:]]
    jobs = {}
    for number, sample in enumerate(mails, start=1):
        answer = client.deliver(sample.webhook, secret)
        if answer["status"] not in {"accepted", "duplicate"}:
            message = f"The sample {sample.name} was {answer['status']}, not accepted."
            raise RequestRefused(message)
        jobs[answer["email_id"]] = sample
        _progress("Sending signed webhooks", number, len(mails))
    return jobs


def _wait_for_all(client: ApiClient, jobs: dict[int, Sample]) -> list[Processed]:
    details: dict[int, dict[str, Any]] = {}
    changed = time.monotonic()
    while True:
        open_ids = [job for job in jobs if not _is_final(details.get(job))]
        seen = {job: client.get(f"/api/v1/jobs/{job}") for job in open_ids}
        if any(details.get(job) != detail for job, detail in seen.items()):
            changed = time.monotonic()
        details |= seen
        done = len([job for job in jobs if _is_final(details[job])])
        _progress("Reading and matching", done, len(jobs))
        if done == len(jobs) or time.monotonic() - changed > _PATIENCE.total_seconds():
            return [Processed(sample, details[job]) for job, sample in jobs.items()]
        time.sleep(_PAUSE_SECONDS)


def _is_final(job: dict[str, Any] | None) -> bool:
    return job is not None and job["processing_status"] in _FINAL


def _wait_for_quiet(platform: Platform) -> dict[str, int]:
    """Waits until no queue holds anything; returns what they hold in the end."""
    give_up = time.monotonic() + _PATIENCE.total_seconds()
    while True:
        waiting = {
            name: platform.cloud.messages_in(platform.stack.outputs[output])
            for name, output in _QUEUES.items()
        }
        if not any(waiting.values()) or time.monotonic() > give_up:
            return waiting
        time.sleep(_PAUSE_SECONDS)


def _progress(what: str, done: int, total: int) -> None:
    if sys.stdout.isatty():
        end = "\n" if done == total else "\r"
        print(f"{what}: {done} of {total} ", end=end, flush=True)  # noqa: T201
    elif done == total:
        say(f"{what}: {done} of {total}")


def _shown(mail: Path) -> str:
    message = message_from_bytes(mail.read_bytes(), policy=policy.default)
    body = message.get_body()
    text = body.get_content().strip() if body is not None else ""
    headers = "\n".join(f"{name}: {message[name]}" for name in ("From", "To", "Subject"))
    indented = "\n".join(f"    {line}" for line in f"{headers}\n\n{text}".splitlines())
    return f"The failure e-mail ({mail}):\n\n{indented}\n"
