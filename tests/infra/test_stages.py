"""One template for AWS and for a desk: the stages differ in numbers and in their own name."""

from __future__ import annotations

import json
import re
from pathlib import Path

from infra.settings import Stage
from infra.stage_numbers import for_stage
from tests.infra.conftest import Synthesise
from tests.infra.shapes import ADDRESSES
from tests.infra.template import Template

_HASHED_ID = re.compile(r"(CurrentVersion[0-9A-F]{8}|GatewayDeployment[0-9A-F]{8})[0-9a-f]{32}")
_ASSET = re.compile(r"\b[0-9a-f]{64}\b")
_HOLDING_NUMBERS = {"DashboardBody", "Expression"}
_RATE = re.compile(r"rate\(\d+ minutes?\)")


def _without_numbers(value: object, stage: str) -> object:
    if isinstance(value, dict):
        return {
            _text(key, stage): _without_numbers(
                _formula(item, stage) if key in _HOLDING_NUMBERS else item, stage
            )
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [_without_numbers(item, stage) for item in value]
    if isinstance(value, str):
        return _text(value, stage)
    return "number" if type(value) is int else value


def _formula(value: object, stage: str) -> object:
    """Numbers inside a text: a dashboard's body is one, and so is an alarm's expression."""
    text = re.sub(rf"\b{stage}\b", "stage", json.dumps(value))
    return re.sub(r"\b\d+(\.\d+)?\b", "0", text)


def _text(text: str, stage: str) -> str:
    if text.isdecimal() or _RATE.fullmatch(text):
        return "number"
    if text == stage:
        return "stage"
    text = text.replace(f"creditor-mail-{stage}", "creditor-mail-stage")
    return _ASSET.sub("asset", _HASHED_ID.sub(r"\1", text))


def test_a_desk_differs_from_aws_in_numbers_alone(aws_output: Path, local_output: Path) -> None:
    for stack in ("Data", "Service"):
        aws = Template.read(aws_output, stack).body
        local = Template.read(local_output, stack).body
        assert _without_numbers(local, "local") == _without_numbers(aws, "dev")


def test_the_stages_on_aws_have_the_same_numbers() -> None:
    assert for_stage(Stage.DEV) == for_stage(Stage.PROD) != for_stage(Stage.LOCAL)


def test_the_same_input_gives_the_same_templates(synthesise: Synthesise) -> None:
    first, again = (synthesise("stage=dev", *ADDRESSES) for _ in range(2))
    for name in ("Data.template.json", "Service.template.json", "Service.assets.json"):
        assert (again / name).read_bytes() == (first / name).read_bytes()


def test_a_desks_database_never_pauses_and_so_changes_no_number(
    synthesise: Synthesise, local_service: Template
) -> None:
    told = Template.read(synthesise("stage=local", "databaseMinAcu=0", *ADDRESSES), "Service")
    for function in local_service.functions():
        variables = {**local_service.environment(function), "DATABASE_POOL": "none"}
        assert told.environment(function) == variables
    assert told.queue("Jobs") == local_service.queue("Jobs")


def test_the_desks_numbers_are_the_short_ones(local_service: Template) -> None:
    assert local_service.functions()["worker"]["Timeout"] == 5
    assert local_service.queue("Jobs")["VisibilityTimeout"] == 30
    worker = local_service.environment("worker")
    assert (worker["RETRY_BASE_SECONDS"], worker["RETRY_MAXIMUM_SECONDS"]) == ("1", "4")
    reconciler = local_service.environment("reconciler")
    assert reconciler["UNSENT_AFTER_SECONDS"] == "5"
    schedule = local_service.the("AWS::Scheduler::Schedule")
    assert schedule["ScheduleExpression"] == "rate(1 minute)"
