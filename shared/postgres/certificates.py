"""Whom to believe that it is our database: TLS with a verified certificate and host name."""

from __future__ import annotations

import ssl
from pathlib import Path

RDS_AUTHORITIES = Path(__file__).with_name("rds-global-bundle.pem")
"""Amazon RDS's root certificates for every commercial region, as AWS publishes them in its global
bundle. The first of them ends in 2061. No operating system knows them."""


def verifying_tls_context(authorities: Path = RDS_AUTHORITIES) -> ssl.SSLContext:
    """A context that refuses an unknown, expired or misnamed certificate.

    pg8000 checks nothing unless it is given such a context.
    """
    return ssl.create_default_context(cafile=str(authorities))
