"""A wrong context is refused in words, before anything is built."""

from __future__ import annotations

from datetime import timedelta

import pytest

from infra.app import context_of, main
from infra.settings import Access, GatewayLogRole, Settings, SettingsError, Stage


def _refusal(**context: object) -> str:
    with pytest.raises(SettingsError) as refused:
        Settings.from_context({"stage": "dev", **context})
    return str(refused.value)


def test_the_committed_context_can_be_deployed() -> None:
    settings = Settings.from_context(context_of([]))
    assert settings.stage is Stage.DEV
    assert settings.admin_email == ""


def test_the_command_line_wins_over_the_committed_context() -> None:
    context = context_of(["stage=local", "zendeskIntakeAddresses=a@x.example, b@x.example"])
    settings = Settings.from_context(context)
    assert settings.stage is Stage.LOCAL
    assert settings.zendesk_intake_addresses == ("a@x.example", "b@x.example")


def test_a_stage_that_is_none_is_refused_with_those_there_are() -> None:
    assert _refusal(stage="live") == "stage is 'live'; it must be one of dev, prod, local."


@pytest.mark.parametrize("address", ["ops", "Ops <ops@x.example>", "a@x.example b@x.example"])
def test_only_a_bare_address_is_an_address(address: str) -> None:
    assert "adminEmail" in _refusal(adminEmail=address)
    assert "senderEmail" in _refusal(senderEmail=address)
    assert "zendeskIntakeAddresses" in _refusal(zendeskIntakeAddresses=f"ok@x.example,{address}")


@pytest.mark.parametrize("admin", ["Help@x.example", "help+7@x.example", "a@firm.zendesk.com"])
def test_an_admin_whose_mail_becomes_a_ticket_is_refused(admin: str) -> None:
    text = _refusal(adminEmail=admin, zendeskIntakeAddresses="help@x.example")
    assert "new ticket" in text


def test_a_sender_whose_bounces_become_tickets_is_refused() -> None:
    text = _refusal(senderEmail="help+1@x.example", zendeskIntakeAddresses="help@x.example")
    assert text == (
        "senderEmail help+1@x.example feeds Zendesk:"
        " what comes back to a failure e-mail would become a new ticket."
    )
    assert "senderEmail" in _refusal(senderEmail="a@firm.zendesk.com")


@pytest.mark.parametrize("key", ["adminEmail", "senderEmail", "alarmEmail"])
@pytest.mark.parametrize("address", ["müller@firm.example", "ops@müller.example"])
def test_an_address_that_ses_does_not_send_to_is_refused(key: str, address: str) -> None:
    assert _refusal(**{key: address}) == (
        f"{key} {address!r} has letters beyond ASCII: SES takes none before the @,"
        " and a domain after it only as xn--…."
    )


def test_alarms_that_would_become_tickets_are_refused() -> None:
    text = _refusal(alarmEmail="help+1@x.example", zendeskIntakeAddresses="help@x.example")
    assert text == (
        "alarmEmail help+1@x.example feeds Zendesk: each alarm would become a new ticket."
    )


@pytest.mark.parametrize(("said", "reserved"), [("", False), ("off", False), ("on", True)])
def test_concurrency_is_reserved_only_if_somebody_says_so(said: str, *, reserved: bool) -> None:
    assert Settings.from_context({"reserveConcurrency": said}).reserve_concurrency is reserved
    assert "reserveConcurrency" in _refusal(reserveConcurrency="true")


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("Stage", "stage"),
        ("Waf", "waf"),
        ("snapstart", "snapStart"),
        ("admin-email", "adminEmail"),
        ("ADMIN_EMAIL", "adminEmail"),
        ("adminEmial", "adminEmail"),
    ],
)
def test_a_mistyped_key_is_refused_with_the_one_that_was_meant(key: str, meant: str) -> None:
    assert _refusal(**{key: "x"}) == f"{key} is no setting; did you mean {meant}?"


@pytest.mark.parametrize("key", ["my-key", "Ä", "2nd", "a b"])
def test_a_key_that_is_like_none_is_refused_with_those_there_are(key: str) -> None:
    text = _refusal(**{key: "1"})
    assert text.startswith(f"{key} is no setting; there are access, accessLog, adminEmail, ")


