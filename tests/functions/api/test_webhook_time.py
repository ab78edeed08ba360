"""The webhook answers within 8 seconds, whatever hangs: Zendesk does not wait much longer."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest
from sqlalchemy import Connection, text

from functions.api.composition import compose_handler
from functions.api.parts import Parts
from functions.api.settings import ApiSettings
from tests.functions.api.calls import Answer, Api
from tests.functions.api.surroundings import Clock, composed_parts
from tests.tcp_proxy import tcp_proxy

LONGEST_SECONDS = 8
MAIL = {"ticket_id": 1, "from_email": "a@inkasso.example", "comment_id": 7}


def in_time(api: Api, mail: dict[str, Any] = MAIL) -> Answer:
    began = time.monotonic()
    answer = api.deliver(mail)
    assert time.monotonic() - began < LONGEST_SECONDS
    return answer


@contextmanager
def composed(settings: ApiSettings, clock: Clock) -> Iterator[Api]:
    with composed_parts(settings, clock) as parts:
        yield Api(compose_handler(parts))


def test_a_database_that_never_answers_is_given_up_in_time(
    stranded_settings: ApiSettings, clock: Clock
) -> None:
    with tcp_proxy() as server:
        deaf = stranded_settings.model_copy(update={"database_port": server.port})
        with composed(deaf, clock) as api:
            answer = in_time(api)
    assert (answer.status, answer.headers["retry-after"]) == (503, "20")


def test_a_database_that_falls_silent_is_given_up_in_time(
    settings: ApiSettings, clock: Clock
) -> None:
    with tcp_proxy(settings.database_port) as server:
        behind = settings.model_copy(update={"database_port": server.port})
        with composed(behind, clock) as api:
            assert in_time(api).status == 200
            server.fall_silent()
            answer = in_time(api, MAIL | {"comment_id": 8})
    assert (answer.status, answer.headers["retry-after"]) == (503, "20")


def test_a_database_that_ended_the_connection_is_connected_again(api: Api, sql: Connection) -> None:
    assert in_time(api).status == 200
    end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    sql.execute(text(f"{end} AND datname = current_database()"))
    assert in_time(api, MAIL | {"comment_id": 8}).json["status"] == "accepted"


def test_a_queue_that_never_answers_costs_a_moment_and_no_mail(
    settings: ApiSettings, clock: Clock, sql: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tcp_proxy() as server:
        monkeypatch.setenv("AWS_ENDPOINT_URL_SQS", f"http://127.0.0.1:{server.port}")
        with composed(settings, clock) as api:
            answer = in_time(api)
    assert (answer.status, answer.json["status"]) == (200, "accepted")
    assert sql.scalar(text("SELECT processing_status FROM jobs")) == "received"


def test_a_secret_store_that_never_answers_is_given_up_in_time(
    stranded_settings: ApiSettings, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tcp_proxy() as server:
        endpoint = f"http://127.0.0.1:{server.port}"
        monkeypatch.setenv("AWS_ENDPOINT_URL_SECRETS_MANAGER", endpoint)
        with composed(stranded_settings, clock) as api:
            answer = in_time(api)
    assert (answer.status, answer.json["error"]) == (503, "secret_unavailable")


def test_what_hangs_for_reasons_unknown_is_left_behind(parts: Parts) -> None:
    """Each wait has its own limit; this is the limit of their sum."""
    release = threading.Event()

    class HangingIntake:
        def store_reply(self, *_args: object, **_fields: object) -> None:
            release.wait(30)

    hanging = cast("Any", HangingIntake())
    impatient = replace(parts, intake=hanging, answer_within=timedelta(seconds=0.2))
    began = time.monotonic()
    answer = Api(compose_handler(impatient)).deliver(MAIL)
    assert time.monotonic() - began < 5
    release.set()
    assert (answer.status, answer.json["error"]) == (503, "temporarily_unavailable")
    assert answer.headers["retry-after"] == "20"
    assert Api(compose_handler(parts)).deliver(MAIL).json["status"] == "accepted"


def test_all_waits_together_stay_under_the_limit(parts: Parts) -> None:
    assert parts.answer_within < timedelta(seconds=LONGEST_SECONDS)
