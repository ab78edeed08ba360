"""What the notifier needs from its environment."""

from __future__ import annotations

from typing import Annotated

from pydantic import field_validator
from pydantic_settings import NoDecode

from shared.settings import (
    AwsSettings,
    DatabaseSettings,
    DeadLetterQueueSettings,
    ObservabilitySettings,
    Seconds,
)


class NotifierSettings(
    ObservabilitySettings, AwsSettings, DatabaseSettings, DeadLetterQueueSettings
):
    """Empty addresses mean: not configured. The intake addresses are separated by commas.

    `notification_budget_seconds` is what one dead letter may need: with less time left, none is
    begun.
    """

    admin_email: str
    sender_email: str
    zendesk_intake_addresses: Annotated[tuple[str, ...], NoDecode]
    public_base_url: str
    ses_configuration_set: str
    notifying_lease_seconds: Seconds
    notification_budget_seconds: Seconds

    @field_validator("zendesk_intake_addresses", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(address.strip() for address in value.split(",") if address.strip())
        return value