def test_a_key_without_a_name_is_refused() -> None:
    assert _refusal(**{"": "1"}).startswith("'' is no setting; ")
    with pytest.raises(SettingsError, match="-c =1: write it as key=value"):
        context_of(["=1"])


@pytest.mark.parametrize(
    "key",
    [
        "aws:cdk:bundling-stacks",
        "@aws-cdk/core:target-partitions",
        "availability-zones:account=1:region=eu-central-1",
        "acknowledged-issue-numbers",
        "cli-telemetry",
    ],
)
def test_what_cdk_keeps_in_the_context_is_left_alone(key: str) -> None:
    assert Settings.from_context({key: "x"}) == Settings.from_context({})


def test_a_base_url_needs_a_scheme_and_loses_its_last_slash() -> None:
    assert "publicBaseUrl" in _refusal(publicBaseUrl="mail.x.example")
    settings = Settings.from_context({"publicBaseUrl": "https://mail.x.example/"})
    assert settings.public_base_url == "https://mail.x.example"


def test_a_second_reader_needs_a_region() -> None:
    assert "secondReaderRegion" in _refusal(secondReaderModelId="maker.reader-v1:0")


@pytest.mark.parametrize(
    "model",
    [
        "maker.reader-v1:0",
        "maker.reader-v2:1:200k",
        "ai21.reader-2.5",
        "eu.maker.reader-4-5-20250929-v1:0",
        "us-gov.maker.reader-v1:0",
        "global.maker.reader-v1:0",
    ],
)
@pytest.mark.parametrize("region", ["eu-central-1", "us-gov-west-1", "eusc-de-east-1"])
def test_a_second_reader_is_a_model_or_a_profile_of_amazons(model: str, region: str) -> None:
    settings = Settings.from_context({"secondReaderModelId": model, "secondReaderRegion": region})
    assert (settings.second_reader_model_id, settings.second_reader_region) == (model, region)


@pytest.mark.parametrize(
    "model",
    [
        "*",
        "maker.*",
        "reader",
        "eu.reader",
        "Maker.Reader",
        "maker.reader v1",
        "maker.reader/v1",
        "arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/abc123",
        "arn:aws:bedrock:eu-central-1::foundation-model/maker.reader-v1:0",
    ],
)
def test_any_other_name_of_a_second_reader_is_refused_with_the_forms_there_are(model: str) -> None:
    text = _refusal(secondReaderModelId=model, secondReaderRegion="eu-central-1")
    assert text.startswith(f"secondReaderModelId is {model!r}; it takes ")
    assert "maker.reader-v1:0" in text


@pytest.mark.parametrize("region", ["x", "*", "eu-central", "eu-central-1a", "EU-CENTRAL-1"])
def test_a_second_readers_region_is_a_region(region: str) -> None:
    text = _refusal(secondReaderModelId="maker.reader-v1:0", secondReaderRegion=region)
    assert text == f"secondReaderRegion is {region!r}; it must be a region like eu-central-1."


def test_the_job_api_wants_a_signature_unless_told_otherwise() -> None:
    settings = Settings.from_context({})
    assert settings.access is Access.IAM
    assert settings.jobs_api_allowed_cidrs == settings.jobs_api_vpc_endpoints == ()
    assert settings.access_log
    assert settings.gateway_log_role is GatewayLogRole.EXISTING
    assert not settings.waf


def test_a_network_without_a_name_is_refused() -> None:
    expected = "access=network needs jobsApiAllowedCidrs or jobsApiVpcEndpoints, or both."
    assert _refusal(access="network") == expected
    assert _refusal(access="network", jobsApiAllowedCidrs=" , ") == expected


def test_an_access_that_is_none_is_refused() -> None:
    assert _refusal(access="open") == "access is 'open'; it must be one of iam, network."


@pytest.mark.parametrize("access", list(Access))
@pytest.mark.parametrize(
    ("cidr", "reason"),
    [
        ("0.0.0.0/0", "0.0.0.0/0 is the whole internet"),
        ("0.0.0.0/1", "0.0.0.0/1 is wider than /16"),
        ("8.0.0.0/15", "8.0.0.0/15 is wider than /16"),
        ("::/0", "'::/0' is no range of IPv4 addresses"),
        ("203.0.113.7/24", "'203.0.113.7/24' is no range of IPv4 addresses"),
        ("office", "'office' is no range of IPv4 addresses"),
        ("10.1.0.0/16", "10.1.0.0/16 is a private range"),
        ("100.64.0.0/16", "100.64.0.0/16 is a private range"),
    ],
)
def test_a_range_that_names_no_network_is_refused(access: Access, cidr: str, reason: str) -> None:
    text = _refusal(access=access, jobsApiAllowedCidrs=f"203.0.113.0/24,{cidr}")
    assert text.startswith(f"jobsApiAllowedCidrs: {reason}")
    assert "203.0.113.0/24 is" not in text


