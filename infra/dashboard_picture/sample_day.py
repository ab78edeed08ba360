"""An invented day: 200 mails, and three quarters of an hour in which no worker may run.

Another product has used up the account's concurrency; when it lets go, all is caught up. No number
here was ever measured. Every line of the dashboard has its entry, by the title of its widget and
its own label; a line without one stops the drawing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

STEPS = 96
"""A quarter of an hour each."""
_THROTTLED = range(49, 52)
_CATCHING_UP = 52

Values = list[float]
Day = Callable[[], Values]


def _chance(step: int, seed: int) -> float:
    """Return a number from 0 to 1 that looks random and is the same in every drawing."""
    return ((step * 7919 + seed * 104729 + step * step * 31) % 1000) / 1000


def _office_hours(step: int) -> float:
    hour = step / 4
    morning, afternoon = max(0.0, 1 - abs(hour - 10) / 4), max(0.0, 1 - abs(hour - 15) / 3.5)
    return max(0.04, morning, 0.8 * afternoon)


def _busy(most: float, seed: int) -> Day:
    return lambda: [
        round(most * _office_hours(step) * (0.6 + 0.7 * _chance(step, seed)))
        for step in range(STEPS)
    ]


def _worked(most: float, seed: int) -> Day:
    """Nothing while no worker may run, and the rest of it at once afterwards."""

    def day() -> Values:
        values = _busy(most, seed)()
        waiting = sum(values[step] for step in _THROTTLED)
        for step in _THROTTLED:
            values[step] = 0
        values[_CATCHING_UP] += waiting
        return values

    return day


def _about(level: float, seed: int, swing: float = 0.3) -> Day:
    return lambda: [level * (1 + swing * (_chance(step, seed) - 0.5)) for step in range(STEPS)]


def _following(base: float, with_work: float, seed: int) -> Day:
    return lambda: [
        base + with_work * _office_hours(step) * (0.7 + 0.6 * _chance(step, seed))
        for step in range(STEPS)
    ]


def _sometimes(values: Mapping[int, float]) -> Day:
    return lambda: [values.get(step, 0.0) for step in range(STEPS)]


def _waiting(most: float, else_: float, seed: int) -> Day:
    """Rise while no worker may run, and be as always at any other time."""

    def day() -> Values:
        values = _about(else_, seed)()
        for number, step in enumerate(_THROTTLED, start=1):
            values[step] = most * number / len(_THROTTLED)
        return values

    return day


def _never() -> Values:
    return [0.0] * STEPS


DAY: Mapping[str, Mapping[str, Day]] = {
    "What became of each delivery": {
        "accepted": _busy(9, 1),
        "duplicate": _busy(1.2, 2),
        "ignored": _never,
        "quarantined": _sometimes({61: 1}),
        "rejected": _sometimes({12: 1, 33: 2, 77: 1}),
        "asked for again": _sometimes({38: 1}),
    },
    "Completed, by outcome": {
        "auto_matched": _worked(6, 3),
        "needs_review": _worked(2, 4),
        "no_match": _worked(1, 6),
        "not_creditor_reply": _worked(1.4, 7),
    },
    "Seconds from arrival to outcome": {
        "waiting, p50": _waiting(1100, 0.7, 8),
        "waiting, p95": _waiting(2500, 2.3, 9),
        "processing, p50": _about(0.3, 10),
        "processing, p95": _about(1.1, 11),
    },
    "Age of the oldest open job, by the database": {"oldest open job": _waiting(2650, 40, 5)},
    "Open jobs and their messages": {
        "open jobs": _waiting(17, 0.4, 27),
        "messages waiting": _waiting(15, 0.2, 28),
        "messages in work": _worked(1.2, 12),
    },
    "Where nothing should stay": {
        "dead letters": _sometimes({47: 1, 70: 1}),
        "parked": _never,
        "missed runs": _never,
    },
    "Healed by the reconciler, by kind": {
        "never_sent": _sometimes({30: 1}),
        "never_taken": _sometimes({51: 5}),
    },
    "The reconciler's heartbeat, per hour": {"runs": lambda: [6.0] * STEPS},
    "Jobs failed, by cause": {
        "mail_encrypted": _sometimes({47: 1}),
        "stopped_without_answer": _sometimes({70: 1}),
    },
    "Work put off, by cause": {
        "database_unavailable": _sometimes({38: 3}),
        "model_unavailable": _sometimes({66: 2, 67: 4}),
    },
    "Deliveries refused or kept aside, by cause": {
        "headers_missing": _sometimes({12: 1, 33: 2, 77: 1}),
        "ticket_id_missing": _sometimes({61: 1}),
    },
    "API": {
        "5XX": _sometimes({38: 1}),
        "4XX": _sometimes({12: 1, 33: 2, 64: 1, 77: 1}),
        "p99, ms": _following(140, 260, 13),
    },
    "Functions: errors": {
        "api": _never,
        "worker": _sometimes({70: 1}),
        "notifier": _never,
        "reconciler": _never,
        "eraser": _never,
        "migrator": _never,
    },
    "Functions: short of room or time": {
        "throttles": _sometimes(dict.fromkeys(_THROTTLED, 12)),
        "at once": _following(1, 3, 14),
        "% of the timeout": _following(6, 14, 15),
    },
    "Failure e-mails": {
        "sent": _sometimes({47: 1, 70: 1}),
        "nobody to tell": _never,
        "not taken by SES": _never,
    },
    "Database capacity": {
        "ACU": _following(0.5, 0.6, 16),
        "connections": _following(2, 5, 17),
        "% of the largest": _following(12, 15, 18),
    },
    "Lambda, GB-seconds per hour": {
        "api": _following(0.5, 6, 19),
        "worker": _following(0.5, 14, 20),
        "notifier": _about(0.2, 21),
        "reconciler": _about(1.5, 22),
        "eraser": _never,
        "migrator": _never,
    },
    "Logs written, bytes": {
        "api": _following(900, 21_000, 23),
        "worker": _following(700, 32_000, 24),
        "notifier": _about(600, 25),
        "reconciler": _about(4_000, 26),
        "eraser": _never,
        "migrator": _never,
    },
}
"""Widget's title → line's label → how its day went. A searched line has a label per value found."""

NUMBERS: Mapping[str, Mapping[str, str]] = {
    "Mails accepted": {"accepted": "203"},
    "Jobs completed": {"completed": "201"},
    "Matched without a person": {"auto-matched": "128"},
    "Jobs failed": {"failed": "2"},
    "ACU-hours": {"ACU-hours in the last hour": "0.54"},
    "Invocations": {"in the last hour": "74"},
    "Requests to the API": {"requests": "389"},
    "Messages sent": {"sent": "207", "empty receives": "21.6K"},
}

IN_ALARM = "WebhookQuarantined"
"""The one alarm of the day's end; the others are over."""

