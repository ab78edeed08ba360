"""What holds something keeps its logical id: under another one CloudFormation would replace it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.infra.conftest import Synthesise
from tests.infra.template import Template

ROOT = Path(__file__).resolve().parents[2]
LASTING = {
    "Data": {
        "AWS::EC2::VPC": {"Network1C6012B5"},
        "AWS::EC2::Subnet": {
            "NetworkDatabaseSubnet1Subnet47DBAEC1",
            "NetworkDatabaseSubnet2SubnetE91D74CD",
            "NetworkFunctionsSubnet1SubnetB2D6C652",
            "NetworkFunctionsSubnet2SubnetDB44EA09",
            "NetworkPublicSubnet1Subnet5B78347B",
            "NetworkPublicSubnet2SubnetC3758C96",
        },
        "AWS::EC2::SecurityGroup": {"AuroraGroupAC02F524", "NetworkFunctionsGroupE41B6DB7"},
        "AWS::KMS::Key": {"AuroraKey76CE1F13"},
        "AWS::RDS::DBCluster": {"AuroraClusterD4EFE71C"},
        "AWS::RDS::DBInstance": {"AuroraClusterWriter398336D3"},
        "AWS::RDS::DBSubnetGroup": {"AuroraClusterSubnets1025DD82"},
        "AWS::SecretsManager::Secret": {"WebhookSecretF21E29CC"},
    },
    "Service": {
        "AWS::ApiGateway::RestApi": {"Gateway43CB3636"},
        "AWS::Logs::LogGroup": {
            "AccessLogD598EBE9",
            "ApiLogs3D05D88B",
            "EraserLogs33B3C8DA",
            "MigratorLogs7C03EE64",
            "NotifierLogs49177D36",
            "ReconcilerLogs12D6B32A",
            "WorkerLogsC1193B08",
        },
        "AWS::SES::ConfigurationSet": {"FailureMailConfigurationSetA6280CD7"},
        "AWS::SNS::Topic": {"AlarmsTopic3A2DFEBA"},
        "AWS::SQS::Queue": {
            "QueuesDeadLettersF0D5D2AD",
            "QueuesJobs403F2492",
            "QueuesMissedRuns24906AB2",
            "QueuesParking81E299BB",
        },
    },
}
"""Stack → type → logical ids. The gateway's is in the address that Zendesk was given. Whoever
changes one says in the changelog what a deployed stage loses by it, and how it is kept."""

_SYNTHESIS = """
import sys
from pathlib import Path
from infra.app import build, context_of
context = context_of(["stage=prod"]) | {"aws:cdk:bundling-stacks": []}
build(context=context, output=Path(sys.argv[1])).synth()
"""


@pytest.mark.parametrize("stack", LASTING)
@pytest.mark.parametrize("stage", ["dev", "prod"])
def test_what_holds_something_keeps_its_logical_id(
    synthesise: Synthesise, stack: str, stage: str
) -> None:
    template = Template.read(synthesise(f"stage={stage}", "databaseKey=own"), stack)
    for kind, names in LASTING[stack].items():
        held = {name for name in template.of_type(kind) if not name.startswith("NetworkFlowLogs")}
        assert held == names


def test_a_template_does_not_depend_on_the_process_that_makes_it(tmp_path: Path) -> None:
    """Python orders sets by a seed of the process; the difference would be deployed as a change."""
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", _SYNTHESIS, str(tmp_path / seed)],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        )
    for stack in ("Data", "Service"):
        first, again = ((tmp_path / seed / f"{stack}.template.json") for seed in ("1", "2"))
        assert first.read_bytes() == again.read_bytes()
