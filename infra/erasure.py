"""``python -m infra.erasure``: ask the eraser for a plan, or have a plan carried out.

Without --plan nothing is erased. The client's name is asked for, so that no shell keeps it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

_OUTPUT = "EraserName"
# Longer than the function may take, and never a second time: the answer would be another one.
_PATIENT = Config(read_timeout=60, retries={"total_max_attempts": 1})


class CannotErase(Exception):
    """The eraser could not be asked; the message says why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit code: 0 planned, erased or nothing to erase, 1 refused, 2 not asked."""
    options = _options(arguments)
    try:
        name = options.function or _function_name(options.stage)
        answer = _invoke(name, options.endpoint, _request(options))
    except (BotoCoreError, ClientError, CannotErase) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(_told(answer, options))
    return 1 if answer["status"] == "refused" else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m infra.erasure", description=__doc__)
    parser.add_argument("--stage", default="dev", help="which deployment (default: dev)")
    parser.add_argument("--reference", required=True, help="the request's number in your files")
    parser.add_argument("--by-name", action="store_true", help="ask for the client's full name")
    for option, of in (
        ("--inquiry", "one of the client's inquiries, by id"),
        ("--job", "a mail of the client's, by job id"),
        ("--quarantined", "an unreadable delivery of the client's, by id"),
        ("--not-job", "a job of somebody else's, to be kept"),
    ):
        parser.add_argument(option, action="append", default=[], help=f"{of} (repeatable)")
    parser.add_argument("--plan", help="the id of the plan to carry out")
    parser.add_argument("--requested-by", help="who asks (default: what AWS knows you as)")
    parser.add_argument("--certificates", type=Path, default=Path(), help="folder to put them in")
    parser.add_argument("--function", help="the eraser's name (default: from the stack's outputs)")
    parser.add_argument("--endpoint", help="Lambda's address, on a desk")
    return parser.parse_args(arguments)


def _request(options: argparse.Namespace) -> dict[str, Any]:
    request = {
        "reference": options.reference,
        "requested_by": options.requested_by or ("desk" if options.endpoint else _caller()),
        "inquiry_ids": options.inquiry,
        "job_ids": _numbers(options.job),
        "quarantined_ids": _numbers(options.quarantined),
        "kept_job_ids": _numbers(options.not_job),
        "plan": options.plan,
    }
    if options.by_name:
        sys.stderr.write("First and last name of the client: ")
        sys.stderr.flush()
        request["client_name"] = sys.stdin.readline().strip()
    return request


def _numbers(written: Sequence[str]) -> list[int]:
    wrong = [each for each in written if not (each.isascii() and each.isdecimal())]
    if wrong:
        message = f"{', '.join(wrong)}: an id of a job or a delivery is a number."
        raise CannotErase(message)
    return list(map(int, written))


def _session() -> boto3.Session:
    """As for the deploy: boto3 reads AWS_DEFAULT_REGION alone."""
    return boto3.Session(region_name=os.environ.get("AWS_REGION") or None)


def _caller() -> str:
    return str(_session().client("sts").get_caller_identity()["Arn"])


def _function_name(stage: str) -> str:
    stack = f"creditor-mail-service-{stage}"
    (found,) = _session().client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
    outputs = {output["OutputKey"]: str(output["OutputValue"]) for output in found["Outputs"]}
    if _OUTPUT not in outputs:
        message = f"The stack {stack} has no output {_OUTPUT}: deploy this release first."
        raise CannotErase(message)
    return outputs[_OUTPUT]


def _invoke(name: str, endpoint: str | None, request: dict[str, Any]) -> dict[str, Any]:
    session = _session()
    if endpoint:  # A desk has no account, and its own credentials have no business here.
        session = boto3.Session("local", "local", region_name="eu-central-1")
    lambda_ = session.client("lambda", endpoint_url=endpoint, config=_PATIENT)
    response = lambda_.invoke(FunctionName=name, Payload=json.dumps(request).encode())
    answer: dict[str, Any] = json.loads(response["Payload"].read())
    if response.get("FunctionError"):
        message = f"The eraser failed: {answer.get('errorType', 'no reason given')}."
        raise CannotErase(message)
    return answer


def _told(answer: dict[str, Any], options: argparse.Namespace) -> str:
    if answer["status"] == "refused":
        return f"Refused: {answer['detail']}\n"
    if answer["status"] == "erased":
        return f"{answer['words']}\nKept as {_keep(answer, options.certificates)}\n"
    kept = [str(_keep(each, options.certificates)) for each in answer.pop("earlier")]
    earlier = f" Earlier: {', '.join(kept)}" if kept else ""
    if answer["status"] == "planned":
        return _told_plan(answer, earlier)
    return f"There is nothing to erase.{earlier}\n"


def _told_plan(plan: dict[str, Any], earlier: str) -> str:
    shown = json.dumps(plan, ensure_ascii=False, indent=2)
    if any(plan[kind] for kind in ("inquiries", "jobs", "quarantined_ids")):
        return f"{shown}\nNothing is erased yet.{earlier} Do it with --plan {plan['plan']}\n"
    look = (
        "Look at what is mentioned_too, and add what is the client's with --job or --quarantined."
    )
    return f"{shown}\nNothing is selected.{earlier}\n{look}\n"


def _keep(stored: dict[str, Any], folder: Path) -> Path:
    """Writes the certificate byte for byte as it was hashed, and its words beside it."""
    file = folder / f"erasure-{stored['sha256'][:16]}.json"
    file.write_text(stored["certificate_text"], encoding="utf-8")
    file.with_suffix(".txt").write_text(stored["words"], encoding="utf-8")
    return file


if __name__ == "__main__":
    sys.exit(main())
