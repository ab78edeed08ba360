"""What alarms and the dashboard ask for, the functions really emit: they are run, and compared."""

from __future__ import annotations

import json
from typing import Any, ClassVar

import boto3
import pytest
from sqlalchemy import Connection, text

from functions.api.composition import compose_handler
from functions.notifier import composition as notifier
from functions.notifier.settings import NotifierSettings
from functions.reconciler import composition as reconciler
from functions.reconciler.settings import ReconcilerSettings
from functions.worker import composition as worker
from functions.worker.reading import RulesReader
from functions.worker.settings import WorkerSettings
from infra.app import build, context_of
from shared.domain.errors import MailEncrypted, TransientError
from shared.domain.extraction import ExtractedReply
from shared.domain.reply import Reply
from shared.observability import NAMESPACE
from shared.postgres.database import Database
from shared.postgres.leasing import Leasing
from shared.settings import DatabaseSettings
from tests.emitted_metrics import Emitted, emitted_metrics
from tests.factories import LEASE, claimed_job, queued_job, stored_inquiry, stored_job
from tests.functions.api.calls import SECRET, WEBHOOK, Api
from tests.functions.api.surroundings import Aws, Clock, api_settings, composed_parts, event_loop
from tests.functions.queues import Context, Queues
from tests.infra.asked_metrics import Asked, asked
from tests.infra.template import Template

CLAIM = "Petra Wendland, unser Zeichen NE-4471-88: Unsere Gesamtforderung beträgt 1.204,50 EUR."
ADDRESS = "alarm@kanzlei.example"


class BySubject:
    """Fails as a mail's subject says, and reads the others."""

    errors: ClassVar = {"later": TransientError(), "never": MailEncrypted()}

    def read(self, reply: Reply) -> ExtractedReply:
        if reply.subject in self.errors:
            raise self.errors[reply.subject]
        return RulesReader().read(reply)


def _run_api(queues: Queues, settings: DatabaseSettings) -> None:
    secret = boto3.client("secretsmanager").create_secret(
        Name="webhook", SecretString=json.dumps({"secrets": [SECRET]})
    )
    aws = Aws(queues.jobs, secret["ARN"])
    own = settings.model_dump(include={"database_port", "database_name", "database_user"})
    mail = {"ticket_id": 1, "from_email": "a@inkasso.example"}
    with event_loop(), composed_parts(api_settings(aws, **own), Clock()) as parts:
        api = Api(compose_handler(parts))
        for body in (mail, mail, {"type": "zen:event-type:ticket.created"}, {}):
            api.deliver(body)
        api.call("POST", WEBHOOK, body=b"unsigned")
    nowhere = own | {"database_port": 1}
    with event_loop(), composed_parts(api_settings(aws, **nowhere), Clock()) as parts:
        Api(compose_handler(parts)).deliver(mail)


def _run_worker(queues: Queues, settings: dict[str, Any], database: Database) -> None:
    stored_inquiry(database)
    for subject in ("later", "never", "matched"):
        job = queued_job(database, subject=subject, body_text=CLAIM)
        queues.send(queues.jobs, job.job_id)
    second_reader = {
        "second_reader_model_id": "",
        "second_reader_region": "",
        "second_reader_timeout_seconds": 2,
        "second_reader_max_input_characters": 20_000,
        "second_reader_max_output_tokens": 4_000,
    }
    handler = worker.compose(
        WorkerSettings(
            **settings | second_reader,
            job_budget_seconds=2,
            lease_margin_seconds=5,
            retry_base_seconds=10,
            retry_maximum_seconds=60,
        ),
        database,
        BySubject(),
    )
    handler(queues.event(queues.jobs), Context())  # type: ignore[arg-type]


