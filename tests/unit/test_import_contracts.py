from __future__ import annotations

import logging.config

import pytest
from importlinter.api import read_configuration
from importlinter.cli import lint_imports


def test_imports_point_one_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its set-up of logging, which silences every logger that is there already."""
    monkeypatch.setattr(logging.config, "dictConfig", lambda _: None)
    assert lint_imports(config_filename="pyproject.toml", no_cache=True) == 0


def test_every_function_is_under_the_contract_of_independence() -> None:
    contracts = read_configuration("pyproject.toml")["contracts_options"]
    independent = next(c for c in contracts if c["type"] == "independence")
    assert len(independent["modules"]) == 6
