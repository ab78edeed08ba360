"""A Python of the version that Lambda runs is found where it is, and not where it only seems."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from infra.interpreters import interpreter


def _command(path: Path, answer: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{answer}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("PATH", f"{tmp_path}/shims:{tmp_path}/bin")
    monkeypatch.setenv("PYENV_ROOT", f"{tmp_path}/pyenv")
    monkeypatch.setenv("UV_PYTHON_INSTALL_DIR", f"{tmp_path}/uv")
    return tmp_path


def test_the_running_one_will_do_if_it_is_of_that_version(nowhere: Path) -> None:
    assert interpreter(f"{sys.version_info.major}.{sys.version_info.minor}") == sys.executable


def test_there_may_be_none(nowhere: Path) -> None:
    assert interpreter("9.9") is None


@pytest.mark.parametrize("answer", ["exit 127", "echo cpython.9.8", "echo pypy.9.9"])
def test_a_command_that_is_something_else_is_passed_over(nowhere: Path, answer: str) -> None:
    _command(nowhere / "shims/python9.9", answer)
    assert interpreter("9.9") is None
    real = _command(nowhere / "bin/python9.9", "echo cpython.9.9")
    assert interpreter("9.9") == str(real)


@pytest.mark.parametrize("place", ["pyenv/versions/9.9.1", "uv/cpython-9.9.1-linux"])
def test_one_that_a_version_manager_keeps_is_found(nowhere: Path, place: str) -> None:
    _command(nowhere / "shims/python9.9", "exit 127")
    kept = _command(nowhere / place / "bin/python", "echo cpython.9.9")
    assert interpreter("9.9") == str(kept)
