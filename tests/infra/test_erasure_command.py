"""The command that asks the eraser: what it says when it can not."""

from __future__ import annotations

import json
from collections.abc import Iterator

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


@pytest.mark.parametrize("option", ["--job", "--not-job", "--quarantined"])
def test_an_id_that_is_no_number_is_named(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASK, "--function", "x", option, "seven"]) == 2
    assert "seven: an id" in capsys.readouterr().err


def test_an_eraser_that_does_not_answer_is_no_plan(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASK, "--function", "x", "--endpoint", "http://127.0.0.1:1"]) == 2
    assert "127.0.0.1:1" in capsys.readouterr().err
