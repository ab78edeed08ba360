"""The two things that a person starts: set CDK up in an account, and deploy a stage to it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from aws_cdk import App

from infra.app import ROOT, build, context_of, synthesise
from infra.deploy.account import Account, signed_in_account
from infra.deploy.cdk_cli import CdkCli
from infra.deploy.errors import CannotDeploy
from infra.deploy.failed_create import way_out_of_failed_create
from infra.examination import examined
from infra.outputs import Output
from infra.settings import GatewayLogRole, Settings, Stage

_TITLES = {
    Output.WEBHOOK_URL: "Webhook for Zendesk",
    Output.STORE_WEBHOOK_SECRET: "Store its secret",
    Output.LIST_JOBS: "List the jobs",
    Output.DASHBOARD_URL: "Dashboard",
}
_WHAT_IT_ASKS = (
    'The second command waits for {"secrets": ["…"]} with Zendesk\'s signing secret,'
    " then Enter and Ctrl-D.\nThe rest is in docs/deploy.md."
)
CliOf = Callable[[str], CdkCli]


def bootstrap(*, cli_of: CliOf = CdkCli) -> None:
    """Set CDK up in the account and region of the terminal; raises CannotDeploy."""
    account = signed_in_account()
    say(f"Setting CDK up in {account}.")
    if not cli_of(account.region).run(
        "bootstrap", f"aws://{account.number}/{account.region}", "--app", ""
    ):
        message = "The set-up of CDK failed; what AWS said is above."
        raise CannotDeploy(message)


def deploy(
    overrides: Sequence[str],
    *,
    confirmed: bool,
    output: Path = ROOT / "cdk.out",
    cli_of: CliOf = CdkCli,
) -> None:
    """Bring the stage of the context to AWS; raises CannotDeploy, SettingsError, PackagingError.

    What is shown as the difference is what is deployed: both come from one synthesis.
    """
    context = context_of(overrides)
    settings = Settings.from_context(context)
    _refuse_unfinished(settings)
    account = signed_in_account()
    say(f"Stage {settings.stage}, {account}, as {account.caller}.")
    _check(account, settings)
    say("Synthesising.")
    synthesise_examined(build(context=context, output=output))
    cli = cli_of(account.region)
    assembly = ("--app", str(output))
    if not cli.run("diff", *assembly, "--method", "template"):
        message = "The difference could not be shown; what CDK said is above."
        raise CannotDeploy(message)
    if not confirmed:
        _ask(f"Deploy this to {account}? [y/N] ")
    outputs = output.parent / ".build" / f"outputs-{settings.stage}.json"
    outputs.parent.mkdir(exist_ok=True)
    written = ("--outputs-file", str(outputs), "--require-approval", "never")
    if not cli.run("deploy", "--all", *assembly, *written):
        way_out = _way_out(account, settings) or (
            "AWS went back to what was there. Once the cause is gone, run the same command again."
        )
        message = f"The deploy failed; the cause is above.\n{way_out}"
        raise CannotDeploy(message)
    say(_what_next(json.loads(outputs.read_text()), settings.stage))


def synthesise_examined(app: App) -> None:
    """Write the templates; raises CannotDeploy for what cdk-nag finds and nobody explained."""
    try:
        synthesise(examined(app))
    except RuntimeError as error:
        message = (
            "The templates could not be made, or cdk-nag found in them what nobody explained;"
            f" it is above.\n{error}"
        )
        raise CannotDeploy(message) from error


def say(text: str) -> None:
    """Tell the person at the terminal, before a program under it says more."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _refuse_unfinished(settings: Settings) -> None:
    if settings.stage is Stage.LOCAL:
        message = "The stage local is for this machine: make run."
        raise CannotDeploy(message)
    undecided = settings.undecided()
    if undecided and settings.stage is Stage.PROD:
        message = "\n".join([*undecided, "Set both for prod: ARGS='-c adminEmail=… …'."])
        raise CannotDeploy(message)
    for sentence in undecided:
        say(f"Warning: {sentence}")


def _check(account: Account, settings: Settings) -> None:
    account.require_bootstrap()
    if settings.access_log and settings.gateway_log_role is GatewayLogRole.EXISTING:
        account.require_log_role()
    if way_out := _way_out(account, settings):
        raise CannotDeploy(way_out)
    for note in account.mail_notes(settings.sender_email):
        say(f"Note: {note}")


def _way_out(account: Account, settings: Settings) -> str:
    """Of the data stack alone: the service stack is unprotected, and CDK clears it away."""
    return way_out_of_failed_create(account.session, f"creditor-mail-data-{settings.stage}")


def _ask(question: str) -> None:
    if not sys.stdin.isatty():
        message = "Nothing was deployed: nobody is there to say yes. Add --yes to ARGS."
        raise CannotDeploy(message)
    if input(question).strip().lower() not in {"y", "yes"}:
        message = "Nothing was deployed."
        raise CannotDeploy(message)


def _what_next(outputs: dict[str, dict[str, str]], stage: str) -> str:
    service = outputs[f"creditor-mail-service-{stage}"]
    lines = [f"{title:<20} {service[output]}" for output, title in _TITLES.items()]
    return "\n".join(["", *lines, "", _WHAT_IT_ASKS])
