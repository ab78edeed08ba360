"""What the reconciler needs from its environment."""

from __future__ import annotations

from shared.settings import (
    AwsSettings,
    DatabaseSettings,
    DeadLetterQueueSettings,
    JobsQueueSettings,
    ObservabilitySettings,
    ReconciliationSettings,
    Seconds,
)


class ReconcilerSettings(
    ObservabilitySettings,
    AwsSettings,
    DatabaseSettings,
    JobsQueueSettings,
    DeadLetterQueueSettings,
    ReconciliationSettings,
):
    """After how long a standstill counts as one and content is erased; what one run may do."""

    unsent_after_seconds: Seconds
    unclaimed_after_seconds: Seconds
    lease_dead_after_seconds: Seconds
    unnotified_after_seconds: Seconds
    heals_per_run: int
    content_retention_seconds: Seconds
    quarantine_retention_seconds: Seconds
    erasures_per_run: int
