"""The wheel's PostgreSQL on a port of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pg8000.dbapi  # type: ignore[import-untyped]
import psutil
import pytest

from infra.local.errors import CannotStart
from infra.local.postgres import RunningPostgres, running_postgres


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="matcher e2e ") as place:
        yield Path(place) / "data" / "postgres"


def ask(server: RunningPostgres, question: str, database: str = "postgres") -> object:
    connection = pg8000.dbapi.connect(
        user=server.user, host=server.host, port=server.port, database=database
    )
    cursor = connection.cursor()
    cursor.execute(question)
    (answer,) = cursor.fetchone()
    connection.commit()
    connection.close()
    return answer


def postmaster(folder: Path) -> psutil.Process:
    return psutil.Process(int((folder / "postmaster.pid").read_text().splitlines()[0]))


def is_gone(process: psutil.Process) -> bool:
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def test_it_is_postgresql_18_in_utc_and_utf8(folder: Path) -> None:
    with running_postgres(folder, durable=False) as server:
        assert str(ask(server, "SHOW server_version")).startswith("18.")
        assert ask(server, "SHOW timezone") == "UTC"
        assert ask(server, "SHOW server_encoding") == "UTF8"


def test_data_outlives_the_server_and_the_server_does_not_outlive_the_block(folder: Path) -> None:
    with running_postgres(folder) as server:
        server.create_database("creditor_mail")
        server.create_database("creditor_mail")
        ask(server, "CREATE TABLE kept AS SELECT 42 AS value; SELECT 1", "creditor_mail")
        first = postmaster(folder)
    assert is_gone(first)
    with running_postgres(folder) as server:
        assert ask(server, "SELECT value FROM kept", "creditor_mail") == 42


@pytest.mark.parametrize(("durable", "fsync"), [(True, "on"), (False, "off")])
def test_only_tests_go_without_disk_flushes(folder: Path, *, durable: bool, fsync: str) -> None:
    with running_postgres(folder, durable=durable) as server:
        assert ask(server, "SHOW fsync") == fsync


def test_two_servers_run_side_by_side(folder: Path) -> None:
    other = folder.with_name("other")
    with running_postgres(folder, durable=False) as one, running_postgres(other) as two:
        assert one.port != two.port


def test_a_server_that_a_killed_run_left_is_ended_and_its_data_used(folder: Path) -> None:
    script = (
        "import os, pathlib, sys\n"
        "from infra.local.postgres import running_postgres\n"
        "with running_postgres(pathlib.Path(sys.argv[1])):\n    os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(folder)], check=False)
    left = postmaster(folder)
    assert left.is_running()
    with running_postgres(folder, durable=False) as server:
        assert ask(server, "SELECT 1") == 1
        assert is_gone(left)


def test_a_stale_process_number_harms_neither_the_start_nor_the_stranger(folder: Path) -> None:
    with running_postgres(folder, durable=False):
        pass
    owner = folder.stat().st_uid
    stranger = subprocess.Popen(["sleep", "60"], user=owner)
    try:
        stale = f"{stranger.pid}\n{folder}\n1\n1\n\n127.0.0.1\n1 2\nready\n"
        (folder / "postmaster.pid").write_text(stale)
        with running_postgres(folder, durable=False) as server:
            assert ask(server, "SELECT 1") == 1
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_set_up_that_was_cut_short_is_begun_again(folder: Path) -> None:
    half = folder.with_name("postgres.new")
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    with running_postgres(folder, durable=False) as server:
        assert ask(server, "SELECT 1") == 1
    assert not half.exists()


@pytest.mark.parametrize("version", ["16", "scribble"])
def test_another_postgresqls_folder_is_refused_in_one_sentence(folder: Path, version: str) -> None:
    folder.mkdir(parents=True)
    (folder / "PG_VERSION").write_text(version)
    with pytest.raises(CannotStart, match="another PostgreSQL than 18"), running_postgres(folder):
        pass


def test_a_folder_with_something_else_in_it_is_left_alone(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "letter.txt").write_text("Not yours.")
    with pytest.raises(CannotStart, match="holds no database"), running_postgres(folder):
        pass
    assert (folder / "letter.txt").read_text() == "Not yours."


def test_a_locale_that_this_machine_lacks_does_not_matter(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "xx_XX.nowhere")
    with running_postgres(folder, durable=False) as server:
        assert ask(server, "SELECT datcollate FROM pg_database LIMIT 1") == "C"
    assert os.environ["LC_ALL"] == "xx_XX.nowhere"
