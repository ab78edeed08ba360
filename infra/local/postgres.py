"""A real PostgreSQL 18 from a wheel, on a free loopback port, with nothing to install."""

from __future__ import annotations

import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from infra.local.errors import CannotStart
from infra.local.postgres_folder import initialised
from infra.local.postgres_wheel import PostgresServer, pgexec

HOST = "127.0.0.1"
USER = "postgres"
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
        ask = (*login, "-XtAc", query, "postgres")
        # Without the desk's environment, whose PGSSLMODE and the like are for other servers.
        if name not in pgexec("psql", ask, self.binaries, env={}).splitlines():
            pgexec("createdb", (*login, "-T", "template0", name), self.binaries, env={})


@contextmanager
def running_postgres(data_folder: Path, *, durable: bool = True) -> Iterator[RunningPostgres]:
    """Runs a server on `data_folder` (made if missing, kept afterwards) until the block ends.

    `durable=False` leaves out every disk flush: for tests, whose data may be lost.
    Raises CannotStart if the folder belongs to another PostgreSQL or the server won't start.
    """
    server = initialised(data_folder.resolve())
    _clear_what_a_killed_run_left(server)
    try:
        port = _start(server, _ALWAYS if durable else _ALWAYS | _NOTHING_TO_LOSE)
        yield RunningPostgres(port=port, binaries=server.bin_path)
    finally:
        _stop(server)


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
