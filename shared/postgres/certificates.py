"""Whom to believe that it is our database: TLS with a verified certificate and host name."""

from __future__ import annotations

import ssl
from pathlib import Path

RDS_AUTHORITIES = Path(__file__).with_name("rds-global-bundle.pem")
"""Amazon RDS's own authorities, shipped with the bundle where the file is present."""


def verifying_tls_context(authorities: Path = RDS_AUTHORITIES) -> ssl.SSLContext:
    """A context that refuses an unknown, expired or misnamed certificate.

    pg8000 checks nothing unless it is given such a context. Without the file of authorities
    the system's are used, which can only refuse more, never less.
    """
    return ssl.create_default_context(cafile=str(authorities) if authorities.exists() else None)
