"""The room that a file's text may take, in characters and in time."""

from __future__ import annotations

from collections.abc import Callable

from functions.worker.attachments.contents import Limits


class LimitReached(BaseException):
    """No more of this file is read; what was written so far stands.

    Not an Exception: libraries that go on after any Exception must not go on after this one.
    """


class FileEncrypted(Exception):
    """Nobody can read the file without its password."""


class Room:
    """Takes a file's text piece by piece. Everything raises LimitReached once it is used up."""

    def __init__(self, limits: Limits, *, clock: Callable[[], float], ends: float) -> None:
        self.limits = limits
        self._clock = clock
        self._ends = ends
        self._pieces: list[str] = []
        self._characters = limits.characters
        self._bytes = limits.unpacked_bytes

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def write(self, text: str) -> None:
        self._pieces.append(text[: self._characters])
        if len(text) > self._characters:
            raise LimitReached
        self._characters -= len(text)

    def unpack(self, count: int) -> None:
        """Account for `count` bytes that came out of a compressed part."""
        self._bytes -= count
        if self._bytes < 0:
            raise LimitReached
        self.check_time()

    def check_time(self) -> None:
        if self._clock() > self._ends:
            raise LimitReached
