"""What a function is, as the deployed template says."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path


@dataclass(frozen=True)
class Function:
    """`label` is the folder of its handler (`worker`); `name` and `arn` are what AWS knows it by.

    `variables` is its environment as the template resolves; `bundle` is the folder of its code.
    """

    label: str
    name: str
    arn: str
    handler: str
    bundle: Path
    timeout: timedelta
    memory_mb: int
    variables: dict[str, str]


@dataclass(frozen=True)
class Surroundings:
    """What every function finds around it: the stand-ins for AWS and Lambda's own packages."""

    region: str
    aws_endpoint: str
    lambda_endpoint: str
    runtime: Path


def environment(function: Function, around: Surroundings) -> dict[str, str]:
    """The whole environment of a function's process: the template's variables and Lambda's own.

    Nothing of the runner's own environment is in it.
    """
    return function.variables | {
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_SESSION_TOKEN": "local",
        "AWS_REGION": around.region,
        "AWS_DEFAULT_REGION": around.region,
        "AWS_ENDPOINT_URL": around.aws_endpoint,
        "AWS_ENDPOINT_URL_LAMBDA": around.lambda_endpoint,
        # Without these two, boto3 would read the files of whoever sits at the desk.
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_LAMBDA_FUNCTION_NAME": function.name,
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_mb),
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_GROUP_NAME": f"/aws/lambda/{function.name}",
        "AWS_LAMBDA_LOG_STREAM_NAME": "local",
        "LAMBDA_TASK_ROOT": str(function.bundle),
        "LAMBDA_RUNTIME_DIR": str(around.runtime),
        "_HANDLER": function.handler,
        "LANG": "en_US.UTF-8",
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "TZ": ":UTC",
    }
