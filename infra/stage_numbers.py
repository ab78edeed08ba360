"""Every number in which one stage may differ from another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from infra.data_choices import INTERVAL_WITH_PAUSES
from infra.settings import Stage


def _s(seconds: int) -> timedelta:
    return timedelta(seconds=seconds)


@dataclass(frozen=True, kw_only=True)
class FunctionNumbers:
    """How long a function may run, and how long it waits for the database.

    The connect timeout is the socket's read timeout too, so it must exceed the statement's.
    `reserved_concurrency` is what the function keeps for itself when the settings ask for it; a
    function that reads a queue needs at least as much as its feed may use at a time, or healthy
    messages would be thrown back until they are dead letters.
    """

    timeout: timedelta
    memory_mib: int
    connect_timeout: timedelta
    statement_timeout: timedelta
    lock_timeout: timedelta
    reserved_concurrency: int | None = None


@dataclass(frozen=True, kw_only=True)
class FeedNumbers:
    """How many messages a function takes at once, and how many of it may run at a time."""

    batch_size: int
    maximum_concurrency: int


@dataclass(frozen=True, kw_only=True)
class Throttle:
    """How many requests a second a route takes, and how many at once after a quiet time."""

    rate: int
    burst: int


@dataclass(frozen=True, kw_only=True)
class GatewayNumbers:
    """The throttle of every route that is not named, and of those that are."""

    default: Throttle
    webhook: Throttle
    retry: Throttle
    trigger: Throttle
    imports: Throttle
    requests_per_address: int
    """What the web ACL, where there is one, lets one address send in five minutes."""


@dataclass(frozen=True, kw_only=True)
class StageNumbers:
    """The timeouts, waits and limits of one stage."""

    api: FunctionNumbers
    worker: FunctionNumbers
    notifier: FunctionNumbers
    reconciler: FunctionNumbers
    migrator: FunctionNumbers
    eraser: FunctionNumbers

    jobs_visibility: timedelta
    jobs_maximum_receives: int
    dead_letter_visibility: timedelta
    dead_letter_maximum_receives: int
    worker_feed: FeedNumbers
    notifier_feed: FeedNumbers

    gateway: GatewayNumbers
    webhook_maximum_bytes: int
    webhook_timestamp_window: timedelta
    api_aws_timeout: timedelta
    background_aws_timeout: timedelta

    job_budget: timedelta
    lease_margin: timedelta
    second_reader_timeout: timedelta
    second_reader_input: int
    second_reader_output: int
    retry_base: timedelta
    retry_maximum: timedelta
    notifying_lease: timedelta
    notification_budget: timedelta

    reconciliation_interval: timedelta
    reconciliation_lease: timedelta
    unsent_after: timedelta
    unclaimed_after: timedelta
    unnotified_after: timedelta
    heals_per_run: int
    erasures_per_run: int


def for_stage(stage: Stage, *, database_may_pause: bool = False) -> StageNumbers:
    """Return the numbers of `stage`: short ones on a desk, the same ones everywhere on AWS.

    Only Aurora pauses, so a desk's numbers stay as they are.
    """
    if stage is Stage.LOCAL:
        return _ON_A_DESK
    return _WAKING_THE_DATABASE if database_may_pause else _ON_AWS


_PER_MESSAGE = FunctionNumbers(
    timeout=_s(60),
    memory_mib=1024,
    connect_timeout=_s(4),
    statement_timeout=_s(3),
    lock_timeout=_s(2),
)
"""Each unit of work may be tried twice, and several of them must fit into one message's budget."""

