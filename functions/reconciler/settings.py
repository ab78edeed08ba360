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
    """After how long each kind of standstill counts as one, and how many heals a run may do."""

    unsent_after_seconds: Seconds
    unclaimed_after_seconds: Seconds
    lease_dead_after_seconds: Seconds
    unnotified_after_seconds: Seconds
    heals_per_run: int
