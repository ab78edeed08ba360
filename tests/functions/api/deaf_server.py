"""A TCP proxy that can go deaf: it takes bytes and connections, and nothing comes back."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class DeafServer:
    """Passes bytes on to a port, until `go_deaf`."""

    def __init__(self, target_port: int | None) -> None:
        self._target_port = target_port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._sockets: list[socket.socket] = [self._listener]
        self._is_deaf = threading.Event()
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def go_deaf(self) -> None:
        self._is_deaf.set()

    def close(self) -> None:
        for each in self._sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self._sockets.append(client)
                if not self._is_deaf.is_set() and self._target_port is not None:
                    self._connect(client, self._target_port)

    def _connect(self, client: socket.socket, port: int) -> None:
        server = socket.create_connection(("127.0.0.1", port))
        self._sockets.append(server)
        for source, sink in ((client, server), (server, client)):
            threading.Thread(target=self._pass_on, args=(source, sink), daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if not self._is_deaf.is_set():
                    sink.sendall(data)


@contextmanager
def deaf_server(target_port: int | None = None) -> Iterator[DeafServer]:
    """Without a target it is deaf from the start."""
    server = DeafServer(target_port)
    yield server
    server.close()