_ON_AWS = StageNumbers(
    api=FunctionNumbers(
        timeout=_s(10),
        memory_mib=1024,
        connect_timeout=_s(3),
        statement_timeout=_s(2),
        lock_timeout=_s(1),
        reserved_concurrency=20,
    ),
    worker=replace(_PER_MESSAGE, reserved_concurrency=5),
    notifier=replace(_PER_MESSAGE, timeout=_s(30), memory_mib=512, reserved_concurrency=2),
    reconciler=FunctionNumbers(
        timeout=_s(60),
        memory_mib=512,
        connect_timeout=_s(12),
        statement_timeout=_s(10),
        lock_timeout=_s(5),
        # A scheduled call and an operator's may meet; the database lets one of them work.
        reserved_concurrency=2,
    ),
    migrator=FunctionNumbers(
        timeout=_s(300),
        memory_mib=512,
        connect_timeout=_s(70),
        statement_timeout=_s(60),
        lock_timeout=_s(5),
    ),
    # Under a minute in all: so long the AWS CLI waits for an answer before it asks again.
    eraser=FunctionNumbers(
        timeout=_s(55),
        memory_mib=512,
        connect_timeout=_s(25),
        statement_timeout=_s(20),
        lock_timeout=_s(5),
    ),
    jobs_visibility=_s(360),
    jobs_maximum_receives=20,
    dead_letter_visibility=_s(180),
    # A message may bring the receives of the jobs queue along, so its budget is added on top.
    dead_letter_maximum_receives=25,
    worker_feed=FeedNumbers(batch_size=10, maximum_concurrency=5),
    notifier_feed=FeedNumbers(batch_size=10, maximum_concurrency=2),
    gateway=GatewayNumbers(
        default=Throttle(rate=50, burst=100),
        # Strangers can call the webhook, so its share is its own and leaves the others theirs.
        webhook=Throttle(rate=20, burst=40),
        retry=Throttle(rate=10, burst=20),
        trigger=Throttle(rate=1, burst=2),
        imports=Throttle(rate=2, burst=5),
        # Above what the webhook's throttle lets through, since Zendesk has few addresses.
        requests_per_address=10_000,
    ),
    webhook_maximum_bytes=1024 * 1024,
    webhook_timestamp_window=_s(300),
    api_aws_timeout=_s(1),
    background_aws_timeout=_s(5),
    # Two readers, then: what nothing answers costs 29 s, what the model takes 20 s.
    job_budget=_s(50),
    second_reader_timeout=_s(20),
    second_reader_input=20_000,
    second_reader_output=4_000,
    lease_margin=_s(5),
    retry_base=_s(15),
    retry_maximum=_s(300),
    notifying_lease=_s(60),
    notification_budget=_s(22),
    reconciliation_interval=_s(600),
    reconciliation_lease=_s(120),
    unsent_after=_s(120),
    unclaimed_after=_s(1800),
    # Longer than a dead letter can go round before it is parked: 25 receives of up to 300 s.
    unnotified_after=_s(7200),
    heals_per_run=200,
    erasures_per_run=500,
)

_WAKING = _s(40)
"""A paused database is awake after 15 seconds, or 30 if it was paused for more than a day."""

_WAKING_THE_DATABASE = replace(
    _ON_AWS,
    # The API and its three seconds stay: Zendesk would not wait.
    worker=replace(_ON_AWS.worker, timeout=_s(330), connect_timeout=_WAKING),
    notifier=replace(_ON_AWS.notifier, timeout=_s(200), connect_timeout=_WAKING),
    reconciler=replace(_ON_AWS.reconciler, timeout=_s(300), connect_timeout=_WAKING),
    # A second try would not end in time; whoever asked is told that it failed, and asks again.
    eraser=replace(_ON_AWS.eraser, connect_timeout=_WAKING),
    jobs_visibility=_s(1980),
    dead_letter_visibility=_s(1200),
    # What nothing answers costs 245 s now, and what the model takes 20 s.
    job_budget=_s(270),
    notifying_lease=_s(240),
    notification_budget=_s(170),
    reconciliation_interval=INTERVAL_WITH_PAUSES,
    reconciliation_lease=_s(360),
    unclaimed_after=_s(3600),
)

_ON_A_DESK = replace(
    _ON_AWS,
    worker=replace(_ON_AWS.worker, timeout=_s(5)),
    notifier=replace(_ON_AWS.notifier, timeout=_s(5)),
    jobs_visibility=_s(30),
    dead_letter_visibility=_s(30),
    job_budget=_s(2),
    lease_margin=_s(2),
    retry_base=_s(1),
    retry_maximum=_s(4),
    notifying_lease=_s(10),
    notification_budget=_s(2),
    reconciliation_interval=_s(60),
    unsent_after=_s(5),
    unclaimed_after=_s(60),
    unnotified_after=_s(30),
)
