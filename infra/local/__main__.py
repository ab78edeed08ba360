"""``python -m infra.local [--once] [--empty]``: the whole product on this machine."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

try:
    from infra.local.api_client import RequestRefused
    from infra.local.data_folder import data_folder
    from infra.local.data_stack import generated_secret
    from infra.local.demo import run_samples, say
    from infra.local.errors import CannotStart
    from infra.local.http_server import listening_socket
    from infra.local.migration import migrate
    from infra.local.platform import Platform, Wishes, running_platform
    from infra.local.postgres_folder import refuse_unusable
    from infra.local.samples import Samples, read_samples
    from infra.local.synthesis import ROOT, lambda_runtime, synthesise
except ModuleNotFoundError as absent:
    sys.stderr.write(f"The package {absent.name} is missing: start with `make run`.\n")
    sys.exit(2)

_SAMPLES = ROOT / "tests" / "samples"
_DOCUMENT = ROOT / "docs" / "openapi.json"
_ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_HIGHEST_PORT = 65535


@dataclass(frozen=True)
class Options:
    """What the command line and the environment ask for."""

    once: bool
    empty: bool
    port: int
    secret: str
    data: Path | None


def main() -> int:
    """Returns the exit code: 0 as it should be, 1 not so, 2 could not start, 130 interrupted."""
    for number in _ENDINGS:
        signal.signal(number, _interrupt)
    try:
        options = read_options(sys.argv[1:], os.environ)
        forget_the_desk(os.environ)
        return _run(options)
    except CannotStart as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except KeyboardInterrupt:
        return 130


def read_options(arguments: Sequence[str], environment: Mapping[str, str]) -> Options:
    """Raises CannotStart for a PORT that is none."""
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument("--once", action="store_true", help="end after the table")
    parser.add_argument("--empty", action="store_true", help="serve without the samples")
    chosen = parser.parse_args(arguments)
    port = environment.get("PORT") or "8000"
    if not port.isdecimal() or not 0 < int(port) <= _HIGHEST_PORT:
        message = f"PORT is {port!r}: it must be a number from 1 to {_HIGHEST_PORT}."
        raise CannotStart(message)
    return Options(
        once=chosen.once,
        empty=chosen.empty,
        port=int(port),
        secret=environment.get("ZENDESK_WEBHOOK_SECRET") or generated_secret(),
        data=Path(environment["DATA_DIR"]) if environment.get("DATA_DIR") else None,
    )


def forget_the_desk(environment: os._Environ[str]) -> None:
    """Drops what belongs to a real AWS account: nothing here may ever reach one."""
    for name in [name for name in environment if name.startswith("AWS_")]:
        del environment[name]
    environment["AWS_CONFIG_FILE"] = environment["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull


def _run(options: Options) -> int:
    samples = None if options.empty else read_samples(_SAMPLES)
    with listening_socket(options.port) as port, data_folder(options.data) as folder:
        refuse_unusable(folder.postgres)
        say("Synthesising the template.")
        address = f"http://127.0.0.1:{options.port}"
        assembly = synthesise(folder.path / "cdk.out", address)
        wishes = Wishes(
            port=port,
            webhook_secret=options.secret,
            runtime=lambda_runtime(),
            documentation=_DOCUMENT,
        )
        say("Starting PostgreSQL, the stand-in for AWS and the functions.")
        with running_platform(assembly, folder, wishes, before_traffic=migrate) as platform:
            faults = _demonstrate(platform, samples, options.secret) if samples else []
            if options.once:
                return 1 if faults else 0
            ended = _asked_to_end()
            say(_where_to_look(platform, options.secret))
            ended.wait()
            say("Stopping.")
            return 0


def _demonstrate(platform: Platform, samples: Samples, secret: str) -> list[str]:
    try:
        faults = run_samples(platform, samples, secret)
    except RequestRefused as error:
        faults = [str(error)]
    hint = "" if platform.folder.kept else " Set DATA_DIR to keep the logs."
    say(f"Not as it should be: {'; '.join(faults)}.{hint}" if faults else "All as it should be.")
    return faults


def _where_to_look(platform: Platform, secret: str) -> str:
    kept = "" if platform.folder.kept else " (gone at the end; set DATA_DIR to keep it)"
    return (
        f"\nThe API        {platform.address}/api/v1/jobs\n"
        f"Its routes     {platform.address}/docs\n"
        f"E-mails sent   {platform.folder.mails}\n"
        f"Logs           {platform.folder.logs}\n"
        f"Data           {platform.folder.path}{kept}\n"
        f"Webhook secret {secret}\n"
        f"Eraser         make erase ARGS='--endpoint {platform.invoke_address}"
        f" --function {platform.stack.outputs['EraserName']}"
        " --reference 1 --by-name'\n"
        f"PostgreSQL     127.0.0.1:{platform.postgres.port}, user {platform.postgres.user}\n\n"
        "Ctrl-C ends it."
    )


def _asked_to_end() -> threading.Event:
    ended = threading.Event()
    for number in _ENDINGS:
        signal.signal(number, lambda _number, _frame: ended.set())
    return ended


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    """Ends whatever is under way, once: what follows is the orderly end, not to be cut short."""
    for number in _ENDINGS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
