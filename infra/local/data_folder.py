"""DATA_DIR: one run's database, logs, e-mails and process numbers; one run at a time."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from infra.local.errors import CannotStart


@dataclass(frozen=True)
class DataFolder:
    """`run/<function>.pid`, `logs/<function>.log`, `mails/<n>.eml`, `postgres/`."""

    path: Path
    kept: bool
    """Whether it outlives the run."""

    @property
    def mails(self) -> Path:
        return self.path / "mails"

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def run(self) -> Path:
        return self.path / "run"

    @property
    def postgres(self) -> Path:
        return self.path / "postgres"


@contextmanager
def data_folder(wanted: Path | None) -> Iterator[DataFolder]:
    """Opens the folder for this run alone; without one, a temporary one that goes at the end.

    Raises CannotStart if another run has it, or it can't be written.
    """
    if wanted is None:
        temporary = Path(tempfile.mkdtemp(prefix="creditor-mail-"))
        try:
            with _opened(DataFolder(temporary, kept=False)) as folder:
                yield folder
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    else:
        with _opened(DataFolder(wanted.resolve(), kept=True)) as folder:
            yield folder


@contextmanager
def _opened(folder: DataFolder) -> Iterator[DataFolder]:
    try:
        folder.path.mkdir(parents=True, exist_ok=True)
        lock = (folder.path / "lock").open("a+")
    except OSError as error:
        message = f"The data folder {folder.path} can't be written: {error.strerror}."
        raise CannotStart(message) from error
    with lock:
        _take(lock, folder.path)
        shutil.rmtree(folder.run, ignore_errors=True)  # Numbers of processes long gone.
        for part in (folder.run, folder.logs, folder.mails):
            part.mkdir(exist_ok=True)
        yield folder


def _take(lock: IO[str], path: Path) -> None:
    """Takes the kernel's lock, which ends with its process however that ends."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.seek(0)
        holder = lock.read().strip() or "unknown"
        message = f"The data folder {path} is in use by another run (process {holder})."
        raise CannotStart(message) from error
    lock.truncate(0)
    lock.write(f"{os.getpid()}\n")
    lock.flush()
