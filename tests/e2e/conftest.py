"""The local platform with a toy template, one for all tests of a module."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from infra.local.assembly import Assembly, read_assembly
from infra.local.data_folder import data_folder
from infra.local.http_server import listening_socket
from infra.local.migration import migrate
from infra.local.platform import Platform, Wishes, running_platform
from infra.local.synthesis import lambda_runtime, synthesise
from tests.e2e.toy_stack import write_toy_assembly


@pytest.fixture(scope="module", autouse=True)
def _callers_aws() -> Iterator[None]:
    """Sets what a developer's shell may hold; none of it may reach a function or a client."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patch.delenv(name)
        patch.setenv("AWS_ROLE_ARN", "arn:aws:iam::999999999999:role/of-the-desk")
        patch.setenv("AWS_MAX_ATTEMPTS", "9")
        yield


WEBHOOK_SECRET = "a secret of the tests"


@contextmanager
def platform_of(
    assembly: Assembly,
    data: Path,
    runtime: Path,
    *,
    before_traffic: Callable[[Platform], object] = lambda _platform: None,
) -> Iterator[Platform]:
    with listening_socket(0) as port, data_folder(data) as folder:
        wishes = Wishes(
            port=port,
            webhook_secret=WEBHOOK_SECRET,
            runtime=runtime,
            documentation=folder.path / "openapi.json",
            durable=False,
        )
        with running_platform(assembly, folder, wishes, before_traffic=before_traffic) as platform:
            yield platform


@pytest.fixture(scope="session")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages that Lambda brings, out of those that the tests run with."""
    folder = tmp_path_factory.mktemp("lambda") / "runtime"
    folder.mkdir()
    packages = Path(pytest.__file__).parent.parent
    for name in ("boto3", "botocore", "dateutil", "jmespath", "s3transfer", "six.py", "urllib3"):
        (folder / name).symlink_to(packages / name)
    return folder


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """A data folder that PostgreSQL can enter: pytest closes its own to all users but one."""
    with tempfile.TemporaryDirectory(prefix="matcher-e2e-") as folder:
        yield Path(folder) / "data"


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory, data: Path, runtime: Path) -> Iterator[Platform]:
    assembly = read_assembly(write_toy_assembly(tmp_path_factory.mktemp("toy")))
    with platform_of(assembly, data, runtime) as platform:
        yield platform


@pytest.fixture(scope="session")
def product_assembly(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """The product's own template and bundles, as they are now."""
    return synthesise(tmp_path_factory.mktemp("product") / "cdk.out", "https://matcher.example")


@pytest.fixture(scope="module")
def product(product_assembly: Assembly, data: Path) -> Iterator[Platform]:
    with platform_of(product_assembly, data, lambda_runtime(), before_traffic=migrate) as platform:
        yield platform
