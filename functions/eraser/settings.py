"""What the eraser needs from its environment."""

from __future__ import annotations

from shared.settings import DatabaseSettings, ObservabilitySettings, Seconds


class EraserSettings(ObservabilitySettings, DatabaseSettings):
    """For how long copies outlive an erasure: the certificate says so."""

    backup_retention_seconds: Seconds
    log_retention_seconds: Seconds