LOG_LINES: tuple[Mapping[str, str], ...] = (
    {
        "@timestamp": "17:31:02.114",
        "service": "notifier",
        "message": "job.failed",
        "job_id": "48127",
        "cause": "stopped_without_answer",
        "correlation_id": "6b3f0c52-9d1e-4f0a-8d0e-2f6f8f0b7a11",
    },
    {
        "@timestamp": "15:20:44.870",
        "service": "api",
        "message": "webhook.quarantined",
        "cause": "ticket_id_missing",
        "correlation_id": "d1c7e0fb-51a4-4c58-9a39-7f0f2c9f4e02",
    },
    {
        "@timestamp": "11:49:31.027",
        "service": "worker",
        "message": "job.failed",
        "job_id": "48031",
        "cause": "mail_encrypted",
        "correlation_id": "a90be1d4-7f35-4c0b-bb0c-3e1a8d5f6c20",
    },
    {
        "@timestamp": "09:31:12.551",
        "service": "api",
        "message": "webhook.not_stored",
        "cause": "database_unavailable",
        "correlation_id": "0f5a6c9e-2b67-4a0f-9c86-55b1f9a1c3d7",
    },
    {
        "@timestamp": "09:31:09.402",
        "service": "worker",
        "message": "message.failed",
        "job_id": "47966",
        "cause": "database_unavailable",
        "correlation_id": "5d0d8f5b-44d9-4be4-a6fe-0b1c7d3f9e61",
    },
)
