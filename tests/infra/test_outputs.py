"""What a deploy tells its people works as it stands."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from infra.outputs import Output, dashboard_name
from tests.infra.conftest import Synthesise
from tests.infra.template import Template, readable

KEYS = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "example"}
REGION = "eu-central-1"


def _output(template: Template, output: Output) -> str:
    return readable(template.body["Outputs"][output]["Value"])


class Verifier(BaseHTTPRequestHandler):
    """Signs what came once more, and keeps both signatures."""

    signatures: list[tuple[str, str]]
    session_token: str | None

    def do_GET(self) -> None:
        given = self.headers["Authorization"]
        again = AWSRequest(
            method=self.command,
            url=f"http://{self.headers['Host']}{self.path}",
            data=self.rfile.read(int(self.headers["Content-Length"] or 0)),
        )
        again.context["timestamp"] = self.headers["X-Amz-Date"]
        (signed,) = re.findall("SignedHeaders=([^,]+)", given)
        for name in set(signed.split(";")) - {"host"}:
            again.headers[name] = self.headers[name]
        credentials = Credentials(
            KEYS["AWS_ACCESS_KEY_ID"], KEYS["AWS_SECRET_ACCESS_KEY"], self.session_token
        )
        signer = SigV4Auth(credentials, "execute-api", REGION)
        canonical = signer.canonical_request(again)
        expected = signer.signature(signer.string_to_sign(again, canonical), again)
        self.signatures.append((given, expected))
        self.send_response(200)
        self.end_headers()

    do_POST = do_GET  # noqa: N815 - the server calls it so

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize("token", [None, "a-session/token=="])
@pytest.mark.parametrize(
    ("query", "more"),
    [
        ("", ""),
        ("?limit=5&status=failed", ""),
        ("/7/retry", "--request POST"),
        ("", "--header 'content-type: text/csv' --data-binary id,client_name"),
    ],
)
def test_the_command_for_jobs_signs_as_aws_verifies(
    service: Template, token: str | None, query: str, more: str
) -> None:
    command = _output(service, Output.LIST_JOBS).replace("aws:amz:Region:", f"aws:amz:{REGION}:")
    address = command.split()[-1]
    signatures: list[tuple[str, str]] = []
    handler = type("It", (Verifier,), {"signatures": signatures, "session_token": token})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        path = urlsplit(address).path
        here = f"'http://127.0.0.1:{server.server_port}{path}{query}'"
        keys = KEYS | ({"AWS_SESSION_TOKEN": token} if token else {})
        subprocess.run(
            ["sh", "-c", command.replace(address, f"--silent --noproxy '*' {more} {here}")],
            env={"PATH": os.environ["PATH"], **keys},
            check=True,
        )
        server.shutdown()
    ((given, expected),) = signatures
    assert given.endswith(f"Signature={expected}")
    assert ("x-amz-security-token" in given) == (token is not None)


def test_the_addresses_are_the_gateways(service: Template) -> None:
    host = "https://Gateway.execute-api.Region.URLSuffix/live"
    assert _output(service, Output.WEBHOOK_URL) == f"{host}/api/v1/zendesk/webhook"
    assert _output(service, Output.LIST_JOBS).endswith(f" {host}/api/v1/jobs")


def test_a_network_needs_no_signature(synthesise: Synthesise) -> None:
    context = "access=network", "jobsApiAllowedCidrs=203.0.113.0/24"
    template = Template.read(synthesise("stage=dev", *context), "Service")
    host = "https://Gateway.execute-api.Region.URLSuffix/live"
    assert _output(template, Output.LIST_JOBS) == f"curl {host}/api/v1/jobs"


def test_the_secret_is_asked_for_and_stands_in_no_command(service: Template) -> None:
    command = _output(service, Output.STORE_WEBHOOK_SECRET)
    assert "--secret-id <creditor-mail-dev-webhook-secret-arn>" in command
    assert command.endswith(" --secret-string file:///dev/stdin")


def test_the_dashboards_link_names_the_stages_dashboard(service: Template) -> None:
    link = _output(service, Output.DASHBOARD_URL)
    assert link.endswith("?region=Region#dashboards/dashboard/creditor-mail-dev")
    assert dashboard_name("dev") == "creditor-mail-dev"
