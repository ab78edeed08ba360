"""A bundle holds what its function needs, the same every time, and nothing of this machine."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from infra.packaging import Packaging, PackagingError, Target, lambda_target, this_machine
from tests.environments import FUNCTIONS, environment
from tests.infra.conftest import Synthesise

ROOT = Path(__file__).resolve().parents[2]


def _tree(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    files = {
        "functions/__init__.py": "",
        "functions/greeter/__init__.py": "",
        "functions/greeter/handler.py": "def handler(event, context): return 'hello'\n",
        "functions/other/handler.py": "",
        "shared/__init__.py": "",
        "shared/mail.txt": "Hello",
        "locks/greeter.txt": "# nothing but comments\n",
    }
    for name, content in files.items():
        path = tmp_path / "checkout" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return tmp_path / "checkout"


@pytest.fixture
def packaging(checkout: Path, tmp_path: Path) -> Packaging:
    return Packaging(root=checkout, cache=tmp_path / "cache", target=this_machine())


@pytest.fixture(scope="session")
def real() -> Packaging:
    return Packaging(root=ROOT, cache=ROOT / ".build", target=this_machine())


def test_a_bundle_holds_its_function_and_shared_and_no_other_function(
    packaging: Packaging, tmp_path: Path
) -> None:
    packaging.assemble("greeter", tmp_path / "bundle")
    sources = {name for name in _tree(tmp_path / "bundle") if not name.endswith(".pyc")}
    assert sources == {
        "functions/__init__.py",
        "functions/greeter/__init__.py",
        "functions/greeter/handler.py",
        "shared/__init__.py",
        "shared/mail.txt",
    }


def test_the_same_input_gives_the_same_key_and_the_same_bytes(
    real: Packaging, tmp_path: Path
) -> None:
    assert real.key("worker") == real.key("worker")
    real.assemble("worker", tmp_path / "one")
    real.assemble("worker", tmp_path / "two")
    assert _tree(tmp_path / "one") == _tree(tmp_path / "two")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("functions/greeter/handler.py", "changed"),
        ("functions/greeter/new.py", ""),
        ("shared/mail.txt", "Good evening"),
        ("locks/greeter.txt", "one==1 --hash=sha256:0\n"),
    ],
)
def test_whatever_changes_the_bundle_changes_its_key(
    packaging: Packaging, checkout: Path, name: str, content: str
) -> None:
    before = packaging.key("greeter")
    (checkout / name).write_text(content)
    assert packaging.key("greeter") != before


def test_another_target_is_another_key(packaging: Packaging) -> None:
    elsewhere = replace(packaging, target=Target(name="elsewhere", pip_options=(), compiler=None))
    assert elsewhere.key("greeter") != packaging.key("greeter")


def test_what_is_not_in_the_bundle_is_not_in_its_key(packaging: Packaging, checkout: Path) -> None:
    before = packaging.key("greeter")
    (checkout / "functions/other/handler.py").write_text("changed")
    (checkout / "shared/__pycache__").mkdir()
    (checkout / "shared/__pycache__/x.cpython-311.pyc").write_bytes(b"stale")
    (checkout / "locks/greeter.txt").write_text("# another comment\n")
    assert packaging.key("greeter") == before


def test_a_missing_lock_is_named(packaging: Packaging) -> None:
    with pytest.raises(PackagingError, match=r"locks/other\.txt is missing"):
        packaging.key("other")


def test_a_package_that_can_not_be_had_is_named_and_leaves_nothing(
    packaging: Packaging, checkout: Path, tmp_path: Path
) -> None:
    lock = checkout / "locks" / "greeter.txt"
    lock.write_text(f"no-such-wheel @ file:///nowhere.whl --hash=sha256:{'0' * 64}\n")
    with pytest.raises(PackagingError, match="nowhere"):
        packaging.assemble("greeter", tmp_path / "bundle")
    assert not list((tmp_path / "cache" / "third-party").iterdir())


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_handler_starts_from_its_bundle_and_lambdas_own_packages_alone(
    real: Packaging, tmp_path: Path, function: str
) -> None:
    real.assemble(function, tmp_path)
    program = (
        f"import sys; sys.path[:0] = [{str(tmp_path)!r}, {str(real.third_party('runtime'))!r}];"
        f" import functions.{function}.handler as module; assert callable(module.handler)"
    )
    command = [sys.executable, "-I", "-S", "-W", "ignore", "-c", program]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert not result.returncode, result.stderr


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_bundle_leaves_boto3_to_lambda_and_names_no_path_of_this_machine(
    real: Packaging, function: str
) -> None:
    packages = real.third_party(function)
    assert not (packages / "boto3").exists()
    assert not (packages / "bin").exists()
    assert not list(packages.glob("*.dist-info/RECORD"))
    assert list(packages.glob("*.dist-info/METADATA"))


def test_bytecode_is_taken_as_it_is(real: Packaging, tmp_path: Path) -> None:
    real.assemble("notifier", tmp_path)
    compiled = list(tmp_path.rglob("*.pyc"))
    # PEP 552: flags 1 without 2 mean "by hash, and never checked".
    flags = {int.from_bytes(path.read_bytes()[4:8], "little") for path in compiled}
    assert flags == {0b01}
    assert any(path.is_relative_to(tmp_path / "functions") for path in compiled)
    assert any(path.is_relative_to(tmp_path / "pg8000") for path in compiled)


def test_lambdas_bytecode_is_of_its_own_python(tmp_path: Path) -> None:
    target = lambda_target()
    if target.compiler is None:
        pytest.skip("There is no Python 3.13 here to compile with.")
    Packaging(root=ROOT, cache=ROOT / ".build", target=target).assemble("notifier", tmp_path)
    question = [target.compiler, "-c", "from importlib.util import *; print(MAGIC_NUMBER.hex())"]
    magic = subprocess.run(question, capture_output=True, text=True, check=True).stdout.strip()
    compiled = list(tmp_path.rglob("*.pyc"))
    assert {path.read_bytes()[:4].hex() for path in compiled} == {magic}
    handler = "functions/notifier/__pycache__/handler.cpython-313.pyc"
    assert tmp_path / handler in compiled


def test_a_bundle_without_bytecode_is_built_and_says_so(
    monkeypatch: pytest.MonkeyPatch, synthesise: Synthesise
) -> None:
    without = replace(lambda_target(), compiler=None)
    monkeypatch.setattr("infra.app.lambda_target", lambda: without)
    told = (synthesise("stage=dev") / "Service.metadata.json").read_text()
    assert "no Python 3.13 on this machine" in told


def test_installing_again_gives_the_same_bytes(real: Packaging, tmp_path: Path) -> None:
    again = replace(real, cache=tmp_path)
    assert _tree(again.third_party("notifier")) == _tree(real.third_party("notifier"))


def test_everybody_may_read_what_is_packaged_and_nobody_else_may_write_it(
    packaging: Packaging, checkout: Path, tmp_path: Path
) -> None:
    (checkout / "shared/mail.txt").chmod(0o600)
    previous = os.umask(0o077)
    try:
        packaging.assemble("greeter", tmp_path / "bundle")
    finally:
        os.umask(previous)
    modes = {
        (path.is_dir(), path.stat().st_mode & 0o777) for path in (tmp_path / "bundle").rglob("*")
    }
    assert modes == {(True, 0o755), (False, 0o644)}


UNLOADED = {
    "api": {"idna"},  # anyio asks for it, and needs it only to open connections.
    "worker": {"pypdf"},  # Loaded for a mail with a PDF.
}
"""Third-party packages that a function brings and does not import at once."""


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_bundle_holds_only_what_its_function_imports(
    real: Packaging, tmp_path: Path, function: str
) -> None:
    packages = real.third_party(function)
    brought = {
        path.name.partition(".")[0]
        for path in packages.iterdir()
        if path.suffix != ".dist-info" and path.name != "__pycache__"
    }
    loaded = _loaded(real, tmp_path, function)
    assert brought - loaded == UNLOADED.get(function, set())
    # Importing Powertools' tracer costs little; the SDK behind it would cost a third of a second.
    assert "aws_xray_sdk" not in loaded


def _loaded(packaging: Packaging, folder: Path, function: str) -> set[str]:
    """Return the modules, and the packages they are in, of a function that is put together."""
    packaging.assemble(function, folder)
    program = (
        f"import sys; sys.path[:0] = [{str(folder)!r}, {str(packaging.third_party('runtime'))!r}];"
        f" import functions.{function}.handler as module; module._composed();"
        " print(*{part for name in sys.modules for part in (name, name.partition('.')[0])})"
    )
    command = [sys.executable, "-I", "-S", "-B", "-W", "ignore", "-c", program]
    result = subprocess.run(
        command, env=environment(function), capture_output=True, text=True, check=True
    )
    return set(result.stdout.split())


def test_what_lambda_gets_is_built_for_its_processor_and_its_python(tmp_path: Path) -> None:
    packaging = Packaging(root=ROOT, cache=ROOT / ".build", target=lambda_target())
    packaging.assemble("worker", tmp_path)
    machine = {
        int.from_bytes(path.read_bytes()[18:20], "little") for path in tmp_path.rglob("*.so")
    }
    aarch64 = 183  # EM_AARCH64 of the ELF header
    assert machine == {aarch64}
    tagged = [path.name for path in tmp_path.rglob("*.so") if ".cpython-" in path.name]
    assert tagged
    assert all(".cpython-313-" in name for name in tagged)


def test_lambda_gets_arm_wheels_of_its_own_python_and_glibc() -> None:
    options = lambda_target().pip_options
    assert "--python-version=3.13" in options
    platforms = [option for option in options if option.startswith("--platform=")]
    assert all(option.endswith("_aarch64") for option in platforms)
    assert {"--platform=manylinux_2_28_aarch64", "--platform=manylinux2014_aarch64"} <= {*platforms}
    assert "--platform=manylinux_2_35_aarch64" not in platforms
