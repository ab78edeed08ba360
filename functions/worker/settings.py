"""What the worker needs from its environment."""

from __future__ import annotations

from shared.settings import (
    AwsSettings,
    DatabaseSettings,
    DeadLetterQueueSettings,
    JobsQueueSettings,
    ObservabilitySettings,
    Seconds,
)


class WorkerSettings(
    ObservabilitySettings, AwsSettings, DatabaseSettings, JobsQueueSettings, DeadLetterQueueSettings
):
    """`job_budget_seconds` is what one job may need: with less time left, none is begun."""

    job_budget_seconds: Seconds
    lease_margin_seconds: Seconds
    retry_base_seconds: Seconds
    retry_maximum_seconds: Seconds
