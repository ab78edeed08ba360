"""The command that asks the eraser: what it says when it can not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import boto3
import pytest
from moto import mock_aws

from infra.erasure import main

ASK = ("--reference", "2026-1", "--inquiry", "inq-1", "--requested-by", "me")


@pytest.fixture(autouse=True)
def _account(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        yield


def _deploy(**outputs: str) -> None:
    template = {
        "Resources": {"Nothing": {"Type": "AWS::SQS::Queue"}},
        "Outputs": {name: {"Value": value} for name, value in outputs.items()},
    }
    boto3.client("cloudformation").create_stack(
        StackName="creditor-mail-service-dev", TemplateBody=json.dumps(template)
    )


def test_a_stage_that_is_not_deployed_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(ASK) == 2
    assert "creditor-mail-service-dev" in capsys.readouterr().err


def test_a_release_without_an_eraser_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    _deploy(ApiAddress="x")
    assert main(ASK) == 2
    assert "deploy this release first" in capsys.readouterr().err


def test_the_deployed_eraser_is_the_one_that_is_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _deploy(EraserName="the-eraser")
    assert main(ASK) == 2
    assert "the-eraser" in capsys.readouterr().err


def test_the_region_may_be_named_as_for_the_deploy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _deploy(EraserName="the-eraser")
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    assert main(ASK[:-2]) == 2
    told = capsys.readouterr().err
    assert "Function not found: " in told
    assert ":eu-central-1:" in told


def test_without_a_region_one_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    monkeypatch.delenv("AWS_REGION", raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "none")
    assert main(ASK) == 2
    assert capsys.readouterr().err == "You must specify a region.\n"


@pytest.mark.parametrize("option", ["--job", "--not-job", "--quarantined"])
def test_an_id_that_is_no_number_is_named(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASK, "--function", "x", option, "seven"]) == 2
    assert "seven: an id" in capsys.readouterr().err


def test_an_eraser_that_does_not_answer_is_no_plan(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASK, "--function", "x", "--endpoint", "http://127.0.0.1:1"]) == 2
    assert "127.0.0.1:1" in capsys.readouterr().err


Answering = Callable[[dict[str, Any]], str]


@pytest.fixture
def answering() -> Iterator[Answering]:
    """Return a function from what an eraser answers to the address of such an eraser."""
    servers: list[HTTPServer] = []

    def answering(answer: dict[str, Any]) -> str:
        class Eraser(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.send_response(200)
                self.end_headers()
                self.wfile.write(json.dumps(answer).encode())

            def log_message(self, *_: object) -> None:
                pass

        servers.append(HTTPServer(("127.0.0.1", 0), Eraser))
        Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}"

    yield answering
    for server in servers:
        server.shutdown()
        server.server_close()


CERTIFICATE = {
    "certificate": {},
    "certificate_text": "{}",
    "sha256": "0123456789abcdef00",
    "words": "Bescheinigung",
}
PLAN: dict[str, Any] = {
    "status": "planned",
    "plan": "f00",
    "inquiries": [],
    "jobs": [],
    "quarantined_ids": [],
    "mentioned_too": {"job_ids": [7], "quarantined_ids": []},
    "earlier": [],
}


@pytest.mark.parametrize(
    "selected", [{"inquiries": [{"id": "i"}]}, {"jobs": [{"id": 1}]}, {"quarantined_ids": [3]}]
)
def test_a_plan_is_shown_with_how_to_carry_it_out(
    answering: Answering, capsys: pytest.CaptureFixture[str], selected: dict[str, Any]
) -> None:
    assert main([*ASK, "--function", "x", "--endpoint", answering(PLAN | selected)]) == 0
    assert capsys.readouterr().out.endswith("Do it with --plan f00\n")


def test_a_plan_of_nothing_is_not_to_be_carried_out_but_looked_through(
    answering: Answering, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    address = answering(PLAN | {"earlier": [CERTIFICATE]})
    folder = ("--certificates", str(tmp_path))
    assert main([*ASK, "--function", "x", "--endpoint", address, *folder]) == 0
    told = capsys.readouterr().out
    assert "--plan" not in told
    assert "mentioned_too" in told
    assert "certificate_text" not in told
    kept = tmp_path / "erasure-0123456789abcdef.json"
    assert f"Earlier: {kept}" in told
    assert (kept.read_text(), kept.with_suffix(".txt").read_text()) == ("{}", "Bescheinigung")
