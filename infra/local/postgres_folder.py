"""PostgreSQL's own data folder: set up whole or not at all, and refused if it is no such thing."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.local.errors import CannotStart
from infra.local.postgres_wheel import PostgresServer, get_server, pgdata_version

VERSION = 18


def initialised(folder: Path) -> PostgresServer:
    """Returns a stopped server on `folder`, which is set up if it is missing."""
    refuse_unusable(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _changed_environment(LC_ALL="C", PATH=_path_with_administration()):
        if not (folder / "PG_VERSION").exists():
            # Made aside and moved when whole: half a folder would fail every later start.
            aside = folder.with_name(f"{folder.name}.new")
            shutil.rmtree(aside, ignore_errors=True)
            _initialise(get_server(aside, start=False))
            aside.replace(folder)
        server = get_server(folder, start=False)
        server.ensure_pgdata_inited()  # What is left to do: its user may pass to the folder.
    return server


def _initialise(server: PostgresServer) -> None:
    try:
        server.ensure_pgdata_inited()
    except subprocess.SubprocessError as error:
        message = f"PostgreSQL could not set up its data folder {server.pgdata}: {error}"
        raise CannotStart(message) from error


@contextmanager
def _changed_environment(**variables: str) -> Iterator[None]:
    """For the wheel's own commands: initdb would take the desk's locale, installed or not."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ |= variables
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _path_with_administration() -> str:
    # Root's shell may lack the folders of useradd, which the wheel calls once per machine.
    return os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"))


def refuse_unusable(folder: Path) -> None:
    """Raises CannotStart if no PostgreSQL of ours can run on `folder`; a missing one is fine."""
    if os.geteuid() == 0 and shutil.which("useradd", path=_path_with_administration()) is None:
        message = "PostgreSQL does not run as root, and useradd is missing: run as a normal user."
        raise CannotStart(message)
    try:
        found = pgdata_version(folder)
    except ValueError:
        found = 0
    if found not in {None, VERSION}:
        message = (
            f"{folder} was written by another PostgreSQL than {VERSION}: "
            "choose another DATA_DIR or remove that folder."
        )
        raise CannotStart(message)
    if found is None and folder.exists() and any(folder.iterdir()):
        message = f"{folder} is not empty and holds no database: choose another DATA_DIR."
        raise CannotStart(message)
