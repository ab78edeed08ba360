"""cdk-nag and cfn-lint look at every shape; what they find is fixed, or explained beside it."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, Stack
from aws_cdk import aws_sqs as sqs
from cfnlint.config import ConfigMixIn  # type: ignore[import-untyped]
from cfnlint.runner import Runner  # type: ignore[import-untyped]
from constructs import IConstruct

from infra.app import build, context_of
from infra.constructs import findings
from infra.deploy import story
from infra.deploy.errors import CannotDeploy
from infra.examination import examined
from infra.settings import Settings, SettingsError
from tests.infra.shapes import SHAPES, VALUES_ALONE

ROOT = Path(__file__).resolve().parents[2]
Found = set[tuple[str, str]]


def _build(output: Path, shape: str) -> App:
    context = context_of(SHAPES[shape]) | {"aws:cdk:bundling-stacks": []}
    return examined(build(context=context, output=output))


def _found(output: Path) -> Found:
    """Return (rule, path of the construct) for errors and warnings of cdk-nag alike."""
    report = json.loads((output / "validation-report.json").read_text())
    return {
        (violation["ruleName"], construct["constructPath"])
        for plugin in report["pluginReports"]
        if plugin["pluginName"] == "AwsSolutions"
        for violation in plugin["violations"]
        for construct in violation["violatingConstructs"]
    }


def test_nothing_that_cdk_nag_finds_is_left_unexplained(shaped: Path) -> None:
    assert _found(shaped) == set()


_LINTED: set[str] = set()


@pytest.mark.parametrize("stack", ["Data", "Service"])
def test_cfn_lint_finds_nothing_in_the_template(shaped: Path, stack: str) -> None:
    template = shaped / f"{stack}.template.json"
    content = hashlib.sha256(template.read_bytes()).hexdigest()
    if content not in _LINTED:
        assert [str(match) for match in _lint(template)] == []
    _LINTED.add(content)  # Most shapes share a template with another one.


def _lint(template: Path) -> list[Any]:
    arguments = ["--config-file", str(ROOT / ".cfnlintrc.yaml"), "--", str(template)]
    return list(Runner(ConfigMixIn(arguments)).run())


def test_cfn_lint_would_find_something(tmp_path: Path) -> None:
    queue = {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": "a while"}}
    template = tmp_path / "wrong.template.json"
    template.write_text(json.dumps({"Resources": {"Queue": queue}}))
    assert [match.rule.id for match in _lint(template)] == ["E3012"]


def test_each_setting_is_part_of_a_shape_or_changes_a_value_alone() -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_context({"mistyped": ""})
    settings = set(
        re.findall(r"\b[a-z]+(?:[A-Z][A-Za-z]*)?\b", str(refused.value).split("are ")[1])
    )
    thrown = {pair.partition("=")[0] for pairs in SHAPES.values() for pair in pairs}
    assert thrown | VALUES_ALONE == settings
    assert not thrown & VALUES_ALONE


class Explanations:
    """Stands in for CDK's validations, notes what is acknowledged, and acknowledges nothing."""

    def __init__(self) -> None:
        self.given: dict[tuple[str, str], str] = {}

    def of(self, construct: IConstruct) -> Explanations:
        self._path = construct.node.path
        return self

    def acknowledge(self, *acknowledgments: Any) -> None:
        self.given |= {(one.id, self._path): one.reason for one in acknowledgments}


@pytest.fixture(scope="module")
def unexplained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Explanations, Found]:
    """Return every explanation, and all that would be found without any."""
    explanations, found = Explanations(), set[tuple[str, str]]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(findings, "Validations", explanations)
        for shape in SHAPES:
            output = tmp_path_factory.mktemp("unexplained")
            with pytest.raises(RuntimeError, match="ValidationFailed"):
                _build(output, shape).synth()
            found |= _found(output)
    return explanations, found


def test_each_explanation_is_of_something_that_would_be_found(
    unexplained: tuple[Explanations, Found],
) -> None:
    explanations, found = unexplained
    assert explanations.given
    for rule, place in explanations.given:
        explained = {path for name, path in found if name == rule}
        assert [path for path in explained if path.startswith(f"{place}/")], (rule, place)


def test_each_explanation_is_a_sentence(unexplained: tuple[Explanations, Found]) -> None:
    for reason in unexplained[0].given.values():
        assert re.fullmatch(r"[A-Za-z].{30,}\.", reason), reason


def _with_an_open_queue(output: Path) -> App:
    app = build(
        context=context_of([]) | {"aws:cdk:bundling-stacks": []},
        output=output,
    )
    service = app.node.find_child("Service")
    assert isinstance(service, Stack)
    sqs.Queue(service, "Open", encryption=sqs.QueueEncryption.UNENCRYPTED)
    return app


def test_what_nobody_explained_is_no_template(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="ValidationFailed"):
        examined(_with_an_open_queue(tmp_path)).synth()
    assert _found(tmp_path) == {
        (f"AwsSolutions-{rule}", "Service/Open/Resource") for rule in ("SQS2", "SQS3", "SQS4")
    }


def test_a_deploy_ends_before_aws_sees_what_nobody_explained(tmp_path: Path) -> None:
    with pytest.raises(CannotDeploy, match="cdk-nag found"):
        story.synthesise_examined(_with_an_open_queue(tmp_path))


def test_an_explanation_changes_no_template(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = context_of(SHAPES["prod"]) | {"aws:cdk:bundling-stacks": []}
    build(context=context, output=tmp_path / "with").synth()
    monkeypatch.setattr(findings, "Validations", Explanations())
    build(context=context, output=tmp_path / "without").synth()
    for stack in ("Data", "Service"):
        name = f"{stack}.template.json"
        assert (tmp_path / "with" / name).read_bytes() == (tmp_path / "without" / name).read_bytes()
