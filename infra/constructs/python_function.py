"""A Lambda function in Python; the only construct that knows how one is packaged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsii
from aws_cdk import Annotations, AssetHashType, BundlingOptions, DockerImage, ILocalBundling, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_destinations as destinations
from aws_cdk import aws_lambda_event_sources as event_sources
from aws_cdk import aws_scheduler as scheduler
from aws_cdk import aws_scheduler_targets as scheduler_targets
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs.database import Database
from infra.constructs.execution_role import ExecutionRole
from infra.constructs.findings import explain
from infra.constructs.log_group import LogGroup
from infra.durations import cdk_duration
from infra.packaging import Packaging
from infra.stage_numbers import FeedNumbers, FunctionNumbers

_ALIAS = "live"


@jsii.implements(ILocalBundling)
class _Bundling:
    """Lets CDK call `Packaging`."""

    def __init__(self, packaging: Packaging, function: str) -> None:
        self._packaging = packaging
        self._function = function

    def try_bundle(self, output_dir: str, *_options: Any, **_more: Any) -> bool:  # noqa: ANN401
        self._packaging.assemble(self._function, Path(output_dir))
        return True


class PythonFunction(lambda_.Function):
    """The function of ``functions/<name>``, beside the database, with its own log group.

    `entry` is what others call it by: the function itself, or with SnapStart an alias, because
    only published versions start from snapshots.
    """

    def __init__(  # noqa: PLR0913 - each is a part of it, by name
        self,
        scope: Construct,
        construct_id: str,
        *,
        packaging: Packaging,
        numbers: FunctionNumbers,
        log_retention: timedelta,
        database: Database,
        environment: Mapping[str, str],
        reserve_concurrency: bool,
        snap_start: bool,
    ) -> None:
        """Name the folder by `construct_id`; `database` adds its part to the environment."""
        name = construct_id.lower()
        log_group = LogGroup(scope, f"{construct_id}Logs", retention=log_retention)
        role = ExecutionRole(scope, f"{construct_id}Role", log_group=log_group)
        super().__init__(
            scope,
            construct_id,
            runtime=lambda_.Runtime.PYTHON_3_13,
            architecture=lambda_.Architecture.ARM_64,
            handler=f"functions.{name}.handler.handler",
            code=_code(scope, name, packaging),
            timeout=cdk_duration(numbers.timeout),
            memory_size=numbers.memory_mib,
            reserved_concurrent_executions=(
                numbers.reserved_concurrency if reserve_concurrency else None
            ),
            environment={**environment, **database.environment(name, numbers)},
            vpc=database.vpc,
            security_groups=[database.client_security_group],
            role=role,
            log_group=log_group,
            # Lambda traces calls by itself; what the functions do inside is in their logs.
            tracing=lambda_.Tracing.ACTIVE,
            snap_start=lambda_.SnapStartConf.ON_PUBLISHED_VERSIONS if snap_start else None,
        )
        explain(
            self,
            "L1",
            because="Bundles hold the wheels and the bytecode of one Python. 3.13 is mended until"
            " October 2029; the next one is a change of its own, measured like any other.",
        )
        self.execution_role = role
        database.grant_connect(self, name)
        self.label = name
        self.numbers = numbers
        self.entry: lambda_.IFunction = self._published() if snap_start else self

    def _published(self) -> lambda_.Alias:
        Annotations.of(self).acknowledge_warning(
            "@aws-cdk/aws-lambda:snapStartRequirePublish",
            "Everything that calls the function goes through the alias of its newest version.",
        )
        return self.add_alias(_ALIAS)

    def grant_call(self, grantee: iam.IGrantable) -> None:
        """Let `grantee` call it by its entry; CDK's own grant would add all versions."""
        iam.Grant.add_to_principal(
            grantee=grantee,
            actions=["lambda:InvokeFunction"],
            resource_arns=[self.entry.function_arn],
        )

    def reads(self, queue: sqs.IQueue, numbers: FeedNumbers) -> None:
        """Call this function with messages of `queue`; those it reports as failed come back."""
        self.entry.add_event_source(
            event_sources.SqsEventSource(
                queue,
                batch_size=numbers.batch_size,
                max_concurrency=numbers.maximum_concurrency,
                report_batch_item_failures=True,
            )
        )

    def runs_every(self, interval: timedelta, *, missed: sqs.IQueue) -> None:
        """Call this function regularly; a call that fails is not repeated, the next one is due.

        A call that never reaches the function, or ends in an error, leaves a message in `missed`.
        """
        self.entry.configure_async_invoke(
            retry_attempts=0,
            max_event_age=cdk_duration(interval),
            on_failure=destinations.SqsDestination(missed),
        )
        scheduler.Schedule(
            self,
            "Schedule",
            schedule=scheduler.ScheduleExpression.rate(cdk_duration(interval)),
            target=scheduler_targets.LambdaInvoke(
                self.entry,
                role=self._schedule_role(missed).without_policy_updates(),
                input=scheduler.ScheduleTargetInput.from_object({}),
                # By default Scheduler would try for a day.
                retry_attempts=1,
                max_event_age=cdk_duration(interval),
                dead_letter_queue=missed,
            ),
        )

    def _schedule_role(self, missed: sqs.IQueue) -> iam.Role:
        """Return a role that Scheduler's default group in this account takes, and nobody else.

        The one that CDK would make may call all versions.
        """
        stack = Stack.of(self)
        group = stack.format_arn(
            service="scheduler", resource="schedule-group", resource_name="default"
        )
        account = {"aws:SourceAccount": stack.account, "aws:SourceArn": group}
        role = iam.Role(
            self,
            "ScheduleRole",
            assumed_by=iam.ServicePrincipal(
                "scheduler.amazonaws.com", conditions={"StringEquals": account}
            ),
        )
        self.grant_call(role)
        iam.Grant.add_to_principal(
            grantee=role, actions=["sqs:SendMessage"], resource_arns=[missed.queue_arn]
        )
        return role


def _code(scope: Construct, name: str, packaging: Packaging) -> lambda_.Code:
    if Stack.of(scope).bundling_required:
        # What can fail is done here: an error from inside CDK's callback would lose its type.
        packaging.third_party(name)
    return lambda_.Code.from_asset(
        str(packaging.root / "functions" / name),
        asset_hash_type=AssetHashType.CUSTOM,
        asset_hash=packaging.key(name),
        bundling=BundlingOptions(
            # CDK wants an image to fall back to; the local bundling never lets it.
            image=DockerImage.from_registry("none"),
            local=_Bundling(packaging, name),
        ),
    )
