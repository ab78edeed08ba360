"""The environment of each function, but for the database's part, which the database adds."""

from __future__ import annotations

from dataclasses import dataclass

from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_secretsmanager as secretsmanager

from infra.constructs.aurora import Aurora
from infra.constructs.failure_mail import FailureMail
from infra.constructs.job_queues import JobQueues
from infra.constructs.rest_api import RestApi
from infra.durations import seconds_text
from infra.settings import Settings
from infra.stage_numbers import StageNumbers


@dataclass(frozen=True, kw_only=True)
class Environments:
    """One method per function; its keys are the fields of that function's settings class."""

    settings: Settings
    numbers: StageNumbers
    queues: JobQueues

    def migrator(self) -> dict[str, str]:
        """Return what every function has."""
        return {"STAGE": self.settings.stage, "LOG_LEVEL": self.settings.log_level}

    def api(
        self, *, reconciler: lambda_.IFunction, webhook_secret: secretsmanager.ISecret
    ) -> dict[str, str]:
        """Return where the API sends what it took, and the limits of the webhook."""
        numbers = self.numbers
        return {
            **self.migrator(),
            "JOBS_QUEUE_URL": self.queues.jobs.queue_url,
            "RECONCILER_FUNCTION_NAME": reconciler.function_name,
            "WEBHOOK_SECRET_ARN": webhook_secret.secret_arn,
            "WEBHOOK_MAX_BYTES": str(numbers.webhook_maximum_bytes),
            "WEBHOOK_TIMESTAMP_WINDOW_SECONDS": seconds_text(numbers.webhook_timestamp_window),
            "AWS_CALL_TIMEOUT_SECONDS": seconds_text(numbers.api_aws_timeout),
            "RECONCILIATION_LEASE_SECONDS": seconds_text(numbers.reconciliation_lease),
        }

    def worker(self) -> dict[str, str]:
        """Return the worker's queues, what one job may cost and how long a failed one waits."""
        return {
            **self.migrator(),
            **self._both_queues(),
            "AWS_CALL_TIMEOUT_SECONDS": seconds_text(self.numbers.background_aws_timeout),
            "JOB_BUDGET_SECONDS": seconds_text(self.numbers.job_budget),
            "LEASE_MARGIN_SECONDS": seconds_text(self.numbers.lease_margin),
            "RETRY_BASE_SECONDS": seconds_text(self.numbers.retry_base),
            "RETRY_MAXIMUM_SECONDS": seconds_text(self.numbers.retry_maximum),
            "SECOND_READER_MODEL_ID": self.settings.second_reader_model_id,
            "SECOND_READER_REGION": self.settings.second_reader_region,
            "SECOND_READER_TIMEOUT_SECONDS": seconds_text(self.numbers.second_reader_timeout),
            "SECOND_READER_MAX_INPUT_CHARACTERS": str(self.numbers.second_reader_input),
            "SECOND_READER_MAX_OUTPUT_TOKENS": str(self.numbers.second_reader_output),
        }

    def notifier(self, *, mail: FailureMail, gateway: RestApi) -> dict[str, str]:
        """Return who mails whom, and what the links begin with."""
        settings = self.settings
        return {
            **self.migrator(),
            "DEAD_LETTER_QUEUE_URL": self.queues.dead_letters.queue_url,
            "ADMIN_EMAIL": settings.admin_email,
            "SENDER_EMAIL": settings.sender_email,
            "ZENDESK_INTAKE_ADDRESSES": ",".join(settings.zendesk_intake_addresses),
            "PUBLIC_BASE_URL": settings.public_base_url or gateway.address,
            "SES_CONFIGURATION_SET": mail.configuration_set_name,
            "AWS_CALL_TIMEOUT_SECONDS": seconds_text(self.numbers.background_aws_timeout),
            "NOTIFYING_LEASE_SECONDS": seconds_text(self.numbers.notifying_lease),
            "NOTIFICATION_BUDGET_SECONDS": seconds_text(self.numbers.notification_budget),
        }

    def reconciler(self) -> dict[str, str]:
        """Return after how long each kind of standstill counts as one."""
        numbers = self.numbers
        return {
            **self.migrator(),
            **self._both_queues(),
            "AWS_CALL_TIMEOUT_SECONDS": seconds_text(numbers.background_aws_timeout),
            "RECONCILIATION_LEASE_SECONDS": seconds_text(numbers.reconciliation_lease),
            "UNSENT_AFTER_SECONDS": seconds_text(numbers.unsent_after),
            "UNCLAIMED_AFTER_SECONDS": seconds_text(numbers.unclaimed_after),
            # Until then the message of a dead worker comes back by itself.
            "LEASE_DEAD_AFTER_SECONDS": seconds_text(numbers.jobs_visibility),
            "UNNOTIFIED_AFTER_SECONDS": seconds_text(numbers.unnotified_after),
            "HEALS_PER_RUN": str(numbers.heals_per_run),
            "CONTENT_RETENTION_SECONDS": seconds_text(self.settings.content_retention),
            "QUARANTINE_RETENTION_SECONDS": seconds_text(self.settings.quarantine_retention),
            "ERASURES_PER_RUN": str(numbers.erasures_per_run),
        }

    def eraser(self) -> dict[str, str]:
        """Return for how long copies outlive an erasure, which its certificate has to say."""
        return {
            **self.migrator(),
            "BACKUP_RETENTION_SECONDS": seconds_text(Aurora.backup_retention),
            "LOG_RETENTION_SECONDS": seconds_text(self.settings.log_retention),
        }

    def _both_queues(self) -> dict[str, str]:
        return {
            "JOBS_QUEUE_URL": self.queues.jobs.queue_url,
            "DEAD_LETTER_QUEUE_URL": self.queues.dead_letters.queue_url,
        }
