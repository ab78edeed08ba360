"""What the worker needs from its environment."""

from __future__ import annotations

from shared.settings import (
    AwsSettings,
    DatabaseSettings,
    DeadLetterQueueSettings,
    EnvironmentSettings,
    JobsQueueSettings,
    ObservabilitySettings,
    Seconds,
)


class SecondReaderSettings(EnvironmentSettings):
    """The optional reader on Amazon Bedrock; without a model id there is none."""

    second_reader_model_id: str
    second_reader_region: str
    second_reader_timeout_seconds: Seconds
    second_reader_max_input_characters: int
    second_reader_max_output_tokens: int


class WorkerSettings(
    ObservabilitySettings,
    AwsSettings,
    DatabaseSettings,
    JobsQueueSettings,
    DeadLetterQueueSettings,
    SecondReaderSettings,
):
    """`job_budget_seconds` is what one job may need: with less time left, none is begun."""

    job_budget_seconds: Seconds
    lease_margin_seconds: Seconds
    retry_base_seconds: Seconds
    retry_maximum_seconds: Seconds
