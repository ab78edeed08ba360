"""A wrong context is refused in words, before anything is built."""

from __future__ import annotations

import pytest

from infra.app import context_of, main
from infra.settings import Settings, SettingsError, Stage


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


def test_a_mistyped_key_is_refused_with_the_keys_there_are() -> None:
    text = _refusal(adminEmial="ops@x.example")
    assert text.startswith("adminEmial is no setting; there are adminEmail, ")


def test_a_base_url_needs_a_scheme_and_loses_its_last_slash() -> None:
    assert "publicBaseUrl" in _refusal(publicBaseUrl="mail.x.example")
    settings = Settings.from_context({"publicBaseUrl": "https://mail.x.example/"})
    assert settings.public_base_url == "https://mail.x.example"


def test_a_second_reader_needs_a_region() -> None:
    assert "secondReaderRegion" in _refusal(secondReaderModelId="maker.reader-v1:0")


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
