from __future__ import annotations

from datetime import UTC, datetime

import pytest
from cryptography import x509

from shared.postgres.certificates import RDS_AUTHORITIES, verifying_tls_context

ROOTS = x509.load_pem_x509_certificates(RDS_AUTHORITIES.read_bytes())


def _name(root: x509.Certificate) -> str:
    [name] = root.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(name.value)


@pytest.mark.parametrize("root", ROOTS, ids=_name)
def test_every_shipped_authority_is_a_lasting_root_of_amazon_rds(root: x509.Certificate) -> None:
    root.verify_directly_issued_by(root)
    assert _name(root).startswith("Amazon RDS ")
    assert root.not_valid_after_utc > datetime(2060, 1, 1, tzinfo=UTC)
    assert root.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


@pytest.mark.parametrize("kind", ["RSA2048", "RSA4096", "ECC384"])
def test_frankfurts_roots_are_there(kind: str) -> None:
    assert f"Amazon RDS eu-central-1 Root CA {kind} G1" in map(_name, ROOTS)


def test_the_context_believes_the_shipped_authorities_and_no_others() -> None:
    context = verifying_tls_context()
    assert context.check_hostname
    assert len(context.get_ca_certs()) == len(ROOTS)
