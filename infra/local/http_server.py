"""Small threaded HTTP servers on loopback, with the request as it was sent."""

from __future__ import annotations

import errno
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server

from infra.local.errors import CannotStart

HOST = "127.0.0.1"
_CHUNK = 65536
_BODILESS = {204, 304}
_PHRASES = {status.value: status.phrase for status in HTTPStatus}
_HEADERS = "infra.local.headers"


@dataclass(frozen=True)
class HttpRequest:
    """`path` and `query` as sent, still encoded; `headers` in their order and spelling.

    `body` is None if it is larger than the server takes.
    """

    method: str
    path: str
    query: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None
    client: str


@dataclass(frozen=True)
class HttpResponse:
    """What goes back; the server adds length and connection."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = field(default=(("Content-Type", "application/json"),))


StartResponse = Callable[[str, list[tuple[str, str]]], object]
Answer = Callable[[HttpRequest], HttpResponse]


def listening_socket(port: int) -> socket.socket:
    """Takes the port (0: any free one) at once; who calls early waits until it is served."""
    taken = socket.socket()
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((HOST, port))
        taken.listen(128)
    except OSError as error:
        taken.close()
        reasons = {errno.EADDRINUSE: "is in use", errno.EACCES: "needs more rights"}
        reason = reasons.get(error.errno or 0, f"can't be used ({error})")
        message = f"Port {port} {reason}: choose another one, as in PORT={port + 1} make run."
        raise CannotStart(message) from error
    return taken


@contextmanager
def serving(answer: Answer, on: socket.socket, largest_body: int) -> Iterator[None]:
    """Serves until the block ends; a body beyond `largest_body` bytes is not kept."""

    def application(environ: dict[str, Any], start_response: StartResponse) -> list[bytes]:
        response = answer(_request(environ, largest_body))
        length = ("Content-Length", str(len(response.body)))
        headers = response.headers if response.status in _BODILESS else (*response.headers, length)
        start_response(f"{response.status} {_PHRASES.get(response.status, '')}", [*headers])
        return [response.body]

    port = on.getsockname()[1]
    server = make_server(
        HOST, port, application, threaded=True, request_handler=_Handler, fd=on.fileno()
    )
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(WSGIRequestHandler):
    """Keeps the headers apart and as they were spelled, which WSGI does not."""

    def make_environ(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().make_environ()
        environ[_HEADERS] = tuple(self.headers.items())
        return environ

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002
        """Stays silent: what happened is in the logs, the terminal is for people."""


def _request(environ: dict[str, Any], largest_body: int) -> HttpRequest:
    # The target is ASCII by the standard; what isn't was read as Latin-1 and goes on as such.
    path, _, query = environ["REQUEST_URI"].partition("?")
    return HttpRequest(
        method=environ["REQUEST_METHOD"],
        path=path,
        query=query,
        headers=environ[_HEADERS],
        body=_body(environ, largest_body),
        client=environ["REMOTE_ADDR"],
    )


def _body(environ: dict[str, Any], largest: int) -> bytes | None:
    chunked = environ.get("wsgi.input_terminated", False)
    left = None if chunked else int(environ.get("CONTENT_LENGTH") or 0)
    kept, size = bytearray(), 0
    # Also what is too large is read to its end: a caller still sending would miss the answer.
    while left is None or left > 0:
        chunk = environ["wsgi.input"].read(_CHUNK if left is None else min(_CHUNK, left))
        if not chunk:
            break
        size += len(chunk)
        left = None if left is None else left - len(chunk)
        if size <= largest:
            kept += chunk
    return bytes(kept) if size <= largest else None
