"""PostgreSQL on Aurora Serverless v2, without any password."""

from __future__ import annotations

from datetime import timedelta

from aws_cdk import Annotations, RemovalPolicy
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_kms as kms
from aws_cdk import aws_rds as rds
from constructs import Construct

from infra.data_choices import Capacity
from infra.durations import cdk_duration


class Aurora(Construct):
    """One cluster: encrypted at rest and on the way, backed up, protected against deletion."""

    owner = "creditor_mail_owner"
    """Owns the schema; the only user there is until the first migration."""

    database_name = "creditor_mail"

    backup_retention = timedelta(days=14)
    """So long something erased is still in a backup."""

    def __init__(  # noqa: PLR0913 - each is a part of it, by name
        self,
        scope: Construct,
        construct_id: str,
        *,
        vpc: ec2.IVpc,
        clients: ec2.ISecurityGroup,
        capacity: Capacity,
        own_key: bool,
    ) -> None:
        """Put it into isolated subnets, where only `clients` reach it and it reaches nothing.

        It is encrypted with its `own_key`, or with the account's for databases.
        """
        super().__init__(scope, construct_id)
        pause = capacity.pauses_after
        engine = rds.DatabaseClusterEngine.aurora_postgres(
            version=rds.AuroraPostgresEngineVersion.VER_18_4
        )
        cluster = rds.DatabaseCluster(
            self,
            "Cluster",
            engine=engine,
            parameter_group=rds.ParameterGroup(
                self, "Parameters", engine=engine, parameters={"rds.force_ssl": "1"}
            ),
            writer=rds.ClusterInstance.serverless_v2("Writer"),
            serverless_v2_min_capacity=capacity.minimum_acu,
            serverless_v2_max_capacity=capacity.maximum_acu,
            serverless_v2_auto_pause_duration=None if pause is None else cdk_duration(pause),
            vpc=vpc,
            security_groups=[
                ec2.SecurityGroup(
                    self,
                    "Group",
                    vpc=vpc,
                    description="The database",
                    allow_all_outbound=False,
                )
            ],
            vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED),
            default_database_name=self.database_name,
            credentials=rds.Credentials.from_username(self.owner),
            manage_master_user_password=True,
            iam_authentication=True,
            storage_encrypted=True,
            storage_encryption_key=_own_key(self) if own_key else None,
            copy_tags_to_snapshot=True,
            backup=rds.BackupProps(retention=cdk_duration(self.backup_retention)),
            deletion_protection=True,
            removal_policy=RemovalPolicy.SNAPSHOT,
        )
        for number, warning in enumerate(capacity.warnings()):
            Annotations.of(self).add_warning_v2(f"creditor-mail:capacity{number}", warning)
        _sign_in_with_iam_alone(cluster)
        cluster.connections.allow_default_port_from(clients)
        self.host = cluster.cluster_endpoint.hostname
        self.port = str(cluster.cluster_endpoint.port)
        self.resource_id = cluster.cluster_resource_identifier
        self.cluster_id = cluster.cluster_identifier


def _own_key(scope: Construct) -> kms.Key:
    """Kept whatever happens to the stack: without it no backup can be read."""
    return kms.Key(
        scope,
        "Key",
        description="Encrypts the creditor mail database and its backups",
        enable_key_rotation=True,
        removal_policy=RemovalPolicy.RETAIN,
    )


def _sign_in_with_iam_alone(cluster: rds.DatabaseCluster) -> None:
    """Let the owner sign in with IAM from the start; the construct has no property for that.

    Otherwise the first migration would need a password, only to abolish it.
    """
    resource = cluster.node.default_child
    if not isinstance(resource, rds.CfnDBCluster):
        message = "The cluster's resource is not where it was."
        raise TypeError(message)
    resource.manage_master_user_password = None
    resource.master_user_authentication_type = "iam-db-auth"
