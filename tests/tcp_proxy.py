"""A TCP proxy on loopback that can fall silent, break off or wake slowly, as networks do."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class TcpProxy:
    """Forwards to the port `target` on loopback; without one it takes bytes and never answers.

    It takes each connection at once, and forwards it after `pause_seconds`.
    """

    def __init__(self, target: int | None, pause_seconds: float) -> None:
        self._target = target
        self._pause_seconds = pause_seconds
        self._silent = Event()
        self._closed = Event()
        self._held: list[socket.socket] = []
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.connections = 0
        Thread(target=self._accept, daemon=True).start()

    def fall_silent(self) -> None:
        """From now on every byte is swallowed, in both directions; connections stay open."""
        self._silent.set()

    def reset(self) -> None:
        """Breaks every connection off with a TCP reset; new ones are forwarded."""
        for client, server in self._pairs:
            with suppress(OSError):
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
                client.shutdown(socket.SHUT_RD)
            client.close()
            server.close()
        self._pairs.clear()

    def close(self) -> None:
        self._closed.set()
        # A listener that is only closed goes on waiting in its thread.
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.reset()
        for client in self._held:
            client.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self.connections += 1
                if self._target is None or self._silent.is_set():
                    self._held.append(client)
                    continue
                self._held.append(client)
                if self._closed.wait(self._pause_seconds):
                    return
                server = socket.create_connection(("127.0.0.1", self._target))
                self._pairs.append((client, server))
                for source, sink in ((client, server), (server, client)):
                    Thread(target=self._forward, args=(source, sink), daemon=True).start()

    def _forward(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if not self._silent.is_set():
                    sink.sendall(data)


@contextmanager
def tcp_proxy(target: int | None = None, *, pause_seconds: float = 0) -> Iterator[TcpProxy]:
    """A proxy before the port `target`, silent from the start without one; closed at the end."""
    proxy = TcpProxy(target, pause_seconds)
    try:
        yield proxy
    finally:
        proxy.close()
