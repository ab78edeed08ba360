"""AWS as moto plays it: one server in this process, on a free loopback port."""

from __future__ import annotations

import logging
import os
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
from botocore.config import Config
from moto.backends import get_backend
from moto.moto_server.threaded_moto_server import ThreadedMotoServer

HOST = "127.0.0.1"
REGION = "eu-central-1"
ACCOUNT = "123456789012"

_CONFIG = Config(
    proxies={},  # A proxy of the desk has no business with loopback.
    retries={"total_max_attempts": 3, "mode": "standard"},
    max_pool_connections=20,
)
_COUNTS = {
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
}
_MOTO_SETTINGS = {
    # The code is run from the bundles' folders, so nothing is uploaded.
    "VALIDATE_LAMBDA_S3": "false",
    "MOTO_EC2_LOAD_DEFAULT_AMIS": "false",
}


class Cloud:
    """Where the stand-in for AWS listens, and a client per service; clients may cross threads."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self.region = REGION
        session = boto3.Session(
            aws_access_key_id="local",
            aws_secret_access_key="local",  # noqa: S106 - moto asks for one and takes any
            region_name=REGION,
        )
        self.sqs = session.client("sqs", endpoint_url=endpoint, config=_CONFIG)
        self.functions = session.client("lambda", endpoint_url=endpoint, config=_CONFIG)
        self.secrets = session.client("secretsmanager", endpoint_url=endpoint, config=_CONFIG)
        self.mail = session.client("sesv2", endpoint_url=endpoint, config=_CONFIG)
        self.stacks = session.client("cloudformation", endpoint_url=endpoint, config=_CONFIG)
        self.gateway = session.client("apigateway", endpoint_url=endpoint, config=_CONFIG)
        self.parameters = session.client("ssm", endpoint_url=endpoint, config=_CONFIG)

    def forget_everything(self) -> None:
        """Empties the cloud, whose state is the process's: an earlier one may have filled it."""
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        direct.open(f"{self.endpoint}/moto-api/reset", data=b"").close()

    def messages_in(self, queue_url: str) -> int:
        """Returns how many messages the queue holds, also those hidden, in hand or delayed."""
        found = self.sqs.get_queue_attributes(QueueUrl=queue_url, AttributeNames=["All"])
        return sum(int(value) for name, value in found["Attributes"].items() if name in _COUNTS)

    def sent_mails(self) -> list[Any]:
        """Returns what SES was given, oldest first: no API of SES's would tell."""
        return list(get_backend("ses")[ACCOUNT][REGION].sent_messages)


@contextmanager
def running_cloud() -> Iterator[Cloud]:
    """Runs an AWS of its own, empty at first, until the block ends."""
    os.environ |= _MOTO_SETTINGS
    for name in ("werkzeug", "moto"):  # Each request, and each type that moto passes over.
        logging.getLogger(name).setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address=HOST, port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    try:
        cloud = Cloud(f"http://{HOST}:{port}")
        cloud.forget_everything()
        yield cloud
    finally:
        server.stop()
