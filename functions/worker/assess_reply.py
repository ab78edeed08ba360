"""The way from a reply to what it says and which inquiry it answers; nothing is stored."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from functions.worker.matching import (
    complete_names,
    from_the_client,
    lookup_keys,
    match_reply,
)
from shared.domain.extraction import ExtractedReply
from shared.domain.inquiry import Inquiry
from shared.domain.matching import MatchDecision
from shared.domain.reply import Reply

Candidates = Callable[[frozenset[str]], tuple[Inquiry, ...]]
"""All inquiries that share one of the keys."""


class Reader(Protocol):
    """Reads a reply. Raises TransientError or PermanentError; an outage is never a result."""

    def read(self, reply: Reply) -> ExtractedReply: ...


def assess_reply(
    reply: Reply, *, reader: Reader, candidates: Candidates
) -> tuple[ExtractedReply, MatchDecision]:
    """What the reply says, with the names of the inquiry it answers, and the decision.

    Raises what `reader` and `candidates` raise.
    """
    extracted = reader.read(reply)
    inquiries = candidates(lookup_keys(reply=reply, extracted=extracted))
    extracted = from_the_client(reply, extracted, inquiries)
    decision = match_reply(reply=reply, extracted=extracted, inquiries=inquiries)
    return complete_names(extracted, decision, inquiries), decision
