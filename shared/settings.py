"""Groups of settings that several functions read from their environment.

Each function's own class mixes the groups it needs; its fields are exactly the variables that
the template gives that function (tested).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import BeforeValidator
from pydantic_settings import BaseSettings, SettingsConfigDict


def _seconds(value: object) -> object:
    return timedelta(seconds=float(value)) if isinstance(value, (str, int, float)) else value


Seconds = Annotated[timedelta, BeforeValidator(_seconds)]
"""A duration, given in the environment as a number of seconds."""


class EnvironmentSettings(BaseSettings):
    """Reads the process's environment, and nothing else."""

    model_config = SettingsConfigDict(frozen=True, hide_input_in_errors=True)


class ObservabilitySettings(EnvironmentSettings):
    """Names the place in logs and metrics."""

    stage: str
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"]


class DatabaseSettings(EnvironmentSettings):
    """Where PostgreSQL is and how long it may take.

    `database_tls` is ``verify-full`` or, on a desk, ``off``; `database_auth` is ``iam`` or, on
    a desk, ``trust``. `database_pool` is ``one`` connection that the container keeps, or
    ``none``, for a database that pauses when nobody is connected. The statement timeout must be
    under the connect timeout, which is also the socket's read timeout.
    """

    database_host: str
    database_port: int
    database_name: str
    database_user: str
    database_tls: Literal["verify-full", "off"]
    database_auth: Literal["iam", "trust"]
    database_pool: Literal["one", "none"]
    database_connect_timeout_seconds: Seconds
    database_statement_timeout_seconds: Seconds
    database_lock_timeout_seconds: Seconds


class AwsSettings(EnvironmentSettings):
    """How long one call of an AWS service may take; none is tried twice by the client."""

    aws_call_timeout_seconds: Seconds


class JobsQueueSettings(EnvironmentSettings):
    """The queue that workers read."""

    jobs_queue_url: str


class DeadLetterQueueSettings(EnvironmentSettings):
    """The queue that the notifier reads."""

    dead_letter_queue_url: str


class ReconciliationSettings(EnvironmentSettings):
    """How long a reconciliation run may go without an end before another may start."""

    reconciliation_lease_seconds: Seconds
