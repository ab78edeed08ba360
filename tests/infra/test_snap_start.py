"""With SnapStart every call goes through the alias: a call past it would start without snapshot."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from infra.settings import Settings, SettingsError
from tests.infra.conftest import Synthesise
from tests.infra.shapes import ADDRESSES
from tests.infra.template import Template

SNAPPED = ("api", "worker", "notifier", "reconciler")


@pytest.fixture(scope="module")
def snap_output(synthesise: Synthesise) -> Path:
    return synthesise("stage=dev", "snapStart=on", *ADDRESSES)


@pytest.fixture(scope="module")
def snapped(snap_output: Path) -> Template:
    return Template.read(snap_output, "Service")


def _alias(template: Template, function: str) -> str:
    prefix = f"{function.capitalize()}Aliaslive"
    (found,) = [name for name in template.of_type("AWS::Lambda::Alias") if name.startswith(prefix)]
    return found


def test_without_it_there_is_no_alias_and_no_snapshot(service: Template) -> None:
    assert not service.of_type("AWS::Lambda::Alias")
    assert not [found for found in service.functions().values() if "SnapStart" in found]


def test_published_versions_are_snapshotted_but_not_of_what_is_seldom_called(
    snapped: Template,
) -> None:
    functions = snapped.functions()
    for function in SNAPPED:
        assert functions[function]["SnapStart"] == {"ApplyOn": "PublishedVersions"}
    assert not [name for name in ("migrator", "eraser") if "SnapStart" in functions[name]]


def test_the_alias_is_the_newest_version_and_older_ones_go(snapped: Template) -> None:
    assert len(snapped.of_type("AWS::Lambda::Alias")) == len(SNAPPED)
    for function in SNAPPED:
        alias = snapped.of_type("AWS::Lambda::Alias")[_alias(snapped, function)]
        version = alias["FunctionVersion"]["Fn::GetAtt"][0]
        # A version costs for as long as it exists.
        assert "DeletionPolicy" not in snapped.body["Resources"][version]


def test_the_gateway_calls_the_alias(snapped: Template) -> None:
    alias = {"Ref": _alias(snapped, "api")}
    for method in snapped.of_type("AWS::ApiGateway::Method").values():
        assert alias in method["Integration"]["Uri"]["Fn::Join"][1]
    for permission in snapped.of_type("AWS::Lambda::Permission").values():
        assert permission["FunctionName"] == alias


@pytest.mark.parametrize("function", ["worker", "notifier"])
def test_a_queue_feeds_the_alias(snapped: Template, function: str) -> None:
    alias = _alias(snapped, function)
    mappings = [
        str(mapping["FunctionName"])
        for mapping in snapped.of_type("AWS::Lambda::EventSourceMapping").values()
    ]
    (fed,) = [name for name in mappings if alias in name]
    assert ":live" in fed


def test_the_schedule_and_the_trigger_route_call_the_alias(snapped: Template) -> None:
    alias = _alias(snapped, "reconciler")
    assert snapped.the("AWS::Scheduler::Schedule")["Target"]["Arn"] == {"Ref": alias}
    name = json.dumps(snapped.environment("api")["RECONCILER_FUNCTION_NAME"])
    assert alias in name
    assert ":live" in name
    invoked = {place for action, place in snapped.grants("api") if action.startswith("lambda:")}
    assert invoked == {alias[:-8]}


def test_a_failed_run_through_the_alias_is_not_repeated_either(snapped: Template) -> None:
    asynchronous = snapped.the("AWS::Lambda::EventInvokeConfig")
    assert _alias(snapped, "reconciler") in str(asynchronous["Qualifier"])
    assert asynchronous["MaximumRetryAttempts"] == 0
    assert "MissedRuns" in str(asynchronous["DestinationConfig"]["OnFailure"])


def test_the_schema_is_new_before_the_version_is(snapped: Template) -> None:
    migration = snapped.the("AWS::CloudFormation::CustomResource")
    assert migration["HandlerArn"]["Ref"].startswith("MigratorCurrentVersion")
    for function in SNAPPED:
        assert "Migration" in snapped.body["Resources"][_alias(snapped, function)]["DependsOn"]


def test_cdks_reminder_to_publish_is_answered(snap_output: Path) -> None:
    assert "snapStartRequirePublish" not in (snap_output / "Service.metadata.json").read_text()


def test_a_desk_has_no_snapshots() -> None:
    with pytest.raises(SettingsError, match="snapStart is for AWS"):
        Settings.from_context({"stage": "local", "snapStart": "on"})


@pytest.mark.parametrize("value", ["yes", "true", True])
def test_it_is_on_or_off(value: object) -> None:
    with pytest.raises(SettingsError, match="snapStart"):
        Settings.from_context({"snapStart": value})
