"""What the data stack gives to the service stack, by name.

The two stacks share nothing but these exports, so any stack that exports the same names can take
the data stack's place.
"""

from __future__ import annotations

from enum import StrEnum


class DataExport(StrEnum):
    """One value each; `export_name` makes the name that CloudFormation knows it by."""

    VPC_ID = "vpc-id"
    PRIVATE_SUBNET_1_ID = "private-subnet-1-id"
    PRIVATE_SUBNET_2_ID = "private-subnet-2-id"
    CLIENT_SECURITY_GROUP_ID = "client-security-group-id"
    """The group whose members may connect to the database."""

    DATABASE_HOST = "database-host"
    DATABASE_PORT = "database-port"
    DATABASE_NAME = "database-name"
    DATABASE_RESOURCE_ID = "database-resource-id"
    """How IAM names the cluster in `rds-db:connect`."""

    DATABASE_CLUSTER_ID = "database-cluster-id"
    """How CloudWatch names the cluster in its metrics."""

    DATABASE_TLS = "database-tls"
    DATABASE_AUTH = "database-auth"
    DATABASE_USER_API = "database-user-api"
    DATABASE_USER_WORKER = "database-user-worker"
    DATABASE_USER_NOTIFIER = "database-user-notifier"
    DATABASE_USER_RECONCILER = "database-user-reconciler"
    DATABASE_USER_ERASER = "database-user-eraser"
    DATABASE_USER_MIGRATOR = "database-user-migrator"
    """The owner of the schema."""

    WEBHOOK_SECRET_ARN = "webhook-secret-arn"  # noqa: S105 - the name of an export


APPLICATION_FUNCTIONS = ("api", "worker", "notifier", "reconciler", "eraser")
"""The functions that use the schema, each as a database user of its own; the migrator owns it."""


def export_name(stage: str, export: DataExport) -> str:
    """Name the export; the stage is part of it so that stages can share an account."""
    return f"creditor-mail-{stage}-{export.value}"


def application_user(function: str) -> str:
    """Name the database user of `function`, which the migrator makes."""
    return f"creditor_mail_{function}"


def database_user_export(function: str) -> DataExport:
    """Return which export holds the name that `function` signs in to the database with."""
    return DataExport(f"database-user-{function}")
