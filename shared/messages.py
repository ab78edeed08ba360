"""The contract between the functions: what a message in the queues says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

CORRELATION_ID = "correlation_id"
"""The message attribute that carries it, beside the body."""


@dataclass(frozen=True)
class JobMessage:
    """Names a job and the run it belongs to. Ids only: queues carry no personal data.

    `correlation_id` is the job's, for log lines; the job's row is the truth. Messages of older
    releases have none, and two messages about one run are equal with and without it.
    """

    job_id: int
    run: int
    correlation_id: str | None = field(default=None, compare=False)

    def to_json(self) -> str:
        return json.dumps({"job_id": self.job_id, "run": self.run})

    @classmethod
    def from_json(cls, body: str) -> JobMessage:
        """Raises ValueError for anything but an object with two positive integers."""
        try:
            fields = json.loads(body)
            job_id, run = fields["job_id"], fields["run"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            message = "A job message is an object with job_id and run."
            raise ValueError(message) from error
        for value in (job_id, run):
            if type(value) is not int or not 0 < value < 2**63:
                message = "job_id and run of a job message are positive integers."
                raise ValueError(message)
        return cls(job_id=job_id, run=run)

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> JobMessage:
        """Reads an SQS record as Lambda gives it. Raises ValueError for a body like from_json."""
        attribute = record.get("messageAttributes", {}).get(CORRELATION_ID, {})
        message = cls.from_json(record["body"])
        return replace(message, correlation_id=attribute.get("stringValue"))
