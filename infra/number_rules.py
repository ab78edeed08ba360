"""What the numbers of a stage must be to each other, where CDK lets pass what loses mail."""

from __future__ import annotations

from datetime import timedelta

from infra.stage_numbers import StageNumbers

VISIBILITY_IN_TIMEOUTS = 6
"""AWS's advice: then a message can wait out throttled invocations and is not handed out twice."""

_ZENDESK_WAITS = timedelta(seconds=12)


def number_problems(numbers: StageNumbers) -> list[str]:
    """Return a sentence for each number that can't be deployed."""
    visibilities = (
        ("jobs_visibility", numbers.jobs_visibility, "worker", numbers.worker.timeout),
        (
            "dead_letter_visibility",
            numbers.dead_letter_visibility,
            "notifier",
            numbers.notifier.timeout,
        ),
    )
    problems = [
        f"{name} is {_seconds(visibility)} s; it must be at least {VISIBILITY_IN_TIMEOUTS} times"
        f" the {function}'s timeout of {_seconds(timeout)} s."
        for name, visibility, function, timeout in visibilities
        if visibility < VISIBILITY_IN_TIMEOUTS * timeout
    ]
    if numbers.api.timeout >= _ZENDESK_WAITS:
        problems.append(
            f"The api's timeout is {_seconds(numbers.api.timeout)} s;"
            f" Zendesk waits no longer than {_seconds(_ZENDESK_WAITS)} s."
        )
    return problems


def _seconds(duration: timedelta) -> str:
    return f"{duration.total_seconds():g}"
