"""A TCP proxy on loopback that can fall silent or break off, as networks do."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class TcpProxy:
    """Forwards to `target` on loopback until it is told otherwise."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._silent = Event()
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
        self._listener.close()
        self.reset()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self._target))
                self.connections += 1
                self._pairs.append((client, server))
                for source, sink in ((client, server), (server, client)):
                    Thread(target=self._forward, args=(source, sink), daemon=True).start()

    def _forward(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if not self._silent.is_set():
                    sink.sendall(data)


@contextmanager
def tcp_proxy(target: int) -> Iterator[TcpProxy]:
    """A proxy before the port `target`, closed at the end of the block."""
    proxy = TcpProxy(target)
    try:
        yield proxy
    finally:
        proxy.close()
