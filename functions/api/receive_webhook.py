"""Use case: take a delivery of the Zendesk webhook in, so that no mail is lost or done twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from functions.api.send_job import send_job
from functions.api.webhook.payload import ReadMail, Unreadable, ZendeskEvent, read_payload
from functions.api.webhook.signature import SignedRequest, Timeliness
from functions.api.webhook.signing_secrets import SigningSecrets
from shared.domain.errors import DatabaseRefused, SignatureRejected, TimestampOutsideWindow
from shared.messages import JobMessage
from shared.postgres.intake import Intake, StoredReply
from shared.postgres.quarantine import Quarantine, QuarantineKind
from shared.sqs import JobQueue


class DeliveryStatus(StrEnum):
    """What became of a delivery whose signature is right."""

    ACCEPTED = "accepted"
    """A mail we did not have: it is a job now."""
    DUPLICATE = "duplicate"
    """A mail we have: the first job stands."""
    IGNORED = "ignored"
    """Not a mail, such as an event of a ticket."""
    QUARANTINED = "quarantined"
    """Kept as it came, because it cannot be read; a person has to look."""


@dataclass(frozen=True, kw_only=True)
class ReceivedDelivery:
    """`job_id` is the job of an accepted mail, or the first one's of a duplicate.

    `cause` says why a delivery was quarantined, `notes` what was assumed about a mail, both as
    codes. `is_sent` is False when the reconciler has to send the job. `correlation_id` is the
    job's, of its first delivery.
    """

    status: DeliveryStatus
    job_id: int | None = None
    correlation_id: str | None = None
    cause: str | None = None
    notes: tuple[str, ...] = ()
    is_sent: bool = True


def receive_webhook(  # noqa: PLR0913  # A use case is given all it needs.
    *,
    request: SignedRequest,
    now: datetime,
    window: timedelta,
    secrets: SigningSecrets,
    intake: Intake,
    quarantine: Quarantine,
    queue: JobQueue,
    correlation_id: str,
) -> ReceivedDelivery:
    """Stores the mail and commits, and only then sends the job's id to the queue.

    Raises SignatureRejected, and TimestampOutsideWindow after keeping the delivery in
    quarantine; SecretUnavailable and DatabaseUnavailable when the sender should try again.
    A queue that refuses is no error: the job is stored, and the reconciler sends it.
    """
    _require_signature(request, secrets)
    timeliness = request.timeliness(now=now, window=window)
    if timeliness is not Timeliness.IN_TIME:
        quarantine.keep(QuarantineKind.STALE, timeliness, request.body, correlation_id)
        raise TimestampOutsideWindow(timeliness)
    match read_payload(request.body, now):
        case ZendeskEvent():
            return ReceivedDelivery(status=DeliveryStatus.IGNORED)
        case Unreadable() as cause:
            return _quarantine(cause, request, quarantine, correlation_id)
        case ReadMail() as mail:
            try:
                stored = intake.store_reply(
                    mail.reply,
                    dedup_key=mail.dedup_key,
                    correlation_id=correlation_id,
                    notes=mail.notes,
                )
            except DatabaseRefused:
                # Sent again it would be refused again, and then be lost.
                return _quarantine("not_storable", request, quarantine, correlation_id)
            return _send(stored, mail, intake, queue)


def _require_signature(request: SignedRequest, secrets: SigningSecrets) -> None:
    if request.is_signed_with_any(secrets.current()):
        return
    # Perhaps the secret was rotated since it was read.
    latest = secrets.reread()
    if not request.is_signed_with_any(latest):
        raise SignatureRejected("signature_wrong" if latest else "no_secret_configured")


def _quarantine(
    cause: str, request: SignedRequest, quarantine: Quarantine, correlation_id: str
) -> ReceivedDelivery:
    quarantine.keep(QuarantineKind.UNREADABLE, cause, request.body, correlation_id)
    return ReceivedDelivery(status=DeliveryStatus.QUARANTINED, cause=cause)


def _send(stored: StoredReply, mail: ReadMail, intake: Intake, queue: JobQueue) -> ReceivedDelivery:
    message = JobMessage(stored.job_id, stored.run, stored.correlation_id)
    is_sent = send_job(message, queue=queue, mark=intake.mark_queued) if stored.unsent else True
    return ReceivedDelivery(
        status=DeliveryStatus.ACCEPTED if stored.is_new else DeliveryStatus.DUPLICATE,
        job_id=stored.job_id,
        correlation_id=stored.correlation_id,
        notes=mail.notes,
        is_sent=is_sent,
    )
