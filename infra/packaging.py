"""Builds what a function runs from: its sources and its own third-party packages, no Docker.

Third-party packages are installed once per lock and target into a cache folder; a bundle links to
them. The same sources, lock and target always give the same key and the same files.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from infra.interpreters import interpreter

# Raised when the same inputs are to give other files, so that no old bundle is taken for new.
_RECIPE = "2"
# pip writes these with the installing machine's paths and time in them; nothing reads them later.
_MACHINE_SPECIFIC = ("bin", "*.dist-info/RECORD", "*.dist-info/direct_url.json")
LAMBDA_PYTHON = "3.13"
# Lambda's Amazon Linux 2023 has glibc 2.34; pip takes each tag literally.
_LAMBDA_GLIBC_MINORS = range(34, 16, -1)
_FOLDER_MODE, _FILE_MODE = 0o755, 0o644


class PackagingError(Exception):
    """A bundle could not be built; the message says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """The interpreter and platform that a bundle is for."""

    name: str
    pip_options: tuple[str, ...]
    compiler: str | None
    """An interpreter of the target's version, if this machine has one, to compile with."""


def lambda_target() -> Target:
    """Return CPython 3.13 on arm64, as Lambda runs it."""
    platforms = [f"manylinux_2_{minor}_aarch64" for minor in _LAMBDA_GLIBC_MINORS]
    return Target(
        name=f"cp{LAMBDA_PYTHON.replace('.', '')}-aarch64",
        pip_options=(
            f"--python-version={LAMBDA_PYTHON}",
            "--implementation=cp",
            *(f"--platform={platform}" for platform in (*platforms, "manylinux2014_aarch64")),
        ),
        compiler=interpreter(LAMBDA_PYTHON),
    )


def this_machine() -> Target:
    """Return the running interpreter on this machine."""
    return Target(
        name=f"{sys.implementation.cache_tag}-{sysconfig.get_platform()}",
        pip_options=(),
        compiler=sys.executable,
    )


@dataclass(frozen=True, kw_only=True)
class Packaging:
    """Bundles for one target; `root` is the checkout, `cache` may be deleted at any time."""

    root: Path
    cache: Path
    target: Target

    def key(self, function: str) -> str:
        """Return a digest over all that decides what the bundle of `function` holds."""
        digest = hashlib.sha256(self._packages_key(function).encode())
        for path in self._sources(function):
            content = path.read_bytes()
            digest.update(f"\n{path.relative_to(self.root).as_posix()} {len(content)}\n".encode())
            digest.update(content)
        return digest.hexdigest()

    def assemble(self, function: str, destination: Path) -> None:
        """Fill `destination` with the function, `shared` and third-party packages."""
        packages = self.third_party(function)
        shutil.copytree(packages, destination, copy_function=_link_or_copy, dirs_exist_ok=True)
        for source in self._sources(function):
            copy = destination / source.relative_to(self.root)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, copy)
        for folder in ("functions", "shared"):
            self._compile(destination / folder, strip=destination)
        _let_everybody_read(destination)

    def third_party(self, lock_name: str) -> Path:
        """Return a folder with exactly the packages of ``locks/<lock_name>.txt``; never write it.

        Raises PackagingError if a package can't be had for the target.
        """
        folder = self.cache / "third-party" / self._packages_key(lock_name)
        if not folder.is_dir():
            folder.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".") as workshop:
                built = Path(workshop) / "built"
                self._install(lock_name, built)
                self._compile(built, strip=built)
                _let_everybody_read(built)
                _publish(built, folder)
        return folder

    def _sources(self, function: str) -> Iterator[Path]:
        yield self.root / "functions" / "__init__.py"
        for folder in (self.root / "functions" / function, self.root / "shared"):
            if not folder.is_dir():
                message = f"{folder.relative_to(self.root)} is missing: nothing to package."
                raise PackagingError(message)
            yield from sorted(path for path in folder.rglob("*") if _is_source(path))

    def _packages_key(self, lock_name: str) -> str:
        # Comments say which group asked for a package; two groups with the same packages are one.
        lines = (line.strip() for line in self._lock(lock_name).read_text().splitlines())
        pins = "\n".join(line for line in lines if line and not line.startswith("#"))
        compiled = "compiled" if self.target.compiler else "not compiled"
        text = f"{_RECIPE}\n{self.target.name}\n{compiled}\n{pins}"
        return f"{self.target.name}-{hashlib.sha256(text.encode()).hexdigest()[:24]}"

    def _lock(self, lock_name: str) -> Path:
        lock = self.root / "locks" / f"{lock_name}.txt"
        if not lock.is_file():
            message = f"locks/{lock_name}.txt is missing: it names the packages of {lock_name}."
            raise PackagingError(message)
        return lock

    def _install(self, lock_name: str, destination: Path) -> None:
        command = [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--no-input"),
            *(
                "--target",
                str(destination),
                "--requirement",
                str(self._lock(lock_name)),
            ),
            *("--no-deps", "--require-hashes", "--only-binary=:all:", "--no-compile"),
            *self.target.pip_options,
        ]
        result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if result.returncode:
            message = (
                f"The packages of locks/{lock_name}.txt can't be installed for"
                f" {self.target.name}:\n{result.stderr.strip()}"
            )
            raise PackagingError(message)
        for pattern in _MACHINE_SPECIFIC:
            for path in destination.glob(pattern):
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def _compile(self, folder: Path, *, strip: Path) -> None:
        """Compiles, where possible: Lambda's disk is read-only and every file is from 1980.

        A .pyc that is checked against its source's time would be thrown away at each cold start.
        A file that does not compile is left as it is; whoever imports it learns why.
        """
        if self.target.compiler:
            command = [self.target.compiler, "-I", "-m", "compileall", "-qq", "-j0"]
            options = [
                "--invalidation-mode=unchecked-hash",
                "-s",
                str(strip),
                str(folder),
            ]
            subprocess.run([*command, *options], capture_output=True, check=False)  # noqa: S603


def _is_source(path: Path) -> bool:
    return path.is_file() and path.suffix != ".pyc" and not path.name.startswith(".")


def _let_everybody_read(folder: Path) -> None:
    """Set the same modes on every machine: Lambda runs the code as somebody else."""
    folder.chmod(_FOLDER_MODE)
    for path in folder.rglob("*"):
        path.chmod(_FOLDER_MODE if path.is_dir() else _FILE_MODE)


def _link_or_copy(source: str, destination: str) -> None:
    try:
        os.link(source, destination)
    except OSError:
        shutil.copyfile(source, destination)


def _publish(built: Path, folder: Path) -> None:
    """Move the finished folder into place at once; another process may have been first."""
    try:
        built.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise
