"""make deploy: what is checked in which words, and what the CDK command line is told."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, unquote

import boto3
import pytest
from moto import mock_aws

from infra.app import context_of
from infra.deploy import __main__ as command
from infra.deploy import story
from infra.deploy.account import OLDEST_BOOTSTRAP, signed_in_account
from infra.deploy.cdk_cli import CDK_CLI, CdkCli
from infra.deploy.errors import CannotDeploy
from tests.infra.shapes import ADDRESSES

ROOT = Path(__file__).resolve().parents[2]
REGION = "eu-central-1"
NPX = """\
#!/bin/sh
echo "$AWS_REGION $*" >> "{calls}"
case "$*" in *" {fails} "*) exit 1 ;; esac
while [ $# -gt 0 ]; do
  case "$1" in --outputs-file) cp "{outputs}" "$2" ;; esac
  shift
done
"""
OUTPUTS = {
    "creditor-mail-service-dev": {
        "WebhookUrl": "https://api.example/live/api/v1/zendesk/webhook",
        "StoreWebhookSecret": "aws secretsmanager put-secret-value …",
        "ListJobs": "curl …",
        "DashboardUrl": "https://console.example/dashboard",
    }
}


@pytest.fixture
def no_sign_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """Forget whoever runs the tests."""
    for name in ("AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
    monkeypatch.setenv("AWS_REGION", REGION)
    return monkeypatch


@pytest.fixture
def account(no_sign_in: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Sign in to an empty account."""
    no_sign_in.setenv("AWS_ACCESS_KEY_ID", "none")
    no_sign_in.setenv("AWS_SECRET_ACCESS_KEY", "none")
    # moto does not know GetAccount, so nobody answers for SES.
    no_sign_in.setenv("AWS_ENDPOINT_URL_SESV2", "http://127.0.0.1:9")
    with mock_aws():
        yield no_sign_in


def _set_up_cdk(version: int = OLDEST_BOOTSTRAP) -> None:
    boto3.client("ssm", region_name=REGION).put_parameter(
        Name="/cdk-bootstrap/hnb659fds/version", Value=str(version), Type="String", Overwrite=True
    )


def _allow_logs() -> None:
    role = {"op": "replace", "path": "/cloudwatchRoleArn", "value": "arn:aws:iam::1:role/logs"}
    boto3.client("apigateway", region_name=REGION).update_account(patchOperations=[role])


class StandIn:
    """A program in npx's place, which notes what it is told and may fail at one of it."""

    def __init__(self, folder: Path, fails: str = "nothing") -> None:
        self.folder = folder
        self._calls = folder / "calls"
        (folder / "outputs.json").write_text(json.dumps(OUTPUTS))
        npx = folder / "npx"
        npx.write_text(NPX.format(calls=self._calls, fails=fails, outputs=folder / "outputs.json"))
        npx.chmod(0o755)

    def cli(self, region: str) -> CdkCli:
        return CdkCli(region, programs=self.folder)

    def calls(self) -> list[str]:
        return self._calls.read_text().splitlines() if self._calls.exists() else []


def _deploy(monkeypatch: pytest.MonkeyPatch, npx: StandIn, *, confirmed: bool = True) -> None:
    def without_bundles(overrides: list[str]) -> dict[str, object]:
        return context_of(overrides) | {"aws:cdk:bundling-stacks": []}

    monkeypatch.setattr(story, "context_of", without_bundles)
    story.deploy(
        ["stage=dev", *ADDRESSES],
        confirmed=confirmed,
        output=npx.folder / "cdk.out",
        cli_of=npx.cli,
    )


def _sentence(monkeypatch: pytest.MonkeyPatch, npx: StandIn, *, confirmed: bool = True) -> str:
    with pytest.raises(CannotDeploy) as refused:
        _deploy(monkeypatch, npx, confirmed=confirmed)
    return str(refused.value)


def test_without_credentials_the_way_to_sign_in_is_said(no_sign_in: pytest.MonkeyPatch) -> None:
    del no_sign_in
    with pytest.raises(CannotDeploy, match="There are no AWS credentials: sign in"):
        signed_in_account()


