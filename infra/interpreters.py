"""Finds a Python of one version on this machine, to compile for that version with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

_PLACES = (
    ("PYENV_ROOT", "~/.pyenv", "versions/{version}*/bin/python"),
    ("UV_PYTHON_INSTALL_DIR", "~/.local/share/uv/python", "cpython-{version}*/bin/python"),
)
"""Where version managers keep them: the variable that names the folder, its default, the rest."""


def interpreter(version: str) -> str | None:
    """Return the command of a CPython like ``3.13``, unless there is none that answers as one.

    A version manager puts a command for every version on the path, and most of them only say that
    their version is not the chosen one; so the managers' own folders are looked into as well.
    """
    candidates = dict.fromkeys([*_running(version), *_on_the_path(version), *_managed(version)])
    return next((command for command in candidates if _answers_as(command, version)), None)


def _running(version: str) -> Iterator[str]:
    if "{}.{}".format(*sys.version_info) == version:
        yield sys.executable


def _on_the_path(version: str) -> Iterator[str]:
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        command = shutil.which(f"python{version}", path=folder)
        if command is not None:
            yield command


def _managed(version: str) -> Iterator[str]:
    for variable, default, pattern in _PLACES:
        folder = Path(os.environ.get(variable) or default).expanduser()
        yield from map(str, sorted(folder.glob(pattern.format(version=version))))


def _answers_as(command: str, version: str) -> bool:
    question = "import sys; print(sys.implementation.name, *sys.version_info[:2], sep='.')"
    answer = subprocess.run(  # noqa: S603 - each candidate is a Python of this machine
        [command, "-I", "-c", question], capture_output=True, text=True, check=False
    )
    return answer.stdout.strip() == f"cpython.{version}"
