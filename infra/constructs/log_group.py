"""Where a function or a gateway logs to, and for how long."""

from __future__ import annotations

from datetime import timedelta

from aws_cdk import aws_logs as logs
from constructs import Construct


class LogGroup(logs.LogGroup):
    """Encrypted by CloudWatch with its own key: what is logged names ids and no client."""

    def __init__(self, scope: Construct, construct_id: str, *, retention: timedelta) -> None:
        """Keep each line for whole days that CloudWatch knows; the settings see to it."""
        super().__init__(scope, construct_id)
        resource = self.node.default_child
        if not isinstance(resource, logs.CfnLogGroup):
            message = "The log group's resource is not where it was."
            raise TypeError(message)
        # The construct underneath has names for the days instead of their number.
        resource.retention_in_days = retention.days