def test_more_ranges_than_a_policy_holds_are_refused() -> None:
    cidrs = ",".join(f"203.0.113.{number}" for number in range(101))
    assert _refusal(jobsApiAllowedCidrs=cidrs).startswith("jobsApiAllowedCidrs holds 101 ranges")


def test_endpoints_are_ids_and_belong_to_a_network() -> None:
    text = _refusal(access="network", jobsApiVpcEndpoints="vpc-1")
    assert text.startswith("jobsApiVpcEndpoints holds vpc-1")
    assert "access=network" in _refusal(jobsApiVpcEndpoints="vpce-0a1b2c3d4e5f67890")


def test_what_is_undecided_is_said_and_what_it_means() -> None:
    nobody = Settings.from_context({})
    assert len(nobody.undecided()) == 2
    assert nobody.undecided()[0].startswith("adminEmail is not set: nobody is told")
    both = Settings.from_context({"adminEmail": "a@x.example", "senderEmail": "b@x.example"})
    assert both.undecided() == ()


def test_a_setting_that_is_no_text_is_refused() -> None:
    assert _refusal(adminEmail=["ops@x.example"]).startswith("adminEmail must be text")


def test_all_that_is_wrong_is_said_at_once() -> None:
    assert len(_refusal(stage="x", adminEmail="y", logLevel="loud").splitlines()) == 3


@pytest.mark.parametrize("arguments", [["-c", "stage"], ["-c", "stage=live"]])
def test_the_command_ends_with_the_sentence(
    arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CDK_OUTDIR", raising=False)
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert "stage" in str(ended.value.code)
    assert "Traceback" not in capsys.readouterr().err


def test_content_is_kept_for_half_a_year_and_quarantined_bodies_for_a_quarter() -> None:
    for context in ({}, context_of([])):
        settings = Settings.from_context(context)
        assert settings.content_retention == timedelta(days=180)
        assert settings.quarantine_retention == timedelta(days=90)


@pytest.mark.parametrize("key", ["bodyRetentionDays", "quarantineRetentionDays"])
@pytest.mark.parametrize(
    ("days", "words"),
    [
        ("0", "it must be from 30"),
        (29, "it must be from 30"),
        ("3651", "to 3650 days"),
        ("-1", "whole number of days"),
        ("half a year", "whole number of days"),
        ("1e3", "whole number of days"),
        ("18.5", "whole number of days"),
        ("٣٦٥", "whole number of days"),
        (True, "whole number of days"),
        (None, "whole number of days"),
    ],
)
def test_a_retention_that_is_none_is_refused(key: str, days: object, words: str) -> None:
    text = _refusal(**{key: days})
    assert text.startswith(f"{key} is ")
    assert words in text


@pytest.mark.parametrize(("stage", "days"), [("dev", 30), ("prod", 90), ("local", 30)])
def test_logs_are_kept_longer_where_it_is_serious(stage: str, days: int) -> None:
    settings = Settings.from_context({"stage": stage, "logRetentionDays": ""})
    assert settings.log_retention == timedelta(days=days)
    chosen = Settings.from_context({"stage": stage, "logRetentionDays": "365"})
    assert chosen.log_retention == timedelta(days=365)


@pytest.mark.parametrize("days", ["31", "0", "3653"])
def test_logs_are_kept_for_a_time_that_cloudwatch_knows_and_that_ends(days: str) -> None:
    assert "CloudWatch keeps logs for 1, 3, 5, 7" in _refusal(logRetentionDays=days)


def test_the_database_has_the_providers_key_or_its_own() -> None:
    assert not Settings.from_context({}).database_key
    assert Settings.from_context({"databaseKey": "own"}).database_key
    assert _refusal(databaseKey="yes") == "databaseKey is 'yes'; it must be one of aws, own."
