"""The chain of queues: jobs, then dead letters, then a parking place that nobody reads.

Beside it stands the queue of the reconciler's missed runs, which nobody reads either.
"""

from __future__ import annotations

from datetime import timedelta

from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs.findings import explain
from infra.durations import cdk_duration
from infra.stage_numbers import StageNumbers

# A message keeps the age it came with when it moves on, so each queue keeps it longer than the one
# before: what is parked stays for four days at least, and 14 days are the most that SQS allows.
_JOBS_RETENTION = timedelta(days=4)
_DEAD_LETTER_RETENTION = timedelta(days=10)
_PARKING_RETENTION = timedelta(days=14)


class JobQueues(Construct):
    """Messages are hints about rows of the database, so order and duplicates do not matter."""

    def __init__(self, scope: Construct, construct_id: str, *, numbers: StageNumbers) -> None:
        """Take the visibilities and how often a message is received before it moves on."""
        super().__init__(scope, construct_id)
        self.parking = self._queue("Parking", retention=_PARKING_RETENTION)
        self.missed_runs = self._queue("MissedRuns", retention=_PARKING_RETENTION)
        explain(
            self.missed_runs,
            "SQS3",
            because="It is where Scheduler and Lambda leave what failed, so a dead-letter queue"
            " itself; nobody reads it, and an alarm tells of the first message.",
        )
        self.dead_letters = self._queue(
            "DeadLetters",
            retention=_DEAD_LETTER_RETENTION,
            visibility=numbers.dead_letter_visibility,
            after=(numbers.dead_letter_maximum_receives, self.parking),
        )
        self.jobs = self._queue(
            "Jobs",
            retention=_JOBS_RETENTION,
            visibility=numbers.jobs_visibility,
            after=(numbers.jobs_maximum_receives, self.dead_letters),
        )

    def _queue(
        self,
        name: str,
        *,
        retention: timedelta,
        visibility: timedelta | None = None,
        after: tuple[int, sqs.IQueue] | None = None,
    ) -> sqs.Queue:
        moves_on = (
            sqs.DeadLetterQueue(max_receive_count=after[0], queue=after[1]) if after else None
        )
        return sqs.Queue(
            self,
            name,
            retention_period=cdk_duration(retention),
            visibility_timeout=cdk_duration(visibility) if visibility else None,
            dead_letter_queue=moves_on,
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
        )
