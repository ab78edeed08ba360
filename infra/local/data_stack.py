"""The stand-in for the data stack: the same exports, with the database of this machine."""

from __future__ import annotations

import json
import secrets
from typing import Any

from infra.data_exports import (
    APPLICATION_FUNCTIONS,
    DataExport,
    application_user,
    database_user_export,
    export_name,
)
from infra.local.cloud import Cloud
from infra.local.postgres import RunningPostgres

NAME = "creditor-mail-data-local"
DATABASE = "creditor_mail"
_STAGE = "local"


def create_data_stack(cloud: Cloud, postgres: RunningPostgres, webhook_secret: str) -> None:
    """Creates the webhook's secret and a stack that exports what the data stack would."""
    secret = cloud.secrets.create_secret(
        Name="creditor-mail-local-webhook",
        SecretString=json.dumps({"secrets": [webhook_secret]}),
    )
    template = _template(_values(postgres, secret["ARN"]))
    cloud.stacks.create_stack(StackName=NAME, TemplateBody=json.dumps(template))


def generated_secret() -> str:
    """Returns a secret of the length that Zendesk's own have."""
    return secrets.token_urlsafe(32)


def _values(postgres: RunningPostgres, secret_arn: str) -> dict[DataExport, object]:
    users = {database_user_export(name): application_user(name) for name in APPLICATION_FUNCTIONS}
    return users | {
        DataExport.DATABASE_USER_MIGRATOR: postgres.user,
        DataExport.VPC_ID: {"Ref": "Vpc"},
        DataExport.PRIVATE_SUBNET_1_ID: {"Ref": "Subnet1"},
        DataExport.PRIVATE_SUBNET_2_ID: {"Ref": "Subnet2"},
        DataExport.CLIENT_SECURITY_GROUP_ID: {"Fn::GetAtt": ["Clients", "GroupId"]},
        DataExport.DATABASE_HOST: postgres.host,
        DataExport.DATABASE_PORT: str(postgres.port),
        DataExport.DATABASE_NAME: DATABASE,
        DataExport.DATABASE_RESOURCE_ID: "cluster-local",
        DataExport.DATABASE_CLUSTER_ID: "cluster-local",
        DataExport.DATABASE_TLS: "off",
        DataExport.DATABASE_AUTH: "trust",
        DataExport.WEBHOOK_SECRET_ARN: secret_arn,
    }


def _template(values: dict[DataExport, object]) -> dict[str, Any]:
    return {
        "Resources": {
            "Vpc": _resource("VPC", CidrBlock="10.0.0.0/16"),
            "Subnet1": _resource("Subnet", VpcId={"Ref": "Vpc"}, CidrBlock="10.0.0.0/24"),
            "Subnet2": _resource("Subnet", VpcId={"Ref": "Vpc"}, CidrBlock="10.0.1.0/24"),
            "Clients": _resource(
                "SecurityGroup", VpcId={"Ref": "Vpc"}, GroupDescription="The database's clients"
            ),
        },
        "Outputs": {
            export.name.title().replace("_", ""): {
                "Value": values[export],
                "Export": {"Name": export_name(_STAGE, export)},
            }
            for export in DataExport
        },
    }


def _resource(kind: str, **properties: object) -> dict[str, object]:
    return {"Type": f"AWS::EC2::{kind}", "Properties": properties}
