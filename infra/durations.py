"""Durations as CDK and as environment variables want them."""

from __future__ import annotations

from datetime import timedelta

from aws_cdk import Duration


def cdk_duration(duration: timedelta) -> Duration:
    """Return the same duration, which must be whole seconds."""
    return Duration.seconds(_whole_seconds(duration))


def seconds_text(duration: timedelta) -> str:
    """Return the value of a ``…_SECONDS`` variable."""
    return str(_whole_seconds(duration))


def _whole_seconds(duration: timedelta) -> int:
    seconds, rest = divmod(duration, timedelta(seconds=1))
    if rest:
        message = f"{duration} is not a whole number of seconds."
        raise ValueError(message)
    return seconds
