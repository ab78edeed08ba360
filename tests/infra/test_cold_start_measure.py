"""What ``make bench`` compares a function's import with."""

from __future__ import annotations

from pathlib import Path

from infra.packaging import Packaging, this_machine
from tests.bench.imports import ROOT, measure, third_party_modules


def test_the_floor_is_what_the_functions_own_code_names_and_no_more(tmp_path: Path) -> None:
    packaging = Packaging(root=ROOT, cache=ROOT / ".build", target=this_machine())
    packaging.assemble("notifier", tmp_path)
    places = (tmp_path, packaging.third_party("runtime"))
    named = third_party_modules(places, "notifier")
    assert {"aws_lambda_powertools", "boto3", "pydantic_settings", "sqlalchemy"} <= set(named)
    tops = {name.partition(".")[0] for name in named}
    assert not tops & {"functions", "shared", "json", "selectolax", "fastapi", "pydantic_core"}


def test_each_part_of_a_cold_start_is_measured() -> None:
    packaging = Packaging(root=ROOT, cache=ROOT / ".build", target=this_machine())
    found = measure(packaging, "notifier", rounds=1)
    assert found.imported > 0
    assert found.bare > 0
    assert found.composed > 0
    assert found.size > 10_000_000
