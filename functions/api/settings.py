"""What the API needs from its environment."""

from __future__ import annotations

from shared.settings import (
    AwsSettings,
    DatabaseSettings,
    JobsQueueSettings,
    ObservabilitySettings,
    ReconciliationSettings,
    Seconds,
)


class ApiSettings(
    ObservabilitySettings, AwsSettings, DatabaseSettings, JobsQueueSettings, ReconciliationSettings
):
    """`webhook_secret_arn` names a secret whose value is ``{"secrets": ["new", "old"]}``."""

    reconciler_function_name: str
    webhook_secret_arn: str
    webhook_max_bytes: int
    webhook_timestamp_window_seconds: Seconds
