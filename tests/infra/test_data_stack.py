"""What must outlive every deploy, and what it promises to the service stack."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from aws_cdk import aws_rds as rds
from sqlalchemy import Connection, text

from functions.migrator.grant_roles import RIGHTS
from infra.data_exports import APPLICATION_FUNCTIONS, DataExport, application_user, export_name
from tests.infra.conftest import Synthesise
from tests.infra.template import Template, readable


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


def test_the_functions_speak_https_to_the_world_and_postgresql_to_the_database(
    data: Template,
) -> None:
    groups = data.of_type("AWS::EC2::SecurityGroup").values()
    rules = [rule for group in groups for rule in group["SecurityGroupEgress"]]
    open_ports = {rule["ToPort"] for rule in rules if rule["CidrIp"] == "0.0.0.0/0"}
    assert open_ports == {443}
    to_the_database = data.the("AWS::EC2::SecurityGroupEgress")
    assert "Endpoint.Port" in str(to_the_database["ToPort"])


def test_the_database_reaches_nothing(data: Template) -> None:
    (group,) = [
        group
        for group in data.of_type("AWS::EC2::SecurityGroup").values()
        if group["GroupDescription"] == "The database"
    ]
    # CDK's way of saying none: a rule that no packet fits.
    assert [rule["CidrIp"] for rule in group["SecurityGroupEgress"]] == ["255.255.255.255/32"]


def test_the_networks_default_group_lets_nothing_through(data: Template) -> None:
    restricted = data.the("Custom::VpcRestrictDefaultSG")["DefaultSecurityGroupId"]
    assert restricted["Fn::GetAtt"][1] == "DefaultSecurityGroup"


def test_aws_runs_the_newest_postgresql_that_the_tests_have_too(
    data: Template, sql: Connection
) -> None:
    ours = int(sql.execute(text("SHOW server_version_num")).scalar_one()) // 10_000
    theirs = {
        int(name.split("_")[1])
        for name in vars(rds.AuroraPostgresEngineVersion)
        if re.fullmatch(r"VER_\d+_\d+", name)
    }
    engine = data.the("AWS::RDS::DBCluster")["EngineVersion"]
    assert engine.split(".")[0] == str(ours)
    assert ours == max(theirs & set(range(ours + 1)))


def test_the_database_does_not_pause_unless_it_is_told_to(data: Template) -> None:
    scaling = data.the("AWS::RDS::DBCluster")["ServerlessV2ScalingConfiguration"]
    assert scaling == {"MinCapacity": 0.5, "MaxCapacity": 4}


def test_a_second_gateway_gives_each_zone_its_own(synthesise: Synthesise) -> None:
    network = Template.read(synthesise("stage=prod", "natGateways=2"), "Data")
    gateways = network.of_type("AWS::EC2::NatGateway")
    ways_out = {
        str(route["NatGatewayId"])
        for route in network.of_type("AWS::EC2::Route").values()
        if "NatGatewayId" in route
    }
    assert len(gateways) == len(ways_out) == 2


def test_there_are_no_endpoints_unless_asked_for(data: Template) -> None:
    assert not data.of_type("AWS::EC2::VPCEndpoint")


def test_what_the_network_refuses_is_logged_unless_it_shall_not_be(
    data: Template, synthesise: Synthesise
) -> None:
    assert data.the("AWS::EC2::FlowLog")["TrafficType"] == "REJECT"
    without = Template.read(synthesise("stage=dev", "flowLogs=none"), "Data")
    assert not without.of_type("AWS::EC2::FlowLog")


@pytest.fixture(scope="module")
def watched(synthesise: Synthesise) -> Template:
    context = "interfaceEndpoints=email, sqs,secretsmanager,lambda", "flowLogs=all"
    return Template.read(synthesise("stage=dev", *context), "Data")


def test_endpoints_take_the_functions_to_the_services_they_call(watched: Template) -> None:
    doors = watched.of_type("AWS::EC2::VPCEndpoint").values()
    services = {
        readable(door["ServiceName"]).removeprefix("com.amazonaws.Region.") for door in doors
    }
    assert services == {"sqs", "secretsmanager", "email", "lambda"}
    for door in doors:
        assert door["VpcEndpointType"] == "Interface"
        assert door["PrivateDnsEnabled"] is True
        assert len(door["SubnetIds"]) == 2


def test_only_the_functions_reach_the_endpoints(watched: Template) -> None:
    clients = _exports(watched)[export_name("dev", DataExport.CLIENT_SECURITY_GROUP_ID)]
    rules = watched.of_type("AWS::EC2::SecurityGroupIngress").values()
    assert all(rule["SourceSecurityGroupId"] == clients for rule in rules)
    assert [rule["ToPort"] for rule in rules if rule["ToPort"] == 443] == [443]
    groups = watched.of_type("AWS::EC2::SecurityGroup").values()
    assert not [group for group in groups if "SecurityGroupIngress" in group]


def test_all_connections_are_logged_for_a_month_on_wish(watched: Template) -> None:
    assert watched.the("AWS::EC2::FlowLog")["TrafficType"] == "ALL"
    assert watched.the("AWS::Logs::LogGroup")["RetentionInDays"] == 30


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
