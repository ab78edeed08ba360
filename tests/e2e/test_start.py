"""What stops a start, and the sentence that says so."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from infra.local.assembly import Assembly, read_assembly
from infra.local.data_folder import data_folder
from infra.local.errors import CannotStart
from infra.local.function import Function, Surroundings
from infra.local.running_function import RunningFunction
from infra.local.schedules import Schedule, read_schedules
from infra.local.service_stack import ServiceStack
from tests.e2e.conftest import platform_of
from tests.e2e.toy_stack import write_toy_assembly


def started(folder: Path, runtime: Path, code: str, settings: str = "") -> None:
    package = folder / "bundle" / "functions" / "toy"
    package.mkdir(parents=True)
    (package / "handler.py").write_text(code)
    if settings:
        (package / "settings.py").write_text(settings)
    for part in ("run", "logs"):
        (folder / part).mkdir()
    function = Function(
        label="toy",
        name="toy-1",
        arn="arn:aws:lambda:eu-central-1:123456789012:function:toy-1",
        handler="functions.toy.handler.handler",
        bundle=folder / "bundle",
        timeout=timedelta(seconds=1),
        memory_mb=128,
        variables={"GIVEN": "seven"},
    )
    around = Surroundings("eu-central-1", "http://127.0.0.1:1", "http://127.0.0.1:2", runtime)
    running = RunningFunction(function, around, folder)
    try:
        running.start()
    finally:
        running.stop()


HANDLER = "def handler(event, context): ...\n"


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("import absent_package\n", "bundle has no package absent_package"),
        ("import pytest\n", "bundle has no package pytest"),
        ("import os\nos.environ['ABSENT']\n", "template gives it no ABSENT"),
        ("import os\nint(os.environ['GIVEN'])\n", "invalid literal for int"),
        ("import os\nos._exit(1)\n", "did not start: see its log"),
        ("{}['key']\n", "KeyError: 'key'"),
    ],
)
def test_a_function_that_lacks_something_stops_the_start_by_name(
    tmp_path: Path, runtime: Path, code: str, sentence: str
) -> None:
    with pytest.raises(CannotStart, match=rf"^The function toy .*{sentence}"):
        started(tmp_path, runtime, code + HANDLER)


def test_settings_beside_the_handler_are_read_at_the_start(tmp_path: Path, runtime: Path) -> None:
    settings = (
        "import os\nclass ToySettings:\n    def __init__(self):\n        os.environ['LATER']\n"
    )
    with pytest.raises(CannotStart, match="template gives it no LATER"):
        started(tmp_path, runtime, HANDLER, settings)


def test_a_function_that_lacks_nothing_starts(tmp_path: Path, runtime: Path) -> None:
    started(tmp_path, runtime, f"import boto3\n{HANDLER}", "class ToySettings: ...\n")


@pytest.mark.parametrize(
    ("function", "variable"),
    [("worker", "JOBS_QUEUE_URL"), ("api", "DATABASE_HOST")],
)
def test_a_variable_that_the_template_forgets_is_named(
    product_assembly: Assembly, data: Path, runtime: Path, function: str, variable: str
) -> None:
    """Defects 2, 6: a setting was missing, and jobs died one by one or went nowhere."""
    template = json.loads(json.dumps(product_assembly.template))
    for resource in template["Resources"].values():
        properties = resource.get("Properties", {})
        if properties.get("Handler") == f"functions.{function}.handler.handler":
            del properties["Environment"]["Variables"][variable]
    forgetful = replace(product_assembly, template=template)
    sentence = rf"^The function {function} can't start: the template gives it no {variable}\.$"
    with pytest.raises(CannotStart, match=sentence), platform_of(forgetful, data, runtime):
        pass


def test_a_template_that_cannot_be_deployed_says_why(
    tmp_path: Path, data: Path, runtime: Path
) -> None:
    lost = {"SECRET": {"Fn::ImportValue": "nobody-exports-this"}}
    assembly = read_assembly(write_toy_assembly(tmp_path, environment=lost))
    with (
        pytest.raises(CannotStart, match="nobody-exports-this"),
        platform_of(assembly, data, runtime),
    ):
        pass


def test_a_folder_without_functions_is_no_assembly(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="no template with Python functions"):
        read_assembly(tmp_path)


def stack_with(expression: str, tmp_path: Path) -> ServiceStack:
    assembly = read_assembly(write_toy_assembly(tmp_path))
    assembly.template["Resources"]["Toll"]["Properties"]["ScheduleExpression"] = expression
    return ServiceStack(assembly, (), (), {}, {"Api": "toy-api"})


def test_schedules_are_read_from_the_template(tmp_path: Path) -> None:
    (schedule,) = read_schedules(stack_with("rate(1 minute)", tmp_path))
    assert schedule == Schedule("toy-api", timedelta(minutes=1), {"what": "/environment"})


def test_a_schedule_that_cannot_be_kept_here_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match=r"cron\(0 6 \* \* \? \*\)"):
        read_schedules(stack_with("cron(0 6 * * ? *)", tmp_path))


def test_one_data_folder_serves_one_run_at_a_time(tmp_path: Path) -> None:
    with (
        data_folder(tmp_path),
        pytest.raises(CannotStart, match=f"in use by another run .process {os.getpid()}"),
        data_folder(tmp_path),
    ):
        pass
    with data_folder(tmp_path) as folder:
        assert folder.kept


def test_what_a_killed_run_left_in_its_data_folder_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text("1\n")
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "worker.pid").write_text("1\n")
    with data_folder(tmp_path) as folder:
        assert not list(folder.run.iterdir())


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotStart, match="can't be written"), data_folder(tmp_path / "file"):
        pass


def test_a_data_folder_of_no_name_goes_at_the_end() -> None:
    with data_folder(None) as folder:
        assert folder.path.is_dir()
        assert not folder.kept
    assert not folder.path.exists()
