"""The contract between the functions: what a message in the queues says."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class JobMessage:
    """Names a job and the run it belongs to. Ids only: queues carry no personal data."""

    job_id: int
    run: int

    def to_json(self) -> str:
        return json.dumps(asdict(self))

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
