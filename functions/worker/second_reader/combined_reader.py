"""Two readers as one."""

from __future__ import annotations

from typing import Protocol

from functions.worker.second_reader.combine import combine
from shared.domain.extraction import ExtractedReply
from shared.domain.reply import Reply


class FirstReader(Protocol):
    """The reader that always answers, and whose values stand."""

    def read(self, reply: Reply, /) -> ExtractedReply: ...


class SecondReader(Protocol):
    """Gives a second opinion, or None where it was not asked."""

    def read(self, reply: Reply, /) -> ExtractedReply | None: ...


class CombinedReader:
    """Reads with both. An error of either is an error: an outage never looks like a reading."""

    def __init__(self, first: FirstReader, second: SecondReader) -> None:
        self._first = first
        self._second = second

    def read(self, reply: Reply) -> ExtractedReply:
        """The combined reading; the first one's alone, `extractor` too, if there is no second.

        Raises whatever either reader raises.
        """
        first = self._first.read(reply)
        second = self._second.read(reply)
        return combine(first, second) if second else first
