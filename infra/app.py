"""Synthesises both stacks: ``python -m infra.app [-c key=value]… [--output folder]``.

The CDK CLI starts the same module, and then brings the context and the folder itself.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from aws_cdk import Annotations, App

from infra.data_stack import DataStack
from infra.number_rules import number_problems
from infra.open_doors import open_doors
from infra.packaging import LAMBDA_PYTHON, Packaging, PackagingError, lambda_target, this_machine
from infra.service_stack import ServiceStack
from infra.settings import Settings, SettingsError, Stage
from infra.stage_numbers import for_stage

ROOT = Path(__file__).resolve().parent.parent
_NO_BYTECODE = (
    f"There is no Python {LAMBDA_PYTHON} on this machine to compile with, so the bundles hold no"
    " bytecode: every cold start compiles what it imports, which about doubles it. Install"
    f" Python {LAMBDA_PYTHON} (it need not be the one that runs this) and synthesise again."
)
_CDK_JSON = ROOT / "cdk.json"
# The CLI asks for these by itself; without them its template and this one would differ.
_CLI_DEFAULTS = {"aws:cdk:enable-path-metadata": True, "aws:cdk:enable-asset-metadata": True}


def build(*, context: Mapping[str, object] | None, output: Path | None) -> App:
    """Return the app with both stacks; without arguments, what the CDK CLI's environment says.

    Raises SettingsError for a context that can't be deployed.
    """
    app = App(context=context, outdir=None if output is None else str(output))
    settings = Settings.from_context(app.node.get_all_context())
    numbers = for_stage(settings.stage, database_may_pause=settings.capacity.may_pause)
    if problems := number_problems(numbers):
        raise SettingsError("\n".join(problems))
    target = this_machine() if settings.stage is Stage.LOCAL else lambda_target()
    data = DataStack(app, "Data", settings=settings)
    service = ServiceStack(
        app,
        "Service",
        settings=settings,
        numbers=numbers,
        packaging=Packaging(root=ROOT, cache=ROOT / ".build", target=target),
    )
    service.add_stack_dependency(data)
    if target.compiler is None:
        Annotations.of(service).add_warning_v2("creditor-mail:noBytecode", _NO_BYTECODE)
    return app


def synthesise(app: App) -> None:
    """Write the templates; raises SettingsError if strangers could call more than the webhook."""
    stacks = app.synth().stacks
    if doors := [door for stack in stacks for door in open_doors(stack.template)]:
        raise SettingsError("\n".join(doors))


def context_of(overrides: Sequence[str]) -> dict[str, object]:
    """Return the context of ``cdk.json``, changed by ``key=value`` pairs."""
    context: dict[str, object] = {**_CLI_DEFAULTS, **json.loads(_CDK_JSON.read_text())["context"]}
    for override in overrides:
        key, separator, value = override.partition("=")
        if not (separator and key):
            message = f"-c {override}: write it as key=value."
            raise SettingsError(message)
        context[key] = value
    return context


def main(arguments: Sequence[str] | None = None) -> None:
    """Synthesises, or ends with a sentence that says what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m infra.app", description=__doc__)
    parser.add_argument("-c", "--context", action="append", default=[], metavar="key=value")
    parser.add_argument("--output", type=Path, default=ROOT / "cdk.out", metavar="folder")
    options = parser.parse_args(arguments)
    try:
        if "CDK_OUTDIR" in os.environ:
            app = build(context=None, output=None)
        else:
            app = build(context=context_of(options.context), output=options.output)
        for sentence in Settings.from_context(app.node.get_all_context()).undecided():
            sys.stderr.write(f"Warning: {sentence}\n")
        synthesise(app)
    except (SettingsError, PackagingError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
