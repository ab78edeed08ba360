"""What must outlive a deploy: the network, the database and the webhook's secret."""

from __future__ import annotations

from aws_cdk import CfnOutput, RemovalPolicy, Stack
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.constructs.aurora import Aurora
from infra.constructs.findings import explain
from infra.constructs.network import Network
from infra.data_exports import (
    APPLICATION_FUNCTIONS,
    DataExport,
    application_user,
    database_user_export,
    export_name,
)
from infra.settings import Settings

_CONNECTS_ENCRYPTED_AND_VERIFIED = "verify-full"
_SIGNS_IN_WITH_IAM = "iam"


class DataStack(Stack):
    """Nothing here is replaced or deleted by accident; the service stack only reads exports."""

    def __init__(self, scope: Construct, construct_id: str, *, settings: Settings) -> None:
        """Build the data of the stage of `settings`."""
        stage = settings.stage
        super().__init__(
            scope,
            construct_id,
            stack_name=f"creditor-mail-data-{stage}",
            termination_protection=True,
        )
        self._stage = stage
        vpc = Network(
            self, "Network", choices=settings.network, log_retention=settings.log_retention
        )
        clients = vpc.functions
        aurora = Aurora(
            self,
            "Aurora",
            vpc=vpc,
            clients=clients,
            capacity=settings.capacity,
            own_key=settings.database_key,
        )
        secret = _webhook_secret(self)
        explain(
            secret,
            "SMG4",
            because="Zendesk makes the signing secret and offers no call to change it. A person"
            " rotates it without a gap, since the webhook takes several at a time.",
        )

        self._export(DataExport.VPC_ID, vpc.vpc_id)
        self._export(DataExport.PRIVATE_SUBNET_1_ID, vpc.private_subnets[0].subnet_id)
        self._export(DataExport.PRIVATE_SUBNET_2_ID, vpc.private_subnets[1].subnet_id)
        self._export(DataExport.CLIENT_SECURITY_GROUP_ID, clients.security_group_id)
        self._export(DataExport.DATABASE_HOST, aurora.host)
        self._export(DataExport.DATABASE_PORT, aurora.port)
        self._export(DataExport.DATABASE_NAME, aurora.database_name)
        self._export(DataExport.DATABASE_RESOURCE_ID, aurora.resource_id)
        self._export(DataExport.DATABASE_CLUSTER_ID, aurora.cluster_id)
        self._export(DataExport.DATABASE_TLS, _CONNECTS_ENCRYPTED_AND_VERIFIED)
        self._export(DataExport.DATABASE_AUTH, _SIGNS_IN_WITH_IAM)
        self._export(DataExport.WEBHOOK_SECRET_ARN, secret.secret_arn)
        self._export(DataExport.DATABASE_USER_MIGRATOR, aurora.owner)
        for function in APPLICATION_FUNCTIONS:
            self._export(database_user_export(function), application_user(function))

    def _export(self, export: DataExport, value: str) -> None:
        words = export.value.split("-")
        name = export_name(self._stage, export)
        CfnOutput(self, "".join(map(str.capitalize, words)), value=value, export_name=name)


def _webhook_secret(scope: Construct) -> secretsmanager.Secret:
    """Create it with no secret inside, so the webhook refuses until somebody puts one there.

    The value is generated and not written here, because CloudFormation would put a written one
    back over the real one.
    """
    return secretsmanager.Secret(
        scope,
        "WebhookSecret",
        description='Signing secrets of the Zendesk webhook: {"secrets": ["new", "old"]}',
        generate_secret_string=secretsmanager.SecretStringGenerator(
            secret_string_template='{"secrets": []}',  # noqa: S106 - it holds none
            generate_string_key="not_used",
        ),
        removal_policy=RemovalPolicy.RETAIN,
    )
