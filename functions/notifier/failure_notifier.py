"""Sends the failure e-mail through Amazon SES."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from typing import Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError

from functions.notifier.failure_email import FailureReport, compose_failure_email
from functions.notifier.intake_addresses import feeds_zendesk, mailbox
from shared.domain.errors import MailLoop, MailServiceUnavailable


class MailSender(Protocol):
    """Hands one message to the mail service."""

    def __call__(self, message: EmailMessage, /) -> None: ...


class SesMailSender:
    """Sends raw messages with SES v2: only raw ones keep their headers."""

    def __init__(self, client: Any, configuration_set: str) -> None:  # noqa: ANN401
        self._client = client
        self._configuration = (
            {"ConfigurationSetName": configuration_set} if configuration_set else {}
        )

    def __call__(self, message: EmailMessage) -> None:
        """Raises MailServiceUnavailable, which names SES's own code where there is one."""
        try:
            self._client.send_email(
                FromEmailAddress=message["From"],
                Destination={"ToAddresses": [message["To"]]},
                Content={"Raw": {"Data": message.as_bytes()}},
                **self._configuration,
            )
        except ClientError as error:
            code = error.response["Error"]["Code"]
            refusal = f"The mail service did not take the e-mail: {code}."
            raise MailServiceUnavailable(refusal) from error
        except BotoCoreError as error:
            raise MailServiceUnavailable from error


class FailureNotifier:
    """Tells the administrator of one failed job at a time."""

    def __init__(  # noqa: PLR0913  # Each is named where the notifier is put together.
        self,
        *,
        send: MailSender,
        clock: Callable[[], datetime],
        sender: str,
        recipient: str,
        intake_addresses: tuple[str, ...],
        base_url: str,
    ) -> None:
        self._send = send
        self._clock = clock
        self._sender = sender
        self._recipient = recipient
        self._intake = {mailbox(address) for address in intake_addresses}
        self._base_url = base_url

    @property
    def is_configured(self) -> bool:
        """Whether there is somebody to tell, and an address to tell it from."""
        return bool(self._sender and self._recipient)

    def send_failure_notification(  # noqa: PLR0913  # All that the e-mail says.
        self,
        email_id: int,
        error: str,
        from_email: str,
        subject: str | None,
        *,
        failed_at: datetime | None = None,
        correlation_id: str = "",
    ) -> None:
        """Sends one e-mail; without `failed_at` the failure is of now.

        Raises MailLoop, MailServiceUnavailable.
        """
        if feeds_zendesk(self._recipient, self._intake):
            raise MailLoop
        report = FailureReport(
            email_id=email_id,
            error=error,
            from_email=from_email,
            subject=subject,
            failed_at=failed_at or self._clock(),
            correlation_id=correlation_id,
        )
        self._send(
            compose_failure_email(
                report, sender=self._sender, recipient=self._recipient, base_url=self._base_url
            )
        )
