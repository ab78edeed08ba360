"""What must outlive every deploy, and what it promises to the service stack."""

from __future__ import annotations

import json
import re
from pathlib import Path

from functions.migrator.grant_roles import RIGHTS
from infra.data_exports import APPLICATION_FUNCTIONS, DataExport, application_user, export_name
from tests.infra.conftest import Synthesise
from tests.infra.template import Template


def _exports(data: Template) -> dict[str, object]:
    outputs = data.body["Outputs"].values()
    return {output["Export"]["Name"]: output["Value"] for output in outputs}


def test_every_name_is_exported_and_nothing_else_is(data: Template) -> None:
    assert set(_exports(data)) == {export_name("dev", export) for export in DataExport}


def test_the_service_stack_imports_all_that_is_exported_but_the_id_of_the_vpc(
    data: Template, service: Template
) -> None:
    imported = set(re.findall(r'"Fn::ImportValue": "([^"]+)"', json.dumps(service.body)))
    assert set(_exports(data)) - imported == {export_name("dev", DataExport.VPC_ID)}
    assert imported < set(_exports(data))


def test_aws_gets_verified_tls_and_iam_and_no_other_choice(data: Template) -> None:
    exports = _exports(data)
    assert exports[export_name("dev", DataExport.DATABASE_TLS)] == "verify-full"
    assert exports[export_name("dev", DataExport.DATABASE_AUTH)] == "iam"
    parameters = data.the("AWS::RDS::DBClusterParameterGroup")["Parameters"]
    assert parameters["rds.force_ssl"] == "1"


def test_the_database_has_no_password_at_all(data: Template) -> None:
    cluster = data.the("AWS::RDS::DBCluster")
    assert cluster["EnableIAMDatabaseAuthentication"] is True
    assert cluster["MasterUserAuthenticationType"] == "iam-db-auth"
    assert not [name for name in cluster if "Password" in name]
    assert len(data.of_type("AWS::SecretsManager::Secret")) == 1


def test_each_function_has_a_user_of_its_own_and_the_migrator_is_the_owner(data: Template) -> None:
    users = {
        export: _exports(data)[export_name("dev", export)]
        for export in DataExport
        if export.value.startswith("database-user-")
    }
    assert len(set(users.values())) == len(users) == 6
    owner = data.the("AWS::RDS::DBCluster")["MasterUsername"]
    assert users[DataExport.DATABASE_USER_MIGRATOR] == owner == "creditor_mail_owner"
    assert users[DataExport.DATABASE_USER_WORKER] == "creditor_mail_worker"


def test_the_database_is_encrypted_backed_up_and_hard_to_delete(data: Template) -> None:
    (resource,) = [
        item for item in data.body["Resources"].values() if item["Type"] == "AWS::RDS::DBCluster"
    ]
    cluster = resource["Properties"]
    assert cluster["StorageEncrypted"] is True
    assert cluster["DeletionProtection"] is True
    assert cluster["BackupRetentionPeriod"] == 14
    assert resource["DeletionPolicy"] == resource["UpdateReplacePolicy"] == "Snapshot"


def test_only_the_functions_group_reaches_the_database_and_the_internet_does_not(
    data: Template,
) -> None:
    rule = data.the("AWS::EC2::SecurityGroupIngress")
    clients = _exports(data)[export_name("dev", DataExport.CLIENT_SECURITY_GROUP_ID)]
    assert rule["SourceSecurityGroupId"] == clients
    assert data.the("AWS::RDS::DBInstance")["PubliclyAccessible"] is False
    groups = data.of_type("AWS::EC2::SecurityGroup").values()
    assert not [group for group in groups if "SecurityGroupIngress" in group]


def test_there_is_one_nat_gateway_and_no_look_up(data: Template, aws_output: Path) -> None:
    assert len(data.of_type("AWS::EC2::NatGateway")) == 1
    assert "missing" not in json.loads((aws_output / "manifest.json").read_text())


def test_the_webhook_has_no_secret_until_someone_puts_one_there_and_it_is_kept(
    data: Template,
) -> None:
    (secret,) = [
        item
        for item in data.body["Resources"].values()
        if item["Type"] == "AWS::SecretsManager::Secret"
    ]
    generated = secret["Properties"]["GenerateSecretString"]
    assert json.loads(generated["SecretStringTemplate"]) == {"secrets": []}
    assert generated["GenerateStringKey"] != "secrets"
    assert "SecretString" not in secret["Properties"]
    assert secret["DeletionPolicy"] == secret["UpdateReplacePolicy"] == "Retain"


def test_the_data_stack_is_protected_and_deployed_first(aws_output: Path) -> None:
    artifacts = json.loads((aws_output / "manifest.json").read_text())["artifacts"]
    assert artifacts["Data"]["properties"]["terminationProtection"] is True
    assert "Data" in artifacts["Service"]["dependencies"]


def test_the_migrator_makes_the_users_that_the_functions_sign_in_as() -> None:
    assert set(RIGHTS) == {application_user(function) for function in APPLICATION_FUNCTIONS}


def test_on_wish_the_database_has_a_key_of_its_own_that_outlives_the_stack(
    data: Template, synthesise: Synthesise
) -> None:
    assert not data.of_type("AWS::KMS::Key")
    own = Template.read(synthesise("stage=dev", "databaseKey=own"), "Data")
    ((key_id, key),) = (
        (name, item)
        for name, item in own.body["Resources"].items()
        if item["Type"] == "AWS::KMS::Key"
    )
    assert key["Properties"]["EnableKeyRotation"] is True
    assert key["DeletionPolicy"] == key["UpdateReplacePolicy"] == "Retain"
    cluster = own.the("AWS::RDS::DBCluster")
    assert cluster["KmsKeyId"] == {"Fn::GetAtt": [key_id, "Arn"]}
    assert cluster["StorageEncrypted"] is True
