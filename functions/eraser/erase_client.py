"""Use case: erase a client, after a person has seen what that means."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from functions.eraser.certificate import Circumstances, certificate_text, certificate_words
from functions.eraser.erasure_request import ErasureRequest
from shared.domain.errors import DatabaseUnavailable, ErasureRefused
from shared.domain.match_keys import fold_letters, parse_person_name
from shared.postgres.client_erasure import ClientErasure
from shared.postgres.client_mentions import Mentions
from shared.postgres.client_selection import ClientSelection


@dataclass(frozen=True, kw_only=True)
class ErasureParts:
    """What erasing needs, and for how long copies of what was erased live on elsewhere."""

    erasure: ClientErasure
    backups_kept_for: timedelta
    logs_kept_for: timedelta
    stage: str
    report: Callable[..., None]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What would be erased; `mentions` is None if looking for the name took too long.

    `earlier` are the certificates under the same reference.
    """

    id: str
    selection: ClientSelection
    mentions: Mentions | None
    earlier: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Erased:
    """The certificate as it is stored, and in words."""

    certificate: str
    words: str


@dataclass(frozen=True, kw_only=True)
class NothingLeft:
    """There is nothing to erase; `earlier` are the certificates under the same reference."""

    earlier: tuple[str, ...]


Answer = Plan | Erased | NothingLeft


def erase_client(request: ErasureRequest, *, invocation: str, parts: ErasureParts) -> Answer:
    """The plan, or if the request brings the plan's id, its execution.

    An erasure whose plan has changed since it was looked at is refused: somebody has to look
    again. Two calls at once make one erasure. Raises ErasureRefused, DatabaseUnavailable.
    """
    wish = request.wish()
    if request.plan is None:
        return _plan(request, parts)
    certificate = parts.erasure.erase(
        wish,
        reference=request.reference,
        invocation=invocation,
        require_as_planned=partial(_require_as_planned, request),
        certify=partial(certificate_text, circumstances=_circumstances(request, invocation, parts)),
    )
    if certificate is None:
        return NothingLeft(earlier=parts.erasure.certificates(request.reference))
    parts.report("client.erased", invocation=invocation)
    return Erased(certificate=certificate, words=certificate_words(certificate))


def _plan(request: ErasureRequest, parts: ErasureParts) -> Plan | NothingLeft:
    selection = parts.erasure.select(request.wish())
    names = _names(request, selection)
    _require_nameless_reference(request.reference, names)
    earlier = parts.erasure.certificates(request.reference)
    mentions: Mentions | None
    try:
        mentions = parts.erasure.mentions(names, selection)
    except DatabaseUnavailable:
        mentions = None
    is_known = mentions is None or mentions.job_ids or mentions.quarantined_ids
    if selection.is_empty and not is_known:
        return NothingLeft(earlier=earlier)
    return Plan(id=_plan_id(selection), selection=selection, mentions=mentions, earlier=earlier)


def _plan_id(selection: ClientSelection) -> str:
    ids = [selection.inquiry_ids, selection.job_ids, list(selection.quarantined_ids)]
    return hashlib.sha256(json.dumps(ids).encode()).hexdigest()


def _require_as_planned(request: ErasureRequest, selection: ClientSelection) -> None:
    _require_nameless_reference(request.reference, _names(request, selection))
    if _plan_id(selection) != request.plan:
        message = "What would be erased has changed since it was planned; look at it again."
        raise ErasureRefused(message)


def _names(request: ErasureRequest, selection: ClientSelection) -> tuple[str, ...]:
    names = {inquiry.client_name for inquiry in selection.inquiries}
    return tuple(sorted(names | ({request.client_name} if request.client_name else set())))


def _require_nameless_reference(reference: str, names: Iterable[str]) -> None:
    """The certificate outlives the person's data, so it must not bring the name back."""
    last = {word for name in names for word in parse_person_name(name).last}
    words = set(re.findall(r"[^\W\d_]+", fold_letters(reference, umlaut_with_e=True)))
    if any(fold_letters(word, umlaut_with_e=True) in words for word in last):
        message = "The reference must not hold the client's name: the certificate is kept."
        raise ErasureRefused(message)


def _circumstances(request: ErasureRequest, invocation: str, parts: ErasureParts) -> Circumstances:
    return Circumstances(
        reference=request.reference,
        requested_by=request.requested_by,
        invocation=invocation,
        stage=parts.stage,
        backups_kept_for=parts.backups_kept_for,
        logs_kept_for=parts.logs_kept_for,
    )
