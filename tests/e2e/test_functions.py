"""A function's process: what it is given, and what happens when it dies or takes too long."""

from __future__ import annotations

import json
import os
import signal
from contextlib import suppress
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest

from infra.local.errors import (
    FunctionBusy,
    FunctionDied,
    FunctionTimedOut,
    HandlerRaised,
    InvocationFailed,
)
from infra.local.platform import Platform
from infra.local.schedules import Clock, Schedule
from tests.e2e.waiting import wait_until

SET_BY_LAMBDA = {
    *("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION"),
    *("AWS_DEFAULT_REGION", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_VERSION"),
    *("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_INITIALIZATION_TYPE"),
    *("AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "LAMBDA_TASK_ROOT"),
    *("LAMBDA_RUNTIME_DIR", "_HANDLER", "LANG", "PATH", "TZ"),
}
SET_BY_THE_RUNNER = {
    *("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_LAMBDA"),
    *("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"),
}


def ask(toy: Platform, what: str) -> dict[str, Any]:
    answer = toy.functions["api"].invoke({"what": what})
    assert isinstance(answer, dict)
    return answer


def ask_in_vain(toy: Platform, what: str) -> None:
    with suppress(InvocationFailed):
        ask(toy, what)


def pid(toy: Platform, label: str = "api") -> int:
    return int((toy.folder.run / f"{label}.pid").read_text())


def test_a_function_has_the_templates_variables_and_lambdas_and_no_others(toy: Platform) -> None:
    answer = ask(toy, "/environment")
    names = set(answer["environment"]) - {"LC_CTYPE"}  # Python's own, on a machine without locales.
    assert names == SET_BY_LAMBDA | SET_BY_THE_RUNNER
    worker = toy.functions["worker"].function
    assert worker.variables["RECORD"].endswith("record.jsonl")


def test_nothing_of_the_desks_aws_reaches_a_function(toy: Platform) -> None:
    assert "AWS_ROLE_ARN" in os.environ
    environment = ask(toy, "/environment")["environment"]
    assert "AWS_ROLE_ARN" not in environment
    assert environment["AWS_ENDPOINT_URL"] == toy.cloud.endpoint
    assert environment["AWS_CONFIG_FILE"] == os.devnull


def test_a_function_sees_its_bundle_the_standard_library_and_lambdas_packages(
    toy: Platform,
) -> None:
    path = ask(toy, "/environment")["path"]
    function = toy.functions["api"].function
    assert path[0] == str(function.bundle)
    assert path[-1].endswith("/runtime")
    assert not [folder for folder in path if "site-packages" in folder or "main" in folder]


def test_the_context_names_the_function_and_counts_down(toy: Platform) -> None:
    context = ask(toy, "/context")
    function = toy.functions["api"].function
    assert 500 < context["remaining"] <= 1000
    assert (context["name"], context["arn"]) == (function.name, function.arn)
    assert context["memory"] == "256"
    assert context["request_id"] != ask(toy, "/context")["request_id"]


def test_an_error_comes_back_as_lambda_tells_it(toy: Platform) -> None:
    with pytest.raises(HandlerRaised) as raised:
        ask(toy, "/fail")
    assert raised.value.error["errorType"] == "ValueError"
    assert raised.value.error["errorMessage"] == "It can not be done."
    assert "ValueError" in (toy.folder.logs / "api.log").read_text()


def test_a_function_that_takes_too_long_is_killed_and_replaced(toy: Platform) -> None:
    before = pid(toy)
    with pytest.raises(FunctionTimedOut, match=r"Task timed out after 1\.00 seconds"):
        ask(toy, "/slow")
    assert pid(toy) != before
    assert ask(toy, "/environment")["pid"] == pid(toy)


def test_a_function_that_exits_is_told_and_replaced(toy: Platform) -> None:
    with pytest.raises(FunctionDied, match="exit status 3"):
        ask(toy, "/exit")
    assert ask(toy, "/environment")["pid"] == pid(toy)


def test_after_kill_9_the_next_invocation_works(toy: Platform) -> None:
    for _ in range(5):
        killed = pid(toy)
        os.kill(killed, signal.SIGKILL)
        answer = ask(toy, "/environment")
        assert answer["pid"] != killed
        assert pid(toy) == answer["pid"]


def test_only_so_long_is_waited_for_a_turn(toy: Platform) -> None:
    function = toy.functions["api"]
    slow = Thread(target=ask_in_vain, args=(toy, "/slow"))
    slow.start()
    wait_until(function.is_busy)
    with pytest.raises(FunctionBusy):
        function.invoke({"what": "/context"}, patience=timedelta(0))
    slow.join()


def test_one_function_invokes_another(toy: Platform) -> None:
    request = {"kind": "RequestResponse", "payload": '{"what": "/context"}'}
    answer: Any = toy.functions["caller"].invoke(request)
    assert (answer["status"], answer["error"]) == (200, None)
    assert json.loads(answer["payload"])["name"] == toy.functions["api"].function.name


def test_whoever_invokes_learns_of_the_error(toy: Platform) -> None:
    request = {"kind": "RequestResponse", "payload": '{"what": "/fail"}'}
    answer: Any = toy.functions["caller"].invoke(request)
    assert (answer["status"], answer["error"]) == (200, "Unhandled")
    assert json.loads(answer["payload"])["errorType"] == "ValueError"


def test_an_asynchronous_invocation_is_accepted_at_once(toy: Platform) -> None:
    log = toy.folder.logs / "api.log"
    before = log.read_text().count("REPORT")
    request = {"kind": "Event", "payload": '{"what": "/context"}'}
    answer: Any = toy.functions["caller"].invoke(request)
    assert (answer["status"], answer["payload"]) == (202, "")
    wait_until(lambda: log.read_text().count("REPORT") > before)


def test_a_schedule_invokes_again_and_again_also_after_a_failure(toy: Platform) -> None:
    log = toy.folder.logs / "api.log"
    name = toy.functions["api"].function.name
    clock = Clock(Schedule(name, timedelta(milliseconds=50), {"what": "/fail"}), toy.function)
    clock.start()
    try:
        wait_until(lambda: log.read_text().count("REPORT") >= 3)
    finally:
        clock.stop()
        clock.join()
    assert log.read_text().count("It can not be done.") >= 3
