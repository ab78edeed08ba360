"""``make run``: what it says, how it ends, and that nothing is left."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from infra.local.data_folder import data_folder
from infra.local.http_server import listening_socket
from infra.local.synthesis import ROOT
from tests.e2e.waiting import wait_until

Start = Callable[..., "subprocess.Popen[str]"]
COMMAND = (sys.executable, "-m", "infra.local")


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="matcher-e2e-") as place:
        yield Path(place) / "data"


def environment(port: object, folder: Path) -> dict[str, str]:
    return {"PORT": str(port), "DATA_DIR": str(folder), "AWS_PROFILE": "of-the-desk"}


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=ROOT,
        env=variables | {"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )


@pytest.fixture
def started() -> Iterator[Start]:
    """Starts the command; what still runs in the end is killed."""
    commands = []

    def start(*arguments: str, **variables: str) -> subprocess.Popen[str]:
        command = subprocess.Popen(
            [*COMMAND, *arguments],
            cwd=ROOT,
            env=variables | {"PATH": os.environ["PATH"]},
            stdout=subprocess.PIPE,
            text=True,
        )
        commands.append(command)
        return command

    yield start
    for command in commands:
        command.kill()
        command.communicate()


def refusal(finished: subprocess.CompletedProcess[str]) -> str:
    assert finished.returncode == 2, finished.stderr
    assert finished.stderr.count("\n") == 1
    return finished.stderr


def test_a_port_in_use_is_said_in_one_sentence(folder: Path) -> None:
    with listening_socket(0) as taken:
        port = taken.getsockname()[1]
        sentence = refusal(run("--empty", **environment(port, folder)))
    assert sentence.startswith(f"Port {port} is in use: choose another one")
    assert not folder.exists()


@pytest.mark.parametrize("wrong", ["eighty", "70000", "-1", "0"])
def test_a_port_that_is_none_is_said_in_one_sentence(folder: Path, wrong: str) -> None:
    assert f"PORT is '{wrong}'" in refusal(run("--empty", **environment(wrong, folder)))


def test_a_data_folder_in_use_is_said_in_one_sentence(port: int, folder: Path) -> None:
    with data_folder(folder):
        sentence = refusal(run("--empty", **environment(port, folder)))
    assert f"{folder} is in use by another run" in sentence


def test_another_postgresqls_data_is_said_in_one_sentence(port: int, folder: Path) -> None:
    (folder / "postgres").mkdir(parents=True)
    (folder / "postgres" / "PG_VERSION").write_text("16")
    assert "another PostgreSQL than 18" in refusal(run("--empty", **environment(port, folder)))


def test_ctrl_c_ends_every_process(port: int, folder: Path, started: Start) -> None:
    command = started("--empty", **environment(port, folder))
    wait_until_said(command, "Ctrl-C ends it.")
    assert answers(f"http://127.0.0.1:{port}/health")
    processes = processes_of(command.pid, folder)
    functions = [process for process in processes if "-I" in process.cmdline()]
    assert len(functions) == 6
    command.send_signal(signal.SIGINT)
    output, _ = command.communicate(timeout=30)
    assert command.returncode == 0
    assert output.endswith("Stopping.\n")
    assert not [process for process in processes if is_alive(process)]
    assert not list((folder / "run").iterdir())


def test_an_end_in_the_middle_of_the_start_leaves_no_process(
    port: int, folder: Path, started: Start
) -> None:
    command = started("--empty", **environment(port, folder))
    wait_until((folder / "run" / "api.pid").exists, seconds=60)
    processes = processes_of(command.pid, folder)
    command.send_signal(signal.SIGTERM)
    assert command.wait(timeout=60) == 130
    assert not [process for process in processes if is_alive(process)]
    assert not (folder / "postgres" / "postmaster.pid").exists()


def wait_until_said(command: subprocess.Popen[str], line: str) -> None:
    assert command.stdout is not None
    assert any(printed.strip() == line for printed in command.stdout), f"never said {line!r}"


def answers(address: str) -> bool:
    try:
        return httpx.get(address, trust_env=False, timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def processes_of(pid: int, folder: Path) -> list[psutil.Process]:
    children = psutil.Process(pid).children(recursive=True)
    database = (folder / "postgres" / "postmaster.pid").read_text().splitlines()[0]
    server = psutil.Process(int(database))
    return [*children, server, *server.children()]


def is_alive(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def test_the_samples_are_read_and_matched_as_they_must_be_and_a_second_run_adds_nothing(
    port: int, folder: Path
) -> None:
    for _ in range(2):
        finished = run("--once", **environment(port, folder))
        assert finished.returncode == 0, finished.stdout + finished.stderr
        assert "All as it should be." in finished.stdout
        assert "[ALERT] Email Processing Failed" in finished.stdout
        assert len(list((folder / "mails").glob("*.eml"))) == 1
