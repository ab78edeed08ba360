"""The architecture on one screen: everything that runs, what feeds it and what it may do."""

from __future__ import annotations

from functools import partial

from aws_cdk import CfnOutput, Fn, Stack
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.constructs.database import Database
from infra.constructs.failure_mail import FailureMail
from infra.constructs.job_queues import JobQueues
from infra.constructs.migration import Migration
from infra.constructs.python_function import PythonFunction
from infra.constructs.rest_api import RestApi
from infra.constructs.second_reader import SecondReader
from infra.data_exports import DataExport, export_name
from infra.environments import Environments
from infra.packaging import Packaging
from infra.settings import Settings
from infra.stage_numbers import StageNumbers

OPEN_ROUTES = (("POST", "/api/v1/zendesk/webhook"),)
SIGNED_ROUTES = (
    ("GET", "/"),
    ("GET", "/health"),
    ("GET", "/api/v1/webhook/quarantine"),
    ("GET", "/api/v1/jobs"),
    ("GET", "/api/v1/jobs/{job_id}"),
    ("POST", "/api/v1/jobs/{job_id}/retry"),
    ("POST", "/api/v1/admin/reconciliation/trigger"),
    ("GET", "/api/v1/admin/reconciliation/reports"),
    ("GET", "/api/v1/inquiries"),
    ("POST", "/api/v1/inquiries"),
    ("GET", "/api/v1/inquiries/{inquiry_id}"),
    ("PUT", "/api/v1/inquiries/{inquiry_id}"),
)


class ServiceStack(Stack):
    """Gateway, functions, queues and schedule: all that a deploy may replace."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: Settings,
        numbers: StageNumbers,
        packaging: Packaging,
    ) -> None:
        """Build the stage of `settings` on what the data stack of that stage exports."""
        stage = settings.stage
        super().__init__(scope, construct_id, stack_name=f"creditor-mail-service-{stage}")

        database = Database(self, "Database", stage=stage)
        webhook_secret = self._import_secret(export_name(stage, DataExport.WEBHOOK_SECRET_ARN))
        queues = JobQueues(self, "Queues", numbers=numbers)
        mail = FailureMail(self, "FailureMail", sender=settings.sender_email, stage=stage)
        model = SecondReader(
            self,
            "SecondReader",
            model_id=settings.second_reader_model_id,
            region=settings.second_reader_region,
        )

        function = partial(PythonFunction, self, packaging=packaging, database=database)
        gets = Environments(settings=settings, numbers=numbers, queues=queues)
        migrator = function("Migrator", numbers=numbers.migrator, environment=gets.migrator())
        reconciler = function(
            "Reconciler", numbers=numbers.reconciler, environment=gets.reconciler()
        )
        worker = function("Worker", numbers=numbers.worker, environment=gets.worker())
        api = function(
            "Api",
            numbers=numbers.api,
            environment=gets.api(reconciler=reconciler, webhook_secret=webhook_secret),
        )
        gateway = RestApi(self, "Gateway", handler=api, signed=SIGNED_ROUTES, unsigned=OPEN_ROUTES)
        notifier = function(
            "Notifier",
            numbers=numbers.notifier,
            environment=gets.notifier(mail=mail, gateway=gateway),
        )

        worker.reads(queues.jobs, model.paced(numbers.worker_feed))
        notifier.reads(queues.dead_letters, numbers.notifier_feed)
        reconciler.runs_every(numbers.reconciliation_interval)
        Migration(
            self,
            "Migration",
            migrator=migrator,
            timeout=numbers.migrator.timeout,
            before=[api, worker, notifier, reconciler],
        )

        # Beside these: each function signs in as its own database user, and reads what feeds it.
        queues.jobs.grant_send_messages(api)
        webhook_secret.grant_read(api)
        reconciler.grant_invoke(api)
        queues.dead_letters.grant_send_messages(worker)
        mail.grant_send(notifier)
        model.grant_invoke(worker)
        queues.jobs.grant_send_messages(reconciler)
        queues.dead_letters.grant_send_messages(reconciler)

        CfnOutput(self, "ApiAddress", value=gateway.address)
        CfnOutput(self, "WebhookSecretArn", value=webhook_secret.secret_arn)
        CfnOutput(self, "JobsQueueUrl", value=queues.jobs.queue_url)
        CfnOutput(self, "DeadLetterQueueUrl", value=queues.dead_letters.queue_url)
        CfnOutput(self, "ParkingQueueUrl", value=queues.parking.queue_url)

    def _import_secret(self, export: str) -> secretsmanager.ISecret:
        return secretsmanager.Secret.from_secret_complete_arn(
            self, "WebhookSecret", Fn.import_value(export)
        )
