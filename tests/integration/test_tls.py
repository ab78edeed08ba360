"""TLS to the database: only a known authority's valid certificate for that host is believed."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

from shared.domain.errors import DatabaseUnavailable
from shared.postgres import certificates, database
from shared.postgres.database import open_database
from shared.settings import DatabaseSettings

NOW = datetime.now(UTC)
SSL_REQUEST = bytes.fromhex("00000008 04d2162f")


@dataclass(frozen=True)
class Authority:
    """An invented certificate authority."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    def issue(self, folder: Path, host: str, *, until: datetime) -> ssl.SSLContext:
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = _builder(host, self.certificate.subject, key, until).add_extension(
            x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False
        )
        pem = folder / "server.pem"
        pem.write_bytes(
            key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            + certificate.sign(self.key, hashes.SHA256()).public_bytes(Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        return context

    def save(self, path: Path) -> Path:
        path.write_bytes(self.certificate.public_bytes(Encoding.PEM))
        return path


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _builder(
    subject: str, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, until: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=9))
        .not_valid_after(until)
    )


def _authority(name: str) -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _builder(name, _name(name), key, NOW + timedelta(days=9)).add_extension(
        x509.BasicConstraints(ca=True, path_length=None), critical=True
    )
    return Authority(key, builder.sign(key, hashes.SHA256()))


class TlsServer:
    """Agrees to PostgreSQL's TLS request, shakes hands, and notes whether that worked."""

    def __init__(self, context: ssl.SSLContext | None) -> None:
        self.handshakes: list[str] = []
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            with client:
                self._shake_hands(client)

    def _shake_hands(self, client: socket.socket) -> None:
        assert client.recv(8) == SSL_REQUEST
        if self._context is None:
            client.sendall(b"N")
            self.handshakes.append("plain text " + client.recv(64).hex())
            return
        client.sendall(b"S")
        try:
            with self._context.wrap_socket(client, server_side=True) as tls:
                tls.recv(64)
                self.handshakes.append("trusted")
        except OSError:
            self.handshakes.append("refused")


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """The one authority that the database's clients believe in this test."""
    known = _authority("known")
    bundle = known.save(tmp_path / "known.pem")
    monkeypatch.setattr(
        database, "verifying_tls_context", lambda: certificates.verifying_tls_context(bundle)
    )
    return known


Connect = Callable[[ssl.SSLContext | None], list[str]]


@pytest.fixture
def connect(authority: Authority, database_settings: DatabaseSettings) -> Iterator[Connect]:
    """What the server saw when the product tried to reach it as ``localhost``."""
    servers: list[TlsServer] = []

    def connect(context: ssl.SSLContext | None) -> list[str]:
        servers.append(TlsServer(context))
        changes = {
            "database_tls": "verify-full",
            "database_host": "localhost",
            "database_port": servers[-1].port,
            "database_connect_timeout_seconds": timedelta(seconds=2),
        }
        reached = open_database(database_settings.model_copy(update=changes))
        with pytest.raises(DatabaseUnavailable):
            reached.ping()
        return servers[-1].handshakes

    yield connect
    for server in servers:
        server.close()


LATER, EARLIER = NOW + timedelta(days=1), NOW - timedelta(days=1)


def test_a_known_authoritys_certificate_is_believed(
    authority: Authority, tmp_path: Path, connect: Connect
) -> None:
    assert "trusted" in connect(authority.issue(tmp_path, "localhost", until=LATER))


def test_an_unknown_authoritys_certificate_is_refused(tmp_path: Path, connect: Connect) -> None:
    stranger = _authority("stranger")
    assert set(connect(stranger.issue(tmp_path, "localhost", until=LATER))) == {"refused"}


def test_an_expired_certificate_is_refused(
    authority: Authority, tmp_path: Path, connect: Connect
) -> None:
    assert set(connect(authority.issue(tmp_path, "localhost", until=EARLIER))) == {"refused"}


def test_a_certificate_for_another_host_is_refused(
    authority: Authority, tmp_path: Path, connect: Connect
) -> None:
    """Defect 35: certificate checks were off."""
    assert set(connect(authority.issue(tmp_path, "elsewhere", until=LATER))) == {"refused"}


def test_a_server_without_tls_is_told_nothing(connect: Connect) -> None:
    """pg8000 goes on in plain text unless it is given a context; ours must not."""
    assert set(connect(None)) == {"plain text "}
