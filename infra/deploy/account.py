"""The AWS account that the credentials lead to, and what has to be there before a deploy."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    EndpointConnectionError,
    HTTPClientError,
    NoCredentialsError,
    PartialCredentialsError,
    ProfileNotFound,
)

from infra.deploy.errors import CannotDeploy

OLDEST_BOOTSTRAP = 6
"""What CDK's templates ask for; a test compares it with theirs."""

_BOOTSTRAP_VERSION = "/cdk-bootstrap/hnb659fds/version"
_SIGN_IN = "sign in (aws sso login, or aws configure) and name the profile: export AWS_PROFILE=…"
_NO_REGION = "No region is chosen: export AWS_REGION=eu-central-1, or the one you want."
_FAST = Config(connect_timeout=5, read_timeout=10, retries={"total_max_attempts": 2})


@dataclass(frozen=True)
class Account:
    """Where the deploy goes, and as whom."""

    number: str
    region: str
    caller: str
    session: boto3.Session

    def __str__(self) -> str:
        """Name it the way a person checks it."""
        return f"account {self.number}, region {self.region}"

    def require_bootstrap(self) -> None:
        """Raise CannotDeploy unless CDK's own stack is there and new enough."""
        parameters = self.session.client("ssm", config=_FAST)
        with _in_plain_words():
            try:
                found = parameters.get_parameter(Name=_BOOTSTRAP_VERSION)
            except parameters.exceptions.ParameterNotFound as error:
                message = f"CDK has never been set up in {self}: run make bootstrap first."
                raise CannotDeploy(message) from error
        version = int(found["Parameter"]["Value"])
        if version < OLDEST_BOOTSTRAP:
            message = (
                f"CDK's set-up in {self} has version {version};"
                f" {OLDEST_BOOTSTRAP} is needed: run make bootstrap again."
            )
            raise CannotDeploy(message)

    def require_log_role(self) -> None:
        """Raise CannotDeploy unless API Gateway may write logs, which AWS asks once a region."""
        gateway = self.session.client("apigateway", config=_FAST)
        with _in_plain_words():
            role = gateway.get_account().get("cloudwatchRoleArn")
        if not role:
            message = (
                f"API Gateway may not write logs in {self} yet. Add -c gatewayLogRole=create,"
                " which makes the role for the whole region, or -c accessLog=off."
            )
            raise CannotDeploy(message)

    def mail_notes(self, sender: str) -> list[str]:
        """Say what SES would still refuse; nothing of it stops a deploy."""
        if not sender:
            return []
        mail = self.session.client("sesv2", config=_FAST)
        try:
            sandbox = not mail.get_account().get("ProductionAccessEnabled")
        except (BotoCoreError, ClientError):
            return ["Whether SES would send the failure e-mails could not be found out."]
        notes = []
        if not any(self._is_verified(name) for name in (sender, sender.rpartition("@")[2])):
            notes.append(f"SES has not verified {sender} here, so it sends no failure e-mail yet.")
        if sandbox:
            notes.append("SES is in the sandbox here: it sends to verified recipients only.")
        return notes

    def _is_verified(self, identity: str) -> bool:
        mail = self.session.client("sesv2", config=_FAST)
        try:
            found = mail.get_email_identity(EmailIdentity=identity)
        except (BotoCoreError, ClientError):
            return False
        return bool(found.get("VerifiedForSendingStatus"))


def signed_in_account() -> Account:
    """Return the account of the terminal's credentials; raises CannotDeploy without any."""
    with _in_plain_words():
        # boto3 reads AWS_DEFAULT_REGION alone, the AWS CLI and CDK this one first.
        session = boto3.Session(region_name=os.environ.get("AWS_REGION") or None)
        if session.region_name is None:
            raise CannotDeploy(_NO_REGION)
        found = session.client("sts", config=_FAST).get_caller_identity()
    return Account(
        number=found["Account"],
        region=session.region_name,
        caller=found["Arn"],
        session=session,
    )


@contextmanager
def _in_plain_words() -> Iterator[None]:
    try:
        yield
    except ProfileNotFound as error:
        message = f"There is no such AWS profile ({error}): look at aws configure list-profiles."
        raise CannotDeploy(message) from error
    except (NoCredentialsError, PartialCredentialsError) as error:
        message = f"There are no AWS credentials: {_SIGN_IN}"
        raise CannotDeploy(message) from error
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if "AccessDenied" in code:
            message = f"The AWS credentials may not do what is needed: {error}"
        else:
            message = f"AWS does not accept the credentials ({code}): {_SIGN_IN}"
        raise CannotDeploy(message) from error
    except (EndpointConnectionError, HTTPClientError) as error:
        message = f"AWS can't be reached from here: {error}"
        raise CannotDeploy(message) from error
    except BotoCoreError as error:
        message = f"The AWS credentials can't be used ({error}): {_SIGN_IN}"
        raise CannotDeploy(message) from error
