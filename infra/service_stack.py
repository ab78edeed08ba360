"""The architecture on one screen: everything that runs, what feeds it and what it may do."""

from __future__ import annotations

from functools import partial

from aws_cdk import CfnOutput, Fn, Stack
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.constructs.access_log import AccessLog
from infra.constructs.alarms import Alarms
from infra.constructs.caller_policies import CallerPolicies
from infra.constructs.dashboard import Dashboard
from infra.constructs.database import Database
from infra.constructs.eraser_policy import EraserPolicy
from infra.constructs.failure_mail import FailureMail
from infra.constructs.job_queues import JobQueues
from infra.constructs.metrics import Metrics
from infra.constructs.migration import Migration
from infra.constructs.python_function import PythonFunction
from infra.constructs.rest_api import RestApi
from infra.constructs.second_reader import SecondReader
from infra.constructs.web_acl import WebAcl
from infra.data_exports import DataExport, export_name
from infra.doors import private_door, public_door
from infra.environments import Environments
from infra.outputs import dashboard_name, write_outputs
from infra.packaging import Packaging
from infra.settings import Access, GatewayLogRole, Settings
from infra.stage_numbers import StageNumbers


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

        database = Database(self, "Database", stage=stage, may_pause=settings.capacity.may_pause)
        webhook_secret = self._import_secret(export_name(stage, DataExport.WEBHOOK_SECRET_ARN))
        queues = JobQueues(self, "Queues", numbers=numbers)
        mail = FailureMail(self, "FailureMail", sender=settings.sender_email, stage=stage)
        model = SecondReader(
            self,
            "SecondReader",
            model_id=settings.second_reader_model_id,
            region=settings.second_reader_region,
        )

        function = partial(
            PythonFunction,
            self,
            packaging=packaging,
            database=database,
            reserve_concurrency=settings.reserve_concurrency,
            snap_start=settings.snap_start,
            log_retention=settings.log_retention,
        )
        gets = Environments(settings=settings, numbers=numbers, queues=queues)
        migrator = function(
            "Migrator",
            numbers=numbers.migrator,
            environment=gets.migrator(),
            snap_start=False,  # Once per deploy, a snapshot would take longer than it saves.
        )
        reconciler = function(
            "Reconciler", numbers=numbers.reconciler, environment=gets.reconciler()
        )
        worker = function("Worker", numbers=numbers.worker, environment=gets.worker())
        api = function(
            "Api",
            numbers=numbers.api,
            environment=gets.api(reconciler=reconciler.entry, webhook_secret=webhook_secret),
        )
        access_log = (
            AccessLog(self, "AccessLog", retention=settings.log_retention)
            if settings.access_log
            else None
        )
        gateway_of = partial(
            RestApi, self, handler=api.entry, numbers=numbers.gateway, access_log=access_log
        )
        gateway = gateway_of(
            "Gateway",
            name=f"creditor-mail-{stage}",
            door=public_door(settings),
            creates_log_role=settings.gateway_log_role is GatewayLogRole.CREATE,
        )
        inside = private_door(settings)
        gateways = [gateway]
        if inside:
            gateways.append(
                gateway_of(
                    "PrivateGateway",
                    name=f"creditor-mail-{stage}-private",
                    door=inside,
                    logs_after=gateway,
                )
            )
        for_callers = gateways[-1]
        notifier = function(
            "Notifier",
            numbers=numbers.notifier,
            environment=gets.notifier(mail=mail, gateway=for_callers),
        )
        eraser = function(
            "Eraser",
            numbers=numbers.eraser,
            environment=gets.eraser(),
            snap_start=False,  # A snapshot would be paid for all year, for a few calls of a person.
        )

        worker.reads(queues.jobs, model.paced(numbers.worker_feed))
        notifier.reads(queues.dead_letters, numbers.notifier_feed)
        reconciler.runs_every(numbers.reconciliation_interval, missed=queues.missed_runs)
        Migration(
            self,
            "Migration",
            migrator=migrator,
            timeout=numbers.migrator.timeout,
            before=[api, worker, notifier, reconciler, eraser],
        )

        # Beside these: each function signs in as its own database user, and reads what feeds it.
        queues.jobs.grant_send_messages(api)
        webhook_secret.grant_read(api)
        reconciler.grant_call(api)
        queues.dead_letters.grant_send_messages(worker)
        mail.grant_send(notifier)
        model.grant_invoke(worker)
        queues.jobs.grant_send_messages(reconciler)
        queues.dead_letters.grant_send_messages(reconciler)

        metrics = Metrics(
            stage=stage,
            functions=[api, worker, notifier, reconciler, eraser, migrator],
            queues=queues,
            gateways=gateways,
            database=database,
        )
        alarms = Alarms(
            self, "Alarms", metrics=metrics, numbers=numbers, email=settings.alarm_email
        )
        Dashboard(
            self, "Dashboard", name=dashboard_name(stage), metrics=metrics, alarms=alarms.names
        )

        if settings.waf:
            WebAcl(
                self,
                "WebAcl",
                stage=gateway.deployment_stage,
                requests_per_address=numbers.gateway.requests_per_address,
            )
        if settings.access is Access.IAM:
            may = CallerPolicies(self, "Callers", gateway=gateway)
            CfnOutput(self, "ReaderPolicyArn", value=may.reader.managed_policy_arn)
            CfnOutput(self, "OperatorPolicyArn", value=may.operator.managed_policy_arn)
        write_outputs(
            self,
            stage=stage,
            access=settings.access,
            public=gateway,
            for_callers=for_callers,
            webhook_secret_arn=webhook_secret.secret_arn,
        )
        may_erase = EraserPolicy(self, "MayErase", eraser=eraser)
        outputs = {
            "ApiAddress": for_callers.address,
            "AlarmTopicArn": alarms.topic.topic_arn,
            "WebhookSecretArn": webhook_secret.secret_arn,
            "JobsQueueUrl": queues.jobs.queue_url,
            "DeadLetterQueueUrl": queues.dead_letters.queue_url,
            "ParkingQueueUrl": queues.parking.queue_url,
            "MissedRunsQueueUrl": queues.missed_runs.queue_url,
            "EraserName": eraser.function_name,
            "EraserPolicyArn": may_erase.managed_policy_arn,
        }
        for name, value in outputs.items():
            CfnOutput(self, name, value=value)

    def _import_secret(self, export: str) -> secretsmanager.ISecret:
        return secretsmanager.Secret.from_secret_complete_arn(
            self, "WebhookSecret", Fn.import_value(export)
        )
