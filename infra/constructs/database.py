"""The database as its clients see it: known by the data stack's exports alone."""

from __future__ import annotations

from aws_cdk import Annotations, Fn, Stack
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from constructs import Construct

from infra.data_exports import DataExport, database_user_export, export_name
from infra.durations import seconds_text
from infra.stage_numbers import FunctionNumbers


class Database(Construct):
    """Where it is, how to sign in, and the network to be in."""

    def __init__(self, scope: Construct, construct_id: str, *, stage: str, may_pause: bool) -> None:
        """Import what the data stack of `stage` exports.

        A database that `may_pause` does so only while nobody is connected, not even idly.
        """
        super().__init__(scope, construct_id)
        self._stage = stage
        self._pool = "none" if may_pause else "one"
        self.vpc = ec2.Vpc.from_vpc_attributes(
            self,
            "Vpc",
            vpc_id=self._import(DataExport.VPC_ID),
            availability_zones=[Fn.select(index, Fn.get_azs()) for index in range(2)],
            private_subnet_ids=[
                self._import(DataExport.PRIVATE_SUBNET_1_ID),
                self._import(DataExport.PRIVATE_SUBNET_2_ID),
            ],
        )
        Annotations.of(self.vpc).acknowledge_warning(
            "@aws-cdk/aws-ec2:noSubnetRouteTableId",
            "No route is added to these subnets.",
        )
        self.client_security_group = ec2.SecurityGroup.from_security_group_id(
            self,
            "Clients",
            self._import(DataExport.CLIENT_SECURITY_GROUP_ID),
            mutable=False,
        )

    @property
    def cluster_id(self) -> str:
        """How CloudWatch names it."""
        return self._import(DataExport.DATABASE_CLUSTER_ID)

    def environment(self, function: str, numbers: FunctionNumbers) -> dict[str, str]:
        """Return the ``DATABASE_…`` variables of one function."""
        return {
            "DATABASE_HOST": self._import(DataExport.DATABASE_HOST),
            "DATABASE_PORT": self._import(DataExport.DATABASE_PORT),
            "DATABASE_NAME": self._import(DataExport.DATABASE_NAME),
            "DATABASE_USER": self._import(database_user_export(function)),
            "DATABASE_TLS": self._import(DataExport.DATABASE_TLS),
            "DATABASE_AUTH": self._import(DataExport.DATABASE_AUTH),
            "DATABASE_POOL": self._pool,
            "DATABASE_CONNECT_TIMEOUT_SECONDS": seconds_text(numbers.connect_timeout),
            "DATABASE_STATEMENT_TIMEOUT_SECONDS": seconds_text(numbers.statement_timeout),
            "DATABASE_LOCK_TIMEOUT_SECONDS": seconds_text(numbers.lock_timeout),
        }

    def grant_connect(self, grantee: iam.IGrantable, function: str) -> None:
        """Let `grantee` sign in as the user of `function`, and as nobody else."""
        cluster = self._import(DataExport.DATABASE_RESOURCE_ID)
        user = self._import(database_user_export(function))
        arn = Stack.of(self).format_arn(
            service="rds-db", resource=f"dbuser:{cluster}", resource_name=user
        )
        iam.Grant.add_to_principal(grantee=grantee, actions=["rds-db:connect"], resource_arns=[arn])

    def _import(self, export: DataExport) -> str:
        return Fn.import_value(export_name(self._stage, export))