def test_without_a_region_one_is_asked_for(no_sign_in: pytest.MonkeyPatch) -> None:
    no_sign_in.delenv("AWS_REGION")
    with pytest.raises(CannotDeploy, match="export AWS_REGION=eu-central-1"):
        signed_in_account()


def test_a_profile_that_is_none_is_named(no_sign_in: pytest.MonkeyPatch) -> None:
    no_sign_in.setenv("AWS_PROFILE", "firm")
    with pytest.raises(CannotDeploy, match=r"no such AWS profile .*firm"):
        signed_in_account()


def test_an_aws_that_does_not_answer_is_not_blamed_on_the_credentials(
    no_sign_in: pytest.MonkeyPatch,
) -> None:
    no_sign_in.setenv("AWS_ACCESS_KEY_ID", "none")
    no_sign_in.setenv("AWS_SECRET_ACCESS_KEY", "none")
    no_sign_in.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(CannotDeploy, match="AWS can't be reached from here"):
        signed_in_account()


def test_the_account_is_named_as_a_person_checks_it(account: pytest.MonkeyPatch) -> None:
    del account
    found = signed_in_account()
    assert str(found) == "account 123456789012, region eu-central-1"
    assert found.caller.startswith("arn:aws:sts::123456789012:")


def test_an_account_without_cdk_is_told_to_set_it_up(
    account: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = _sentence(account, npx := StandIn(tmp_path))
    assert text.startswith("CDK has never been set up in account 123456789012")
    assert text.endswith("run make bootstrap first.")
    assert npx.calls() == []


def test_a_set_up_of_cdk_that_is_too_old_is_refused(
    account: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _set_up_cdk(OLDEST_BOOTSTRAP - 1)
    assert "has version 5; 6 is needed" in _sentence(account, StandIn(tmp_path))


def test_the_templates_ask_for_no_newer_set_up(aws_output: Path) -> None:
    artifacts = json.loads((aws_output / "manifest.json").read_text())["artifacts"].values()
    wanted = {
        version
        for artifact in artifacts
        if (version := artifact.get("properties", {}).get("requiresBootstrapStackVersion"))
    }
    assert wanted == {OLDEST_BOOTSTRAP}


def test_a_gateway_that_may_not_log_is_refused_with_both_ways_out(
    account: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _set_up_cdk()
    text = _sentence(account, StandIn(tmp_path))
    assert "-c gatewayLogRole=create" in text
    assert "-c accessLog=off" in text


def test_what_is_deployed_is_what_was_shown(
    account: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _set_up_cdk()
    _allow_logs()
    npx = StandIn(tmp_path)
    _deploy(account, npx)
    diff, deploy = npx.calls()
    app = f"--app {tmp_path}/cdk.out"
    assert diff == f"{REGION} --yes {CDK_CLI} diff {app} --method template"
    assert deploy.startswith(f"{REGION} --yes {CDK_CLI} deploy --all {app} --outputs-file ")
    told = capsys.readouterr().out
    assert "Stage dev, account 123456789012, region eu-central-1, as arn:" in told
    for output in OUTPUTS["creditor-mail-service-dev"].values():
        assert output in told


def test_nothing_is_deployed_that_nobody_confirms(
    account: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _set_up_cdk()
    _allow_logs()
    npx = StandIn(tmp_path)
    assert "nobody is there to say yes" in _sentence(account, npx, confirmed=False)
    assert [call.split()[3] for call in npx.calls()] == ["diff"]


@pytest.mark.parametrize(
    ("fails", "sentence"),
    [("diff", "The difference could not be shown"), ("deploy", "The deploy failed")],
)
def test_what_the_command_line_fails_at_is_said(
    account: pytest.MonkeyPatch, tmp_path: Path, fails: str, sentence: str
) -> None:
    _set_up_cdk()
    _allow_logs()
    npx = StandIn(tmp_path, fails=fails)
    assert _sentence(account, npx).startswith(sentence)
    assert npx.calls()[-1].split()[3] == fails


class FormationDouble(BaseHTTPRequestHandler):
    """Answers DescribeStacks and ListStackResources of one stack in CloudFormation's words."""

    states: Sequence[str] = ()
    """What the stack is in, question by question; the last one stays."""
    cluster = ""
    """The cluster's own state."""
    asked: list[str]

    def do_POST(self) -> None:
        query = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        assert query["StackName"] == ["creditor-mail-data-dev"]
        action = query["Action"][0]
        if action == "DescribeStacks":
            state = self.states[min(len(self.asked), len(self.states) - 1)]
            self.asked.append(state)
            body = f"<Stacks><member><StackStatus>{state}</StackStatus></member></Stacks>"
        else:
            resources = {"AWS::EC2::VPC": ("vpc-1", "DELETE_FAILED")}
            if self.cluster:
                resources["AWS::RDS::DBCluster"] = ("the-cluster", self.cluster)
            body = "".join(
                f"<member><ResourceType>{kind}</ResourceType><PhysicalResourceId>{name}"
                f"</PhysicalResourceId><ResourceStatus>{state}</ResourceStatus></member>"
                for kind, (name, state) in resources.items()
            )
            body = f"<StackResourceSummaries>{body}</StackResourceSummaries>"
        self.send_response(200)
        self.end_headers()
        answer = f"<{action}Response><{action}Result>{body}</{action}Result></{action}Response>"
        self.wfile.write(answer.encode())

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@contextmanager
def _stack_in(account: pytest.MonkeyPatch, *states: str, cluster: str = "") -> Iterator[None]:
    _set_up_cdk()
    _allow_logs()
    answers = {"states": states, "cluster": cluster, "asked": []}
    handler = type("Formation", (FormationDouble,), answers)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        account.setenv("AWS_ENDPOINT_URL_CLOUDFORMATION", f"http://127.0.0.1:{server.server_port}")
        Thread(target=server.serve_forever, daemon=True).start()
        yield
        server.shutdown()


UNPROTECT_CLUSTER = (
    "aws rds modify-db-cluster --db-cluster-identifier the-cluster"
    " --no-deletion-protection --apply-immediately"
)
UNPROTECT = "update-termination-protection --stack-name creditor-mail-data-dev"
DATA_STACK = "--stack-name creditor-mail-data-dev"
CLEAR_AWAY = [
    f"aws cloudformation {UNPROTECT} --no-enable-termination-protection",
    f"aws cloudformation delete-stack {DATA_STACK}",
    f"aws cloudformation wait stack-delete-complete {DATA_STACK}",
]


@pytest.mark.parametrize(
    ("state", "cluster", "commands"),
    [
        ("ROLLBACK_FAILED", "DELETE_FAILED", [UNPROTECT_CLUSTER, *CLEAR_AWAY]),
        ("ROLLBACK_COMPLETE", "DELETE_COMPLETE", CLEAR_AWAY),
        ("ROLLBACK_COMPLETE", "", CLEAR_AWAY),
    ],
)
def test_what_a_failed_first_deploy_left_is_refused_with_the_commands_that_help(
    account: pytest.MonkeyPatch, tmp_path: Path, state: str, cluster: str, commands: list[str]
) -> None:
    with _stack_in(account, state, cluster=cluster):
        text = _sentence(account, npx := StandIn(tmp_path))
    assert npx.calls() == []
    assert [line for line in text.splitlines() if line.startswith("aws ")] == commands
    assert "no data in it yet" in text


@pytest.mark.parametrize("state", ["CREATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "DELETE_FAILED"])
def test_no_command_is_offered_against_a_stack_that_may_hold_data(
    account: pytest.MonkeyPatch, tmp_path: Path, state: str
) -> None:
    with _stack_in(account, state, cluster="CREATE_COMPLETE"):
        _deploy(account, npx := StandIn(tmp_path))
        assert len(npx.calls()) == 2
        text = _sentence(account, StandIn(tmp_path, fails="deploy"))
    assert text.endswith("run the same command again.")
    assert "delete-stack" not in text


def test_a_first_deploy_that_fails_says_at_once_how_it_is_repeated(
    account: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with _stack_in(account, "REVIEW_IN_PROGRESS", "ROLLBACK_FAILED", cluster="DELETE_FAILED"):
        text = _sentence(account, StandIn(tmp_path, fails="deploy"))
    assert text.startswith("The deploy failed; the cause is above.")
    assert UNPROTECT_CLUSTER in text


def test_a_stack_that_can_not_be_asked_about_stops_nothing(
    account: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _set_up_cdk()
    _allow_logs()
    account.setenv("AWS_ENDPOINT_URL_CLOUDFORMATION", "http://127.0.0.1:9")
    _deploy(account, npx := StandIn(tmp_path))
    assert len(npx.calls()) == 2


def test_the_way_out_is_in_the_document_with_the_same_commands() -> None:
    section = (
        (ROOT / "docs" / "deploy.md").read_text().partition("**A first deploy that fails**")[2]
    )
    shown = section.partition("```\n")[2].partition("```")[0].splitlines()
    written = [UNPROTECT_CLUSTER.replace("the-cluster", "<the cluster>"), *CLEAR_AWAY]
    assert shown == written


def test_the_set_up_names_account_and_region_and_needs_no_template(
    account: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    del account
    npx = StandIn(tmp_path)
    story.bootstrap(cli_of=npx.cli)
    (call,) = npx.calls()
    assert call.startswith(f"{REGION} --yes {CDK_CLI} bootstrap aws://123456789012/{REGION}")


def test_prod_without_people_to_tell_is_refused_before_aws_is_asked(
    no_sign_in: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    del no_sign_in
    assert command.main(["-c", "stage=prod"]) == 1
    told = capsys.readouterr().err
    assert "adminEmail is not set" in told
    assert "Set both for prod" in told


def test_dev_without_people_to_tell_goes_on_with_a_warning(
    no_sign_in: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    del no_sign_in
    assert command.main(["-c", "stage=dev"]) == 1
    told = capsys.readouterr()
    assert "Warning: adminEmail is not set" in told.out
    assert told.err.startswith("There are no AWS credentials")


@pytest.mark.parametrize(
    ("argument", "sentence"),
    [("stage=local", "make run"), ("access=network", "access=network needs jobsApiAllowedCidrs")],
)
def test_what_can_never_be_deployed_is_refused_first(
    no_sign_in: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    argument: str,
    sentence: str,
) -> None:
    del no_sign_in
    assert command.main(["-c", argument]) == 1
    assert sentence in capsys.readouterr().err


class SesDouble(BaseHTTPRequestHandler):
    """Answers GetAccount and GetEmailIdentity in SES's words."""

    production = False
    verified: frozenset[str] = frozenset()

    def do_GET(self) -> None:
        identity = unquote(self.path.rpartition("/")[2])
        known = identity == "account" or identity in self.verified
        body = {"ProductionAccessEnabled": self.production, "VerifiedForSendingStatus": True}
        self.send_response(200 if known else 404)
        self.end_headers()
        self.wfile.write(json.dumps(body if known else {}).encode())

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.mark.parametrize(
    ("standing", "verified", "words"),
    [
        ("production", {"alerts@firm.example"}, []),
        ("production", {"firm.example"}, []),
        ("production", {"other.example"}, ["has not verified alerts@firm.example"]),
        ("sandbox", {"firm.example"}, ["in the sandbox"]),
        ("sandbox", set(), ["has not verified alerts@firm.example", "in the sandbox"]),
    ],
)
def test_what_ses_would_still_refuse_is_noted(
    account: pytest.MonkeyPatch, standing: str, verified: set[str], words: list[str]
) -> None:
    found = signed_in_account()
    handler = type(
        "Ses", (SesDouble,), {"production": standing == "production", "verified": verified}
    )
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        account.setenv("AWS_ENDPOINT_URL_SESV2", f"http://127.0.0.1:{server.server_port}")
        Thread(target=server.serve_forever, daemon=True).start()
        notes = signed_in_account().mail_notes("alerts@firm.example")
        server.shutdown()
    assert len(notes) == len(words)
    assert all(word in note for word, note in zip(words, notes, strict=True))
    assert found.mail_notes("") == []


def test_a_ses_that_does_not_answer_stops_nothing(account: pytest.MonkeyPatch) -> None:
    del account
    (note,) = signed_in_account().mail_notes("alerts@firm.example")
    assert note.endswith("could not be found out.")


def test_the_command_line_has_one_version_and_it_is_named_once() -> None:
    assert CDK_CLI == "aws-cdk@2.1148.1"
    assert "npx" not in (ROOT / "Makefile").read_text()
