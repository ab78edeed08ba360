"""What whoever deploys decides about the database and the network, and what does not go together.

Prices are list prices of us-east-1 in US dollars of 2026; a month has 730 hours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

LARGEST_ACU = 256
SHORTEST_PAUSE, LONGEST_PAUSE = timedelta(minutes=5), timedelta(days=1)
"""Aurora's own limits: how long nobody may be connected before it pauses."""
INTERVAL_WITH_PAUSES = timedelta(minutes=30)
"""How often the reconciler runs where the database may pause: each run wakes it."""


@dataclass(frozen=True, kw_only=True)
class Capacity:
    """How small and how large Aurora may become, in capacity units (ACU, about 2 GiB of memory).

    An ACU costs 0.12 an hour: 0.5 all month is 43.80, and 0 costs the storage alone while the
    database is paused.
    """

    minimum_acu: float = 0.5
    maximum_acu: float = 4
    auto_pause: timedelta | None = None
    """With a minimum of 0: after how long without any connection it pauses, 5 minutes if unsaid."""

    @property
    def may_pause(self) -> bool:
        return self.minimum_acu == 0

    @property
    def pauses_after(self) -> timedelta | None:
        return (self.auto_pause or SHORTEST_PAUSE) if self.may_pause else None

    def problems(self, *, production: bool) -> Iterator[str]:
        """Say in a sentence each what Aurora, or the product on it, could not do."""
        yield from _steps("databaseMinAcu", self.minimum_acu, lowest=0)
        yield from _steps("databaseMaxAcu", self.maximum_acu, lowest=1)
        if self.minimum_acu > self.maximum_acu:
            yield (
                f"databaseMinAcu {self.minimum_acu:g} is more than"
                f" databaseMaxAcu {self.maximum_acu:g}."
            )
        if self.may_pause and production:
            yield (
                "databaseMinAcu 0 is not for prod: a paused database takes 15 to 30 seconds to"
                " wake, and a webhook that waits that long is lost. Use 0.5 or more."
            )
        yield from self._problems_of_the_pause()

    def _problems_of_the_pause(self) -> Iterator[str]:
        if self.auto_pause is None:
            return
        if not self.may_pause:
            yield (
                "databaseAutoPauseSeconds needs databaseMinAcu 0:"
                f" with {self.minimum_acu:g} the database never pauses."
            )
        elif not SHORTEST_PAUSE <= self.auto_pause <= LONGEST_PAUSE:
            yield (
                f"databaseAutoPauseSeconds is {self.auto_pause.total_seconds():g};"
                " Aurora takes 300 (5 minutes) to 86400 (a day)."
            )
        elif self.auto_pause >= INTERVAL_WITH_PAUSES:
            yield (
                f"databaseAutoPauseSeconds {self.auto_pause.total_seconds():g} would never come"
                f" about: the reconciler connects every {INTERVAL_WITH_PAUSES.total_seconds():g}"
                " seconds. Use less than that."
            )

    def warnings(self) -> Iterator[str]:
        """Say what becomes slower or less certain, though it works."""
        pause = self.pauses_after
        if pause is not None:
            yield (
                f"databaseMinAcu 0: after {pause.total_seconds():g} seconds without a connection"
                " the database pauses, and takes 15 to 30 seconds to wake. The webhook does not"
                " wait for that: it answers 503, and a mail is lost unless Zendesk sends it again"
                " when the database is awake. The job routes answer 503 meanwhile too. The other"
                " functions wait up to 40 seconds, each unit of work opens a connection of its"
                " own, and the reconciler runs every 30 minutes instead of 10, so what stands"
                " still is healed later."
            )


class PrivateDoor(StrEnum):
    """An AWS service that the functions can reach without leaving the network.

    Each costs 7.30 a month in each of the two zones, so 14.60, and 0.01 per GB. They save no NAT
    gateway, because Zendesk is on the internet; what they buy is that queues, secrets and
    e-mails go past it.
    """

    SQS = "sqs"
    SECRETS_MANAGER = "secretsmanager"
    EMAIL = "email"
    """The API of SES. The service that CDK calls SES is its SMTP server, which nobody here uses."""

    LAMBDA = "lambda"
    """By which the API starts the reconciler."""


class FlowLogs(StrEnum):
    """Which connections of the network are logged, at 0.50 per GB of log."""

    NONE = "none"
    REJECTED = "rejected"
    """What a security group refused: next to nothing, unless something is wrong."""

    ALL = "all"


@dataclass(frozen=True, kw_only=True)
class NetworkChoices:
    """What the functions' way out is made of."""

    nat_gateways: int = 1
    """Each costs 32.85 a month and 0.045 per GB. With 1, the loss of its zone cuts off all
    functions; with 2, each zone has its own."""
    private_doors: tuple[PrivateDoor, ...] = ()
    flow_logs: FlowLogs = FlowLogs.REJECTED

    def problems(self) -> Iterator[str]:
        """Say in a sentence each what could not work."""
        if self.nat_gateways not in {1, 2}:
            yield (
                f"natGateways is {self.nat_gateways}; it must be 1 or 2, as there are two zones"
                " and Zendesk can be reached through nothing else."
            )


def _steps(key: str, acu: float, *, lowest: float) -> Iterator[str]:
    if not lowest <= acu <= LARGEST_ACU or acu * 2 != round(acu * 2):
        yield f"{key} is {acu:g}; Aurora takes {lowest:g} to {LARGEST_ACU} in steps of 0.5."