def _run_notifier(queues: Queues, settings: dict[str, Any], database: Database) -> None:
    def notify(**changes: str) -> None:
        addresses = {"admin_email": ADDRESS, "sender_email": ADDRESS} | changes
        handler = notifier.compose(
            NotifierSettings(
                **{name: value for name, value in settings.items() if name != "jobs_queue_url"}
                | addresses,
                zendesk_intake_addresses="",
                public_base_url="",
                ses_configuration_set="",
                notifying_lease_seconds=60,
                notification_budget_seconds=2,
            ),
            database,
        )
        handler(queues.event(queues.dead_letters), Context())  # type: ignore[arg-type]

    notify()  # The worker's dead letter, before SES knows the sender.
    boto3.client("sesv2").create_email_identity(EmailIdentity=ADDRESS)
    for changes in ({}, {"admin_email": ""}):
        job = claimed_job(database, lease=-LEASE)
        for _ in range(5):
            Leasing(database).claim(job.job_id, job.run, lease=-LEASE)
        queues.send(queues.dead_letters, job.job_id)
        notify(**changes)


def _run_reconciler(settings: dict[str, Any], database: Database, sql: Connection) -> None:
    stored_job(database)
    sql.execute(text("UPDATE jobs SET created_at = now() - interval '1 hour'"))
    over = "completed_at = now() - interval '1 year'"
    sql.execute(text(f"UPDATE jobs SET {over} WHERE completed_at IS NOT NULL"))
    handler = reconciler.compose(
        ReconcilerSettings(
            **settings,
            reconciliation_lease_seconds=60,
            unsent_after_seconds=120,
            unclaimed_after_seconds=1800,
            lease_dead_after_seconds=360,
            unnotified_after_seconds=600,
            heals_per_run=10,
            content_retention_seconds=86_400,
            quarantine_retention_seconds=86_400,
            erasures_per_run=10,
        ),
        database,
    )
    handler({}, Context())  # type: ignore[arg-type]


@pytest.fixture
def emitted(
    queues: Queues,
    database: Database,
    database_settings: DatabaseSettings,
    common_settings: dict[str, Any],
    sql: Connection,
    capsys: pytest.CaptureFixture[str],
) -> set[Emitted]:
    """All that the functions write when everything that can happen does."""
    settings = common_settings | {"aws_call_timeout_seconds": 2}
    _run_worker(queues, settings, database)
    _run_notifier(queues, settings, database)
    _run_api(queues, database_settings)
    _run_reconciler(settings, database, sql)
    return emitted_metrics(capsys.readouterr().out)


@pytest.fixture(scope="module")
def asked_for(tmp_path_factory: pytest.TempPathFactory) -> set[Asked]:
    """What the stage of these functions asks for, of the product's own metrics."""
    output = tmp_path_factory.mktemp("cdk-out")
    context = context_of(["stage=local"]) | {"aws:cdk:bundling-stacks": []}
    build(context=context, output=output).synth()
    found = asked(Template.read(output, "Service"))
    return {one for one in found if one.namespace == NAMESPACE}


def _is_emitted(one: Asked, emitted: set[Emitted]) -> bool:
    if ("service", "any") in one.dimensions:
        return any(
            (each.name, each.dimension_names) == (one.name, one.dimension_names)
            and ("stage", "local") in each.dimensions & one.dimensions
            for each in emitted
        )
    return any((each.name, each.dimensions) == (one.name, one.dimensions) for each in emitted)


def test_every_metric_that_is_asked_for_is_emitted_under_that_name_and_by_those_dimensions(
    emitted: set[Emitted], asked_for: set[Asked]
) -> None:
    assert len(asked_for) > 20
    assert not [one for one in asked_for if not _is_emitted(one, emitted)]


def test_no_metric_is_split_by_what_has_no_end(emitted: set[Emitted]) -> None:
    """Each value of a dimension is a metric of its own, which is paid for."""
    names = {name for one in emitted for name in one.dimension_names}
    assert names == {"service", "stage", "cause", "match_status", "kind", "why"}
    values = {value for one in emitted for _, value in one.dimensions}
    assert not [value for value in values if any(letter.isdigit() for letter in value)]
