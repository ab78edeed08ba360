"""Signing in to Aurora with the function's own role instead of a password."""

from __future__ import annotations

import boto3
from botocore.model import ServiceId
from botocore.signers import RequestSigner

from shared.domain.errors import DatabaseUnavailable
from shared.settings import DatabaseSettings

TOKEN_LIFETIME_SECONDS = 900


def iam_token(settings: DatabaseSettings) -> str:
    """A signed token that PostgreSQL takes as the password of `database_user`.

    Signed locally with the process's credentials and region, without a network call; valid
    for 15 minutes, and only for opening a connection
    (Amazon Aurora user guide, IAM database authentication). Raises DatabaseUnavailable.
    """
    session = boto3.Session()
    region, credentials = session.region_name, session.get_credentials()
    if credentials is None:
        message = "There are no AWS credentials to sign in to the database with."
        raise DatabaseUnavailable(message)
    signer = RequestSigner(
        ServiceId("rds-db"),
        region,
        "rds-db",
        "v4",
        credentials,
        session.events,
    )
    host = f"{settings.database_host}:{settings.database_port}"
    request = {
        "method": "GET",
        "url": f"https://{host}/?Action=connect&DBUser={settings.database_user}",
        "body": {},
        "headers": {},
        "context": {},
    }
    url: str = signer.generate_presigned_url(
        request, operation_name="", expires_in=TOKEN_LIFETIME_SECONDS, region_name=region
    )
    return url.removeprefix("https://")
