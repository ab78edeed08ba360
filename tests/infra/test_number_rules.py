"""Numbers that would lose mail end the synthesis."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from infra import app
from infra.number_rules import number_problems
from infra.settings import SettingsError, Stage
from infra.stage_numbers import StageNumbers, for_stage

ON_AWS = for_stage(Stage.DEV)
SIX_TIMES = "it must be at least 6 times"


def _seconds(number: int) -> timedelta:
    return timedelta(seconds=number)


@pytest.mark.parametrize("stage", list(Stage))
def test_every_stages_numbers_can_be_deployed(stage: Stage) -> None:
    assert number_problems(for_stage(stage)) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"jobs_visibility": _seconds(359)},
            f"jobs_visibility is 359 s; {SIX_TIMES} the worker's timeout of 60 s.",
        ),
        (
            {"notifier": replace(ON_AWS.notifier, timeout=_seconds(31))},
            f"dead_letter_visibility is 180 s; {SIX_TIMES} the notifier's timeout of 31 s.",
        ),
        (
            {"api": replace(ON_AWS.api, timeout=_seconds(12))},
            "The api's timeout is 12 s; Zendesk waits no longer than 12 s.",
        ),
    ],
)
def test_a_number_that_loses_mail_is_named(change: dict[str, object], sentence: str) -> None:
    numbers: StageNumbers = replace(ON_AWS, **change)  # type: ignore[arg-type]
    assert number_problems(numbers) == [sentence]


def test_the_synthesis_refuses_such_a_number(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    short = replace(ON_AWS, jobs_visibility=_seconds(30))
    monkeypatch.setattr(app, "for_stage", lambda _stage, **_more: short)
    with pytest.raises(SettingsError, match="jobs_visibility is 30 s"):
        app.build(context=app.context_of([]), output=tmp_path)
