"""Synthesises the template of the stage ``local`` with what it needs beside it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from infra.local.assembly import Assembly, read_assembly
from infra.local.errors import CannotStart
from infra.packaging import Packaging, PackagingError, this_machine

ROOT = Path(__file__).resolve().parent.parent.parent

_ADDRESSES = {
    "adminEmail": "operations@creditor-mail.example",
    "senderEmail": "creditor-mail@creditor-mail.example",
    "zendeskIntakeAddresses": "replies@creditor-mail.example",
}
"""Whoever they are, on a desk every e-mail ends as a file."""


def synthesise(output: Path, address: str) -> Assembly:
    """Writes the assembly to `output` and reads it; links in e-mails begin with `address`.

    Raises CannotStart with the synthesis's own words if it fails.
    """
    shutil.rmtree(output, ignore_errors=True)
    context = {"stage": "local", "publicBaseUrl": address, "snapStart": "off"} | _ADDRESSES
    pairs = [argument for item in context.items() for argument in ("-c", "=".join(item))]
    result = subprocess.run(  # noqa: S603 - the project's own module
        [sys.executable, "-m", "infra.app", *pairs, "--output", str(output)],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("CDK_")},
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        message = f"The template could not be synthesised: {_last_words(result.stderr)}"
        raise CannotStart(message)
    return read_assembly(output)


def lambda_runtime() -> Path:
    """Returns the folder with the packages that Lambda itself brings: boto3 and what it needs."""
    packaging = Packaging(root=ROOT, cache=ROOT / ".build", target=this_machine())
    try:
        return packaging.third_party("runtime")
    except PackagingError as error:
        raise CannotStart(str(error)) from error


def _last_words(errors: str) -> str:
    """Returns the whole text, or of a traceback only what it ends with."""
    if "Traceback (most recent call last)" not in errors:
        return errors.strip()
    return errors.strip().rpartition("\n")[2]
