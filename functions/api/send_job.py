"""Use case: tell the workers about a job whose row is committed."""

from __future__ import annotations

from collections.abc import Callable

from shared.domain.errors import TransientError
from shared.messages import JobMessage
from shared.sqs import JobQueue


def send_job(message: JobMessage, *, queue: JobQueue, mark: Callable[[int, int], None]) -> bool:
    """True if the message is in the queue and `mark` has noted it on the row.

    False is no loss: the reconciler sends what was never marked, and a worker that gets a
    message twice does the work once.
    """
    try:
        queue.send(message)
        mark(message.job_id, message.run)
    except TransientError:
        return False
    return True
