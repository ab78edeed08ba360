"""Synthesises each stage once, without bundling; the bundles have a test of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from infra.app import build, context_of
from infra.examination import examined
from tests.infra.shapes import ADDRESSES, SHAPES
from tests.infra.template import Template

Synthesise = Callable[..., Path]


@pytest.fixture(scope="session")
def synthesise(tmp_path_factory: pytest.TempPathFactory) -> Synthesise:
    """Return a function from context overrides to a ``cdk.out`` folder."""

    def run(*overrides: str) -> Path:
        output = tmp_path_factory.mktemp("cdk-out")
        context = context_of(overrides) | {"aws:cdk:bundling-stacks": []}
        build(context=context, output=output).synth()
        return output

    return run


@pytest.fixture(scope="session", params=SHAPES)
def shaped(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of each shape's templates, which nothing kept from being written."""
    output = tmp_path_factory.mktemp("shape")
    context = context_of(SHAPES[request.param]) | {"aws:cdk:bundling-stacks": []}
    examined(build(context=context, output=output)).synth()
    return output


@pytest.fixture(scope="session")
def aws_output(synthesise: Synthesise) -> Path:
    return synthesise("stage=dev", *ADDRESSES)


@pytest.fixture(scope="session")
def local_output(synthesise: Synthesise) -> Path:
    return synthesise("stage=local", *ADDRESSES)


@pytest.fixture(scope="session")
def service(aws_output: Path) -> Template:
    return Template.read(aws_output, "Service")


@pytest.fixture(scope="session")
def pausing_output(synthesise: Synthesise) -> Path:
    return synthesise("stage=dev", "databaseMinAcu=0", *ADDRESSES)


@pytest.fixture(scope="session")
def pausing_service(pausing_output: Path) -> Template:
    """Return what uses a database that pauses when nobody is connected."""
    return Template.read(pausing_output, "Service")


@pytest.fixture(scope="session")
def data(aws_output: Path) -> Template:
    return Template.read(aws_output, "Data")


@pytest.fixture(scope="session")
def local_service(local_output: Path) -> Template:
    return Template.read(local_output, "Service")
