"""What docs/deploy.md shows is what there is: settings, commands, bodies, files, prices."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from functions.api.webhook.payload import ReadMail, read_payload
from functions.api.wire.inquiries import ListedInquiry
from functions.api.wire.inquiry_files import rows_of_csv
from infra.costs import MAILS_PER_DAY, Price, document, monthly_bill, optional_parts
from infra.outputs import Output
from infra.settings import Settings, SettingsError
from tests.infra.template import Template, readable

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = (ROOT / "docs" / "deploy.md").read_text()
NOW = datetime(2026, 2, 12, 9, tzinfo=UTC)
RENDERED = {
    "ticket.id": "35436",
    "ticket.latest_comment.id": "30064117810589",
    "ticket.latest_comment.author.email": "forderung@lindenau.example",
    "ticket.latest_comment.author.name": "Sparkasse Lindenau",
    "ticket.title": "AW: Forderungsanfrage",
    "ticket.latest_comment.value": "Gesamtforderung 8.297,48 EUR",
    "ticket.updated_at_with_timestamp": "2026-02-12T08:15:28Z",
}
"""What Zendesk is known to render; whatever else a trigger names may come out empty."""

_LOOP = re.compile(r"{% for .*?%}(.*?){%if .*?%}(.*?){% endif %}{% endfor %}")


def _blocks(language: str) -> list[str]:
    found = re.findall(r"^```(\w*)\n(.*?)^```$", DEPLOY, re.MULTILINE | re.DOTALL)
    return [block for named, block in found if named == language]


def _render(body: str, filenames: list[str]) -> bytes:
    """Do what Zendesk does to a trigger's body."""
    found = _LOOP.search(body)
    assert found is not None
    item, comma = found.groups()
    items = [
        item.replace("{{attachment.filename}}", name).replace(
            "{{attachment.url}}", f"https://firm.example/{name}"
        )
        for name in filenames
    ]
    body = _LOOP.sub(lambda _found: comma.join(items), body)
    return re.sub(r"{{(.*?)}}", lambda found: RENDERED[found[1]], body).encode()


@pytest.mark.parametrize("filenames", [[], ["Aufstellung.pdf"], ["a.pdf", "b.pdf"]])
def test_the_triggers_body_is_read_whole(filenames: list[str]) -> None:
    (body,) = _blocks("json")
    read = read_payload(_render(body, filenames), NOW)
    assert isinstance(read, ReadMail)
    assert read.notes == ()
    reply = read.reply
    assert (reply.ticket_id, reply.comment_id) == ("35436", "30064117810589")
    assert (reply.from_email, reply.from_name) == (
        "forderung@lindenau.example",
        "Sparkasse Lindenau",
    )
    assert (reply.subject, reply.body_text) == (
        "AW: Forderungsanfrage",
        "Gesamtforderung 8.297,48 EUR",
    )
    assert reply.received_at == datetime(2026, 2, 12, 8, 15, 28, tzinfo=UTC)
    assert [attachment.filename for attachment in reply.attachments] == filenames


def test_every_placeholder_is_quoted() -> None:
    (body,) = _blocks("json")
    assert body.count("{{") == len(re.findall(r'"{{[a-z_.]+}}"', body))


def test_the_inquiries_file_can_be_imported() -> None:
    (file,) = [block for block in _blocks("") if block.startswith("id,client_name")]
    (row,) = rows_of_csv(file.encode())
    inquiry = ListedInquiry.model_validate(row.fields).to_listed_inquiry()
    assert inquiry.id == "inq-001"
    assert inquiry.reference_numbers == ("RB-26-0101", "6004 118 220")
    # Midnight in Berlin.
    assert inquiry.sent_at == datetime(2026, 2, 9, 23, tzinfo=UTC)
    assert inquiry.debt_amount == Decimal("8000.00")


def test_every_setting_has_its_line_and_there_is_no_other() -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_context({"unheardOf": ""})
    known = str(refused.value).partition("there are ")[2].rstrip(".").split(", ")
    section = DEPLOY.partition("### Settings")[2].partition("\n## ")[0]
    assert sorted(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == sorted(known)


def test_the_signed_call_is_the_one_that_the_deploy_prints(service: Template) -> None:
    printed = readable(service.body["Outputs"][Output.LIST_JOBS]["Value"])
    (shown,) = [block for block in _blocks("") if "--aws-sigv4" in block]
    command = shown.replace("\\\n", "").partition("curl ")[2].partition('"https')[0].split()
    assert command == printed.replace("Region", "$AWS_REGION").split()[1:-1]


def test_every_output_that_is_named_exists(service: Template) -> None:
    named = set(re.findall(r"`([A-Z][A-Za-z]+(?:Url|Arn|Secret))`", DEPLOY))
    assert named == {"WebhookUrl", "StoreWebhookSecret", "ReaderPolicyArn", "OperatorPolicyArn"}
    assert named < set(service.body["Outputs"])


def test_the_costs_are_those_that_the_script_prints() -> None:
    assert document() in DEPLOY


def test_each_setting_that_costs_by_the_month_is_among_the_optional_parts() -> None:
    names = " ".join(line.name for line in optional_parts(200))
    assert {"waf=on", "interfaceEndpoints", "natGateways=2"} <= set(re.findall(r"`(.*?)`", names))


def test_every_price_says_when_it_was_read() -> None:
    assert len(Price) == len({price.name for price in Price}) == 18
    assert all(re.fullmatch(r"20\d\d-\d\d(-\d\d)?", price.value.as_of) for price in Price)


def test_more_mails_cost_more_and_most_of_a_small_bill_is_the_database_and_the_nat() -> None:
    few, many = (monthly_bill(mails) for mails in MAILS_PER_DAY)
    assert all(line.usd >= less.usd for line, less in zip(many, few, strict=True))
    fixed = sum(line.usd for line in few if line.name.startswith(("Aurora", "NAT")))
    assert fixed > sum(line.usd for line in few) * 8 / 10


def test_the_bill_is_as_long_as_it_is_by_hand() -> None:
    capacity = monthly_bill(200)[0]
    mails = 200 * 365 / 12
    assert float(capacity.usd) == pytest.approx(0.12 * (730 * 0.5 + mails * 2 / 3600), rel=1e-3)


def test_the_readmes_deploy_section_is_three_commands() -> None:
    readme = (ROOT / "README.md").read_text()
    (commands,) = re.findall(r"## Deploy it\n.*?```\n(.*?)```", readme, re.DOTALL)
    assert len(commands.strip().splitlines()) == 3
    assert "(docs/deploy.md)" in readme
