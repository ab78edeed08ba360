"""What is a client's: by inquiry, by ticket, or because a person says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import BigInteger, Text

from shared.domain.errors import ErasureRefused
from shared.domain.match_keys import name_key, parse_person_name, spellings

_TEXTS = ARRAY(Text)
_IDS = ARRAY(BigInteger)

_INQUIRIES = text("""
    SELECT id, client_name, creditor_name, sent_at, zendesk_ticket_id
    FROM creditor_inquiries
    WHERE erased_at IS NULL AND (id = ANY(:inquiries) OR match_keys && :name_keys)
    ORDER BY id FOR UPDATE
""").bindparams(bindparam("inquiries", type_=_TEXTS), bindparam("name_keys", type_=_TEXTS))
"""Locked, as the jobs are: nobody stores or retries anything of it before the erasure's end."""

_JOBS = text("""
    SELECT jobs.id, processing_status, received_at, ticket_id, notification,
        CASE WHEN jobs.id = ANY(:jobs) THEN 'named'
             WHEN match_status = 'auto_matched' THEN 'matched'
             WHEN matched_inquiry_id IS NOT NULL THEN 'suggested'
             ELSE 'ticket' END AS because
    FROM jobs JOIN replies ON replies.job_id = jobs.id
    WHERE envelope_erased_at IS NULL AND jobs.id <> ALL(:kept) AND (
        jobs.id = ANY(:jobs) OR matched_inquiry_id = ANY(:inquiries)
        OR matched_inquiry_id IS NULL AND ticket_id = ANY(:tickets))
    ORDER BY jobs.id FOR UPDATE OF jobs
""").bindparams(
    bindparam("jobs", type_=_IDS),
    bindparam("kept", type_=_IDS),
    bindparam("inquiries", type_=_TEXTS),
    bindparam("tickets", type_=_TEXTS),
)

_QUARANTINED = text("""
    SELECT id FROM quarantined_deliveries
    WHERE id = ANY(:quarantined) AND body_erased_at IS NULL ORDER BY id
""").bindparams(bindparam("quarantined", type_=_IDS))

_UNKNOWN = {
    "inquiry": text("""
        SELECT id FROM unnest(:ids) AS id EXCEPT SELECT id FROM creditor_inquiries ORDER BY id
    """).bindparams(bindparam("ids", type_=_TEXTS)),
    "job": text("""
        SELECT id FROM unnest(:ids) AS id EXCEPT SELECT id FROM jobs ORDER BY id
    """).bindparams(bindparam("ids", type_=_IDS)),
    "quarantined delivery": text("""
        SELECT id FROM unnest(:ids) AS id EXCEPT SELECT id FROM quarantined_deliveries ORDER BY id
    """).bindparams(bindparam("ids", type_=_IDS)),
}


@dataclass(frozen=True, kw_only=True)
class ClientWish:
    """Whom to erase: the inquiries with these ids or, if there are none, of this full name.

    `job_ids` and `quarantined_ids` are mails that a person found to be the client's as well,
    `kept_job_ids` such as turned out to be somebody else's.
    """

    client_name: str | None = None
    inquiry_ids: tuple[str, ...] = ()
    job_ids: tuple[int, ...] = ()
    quarantined_ids: tuple[int, ...] = ()
    kept_job_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SelectedInquiry:
    """One of the client's inquiries; `ticket_id` is Zendesk's."""

    id: str
    client_name: str
    creditor_name: str
    sent_at: datetime
    ticket_id: str | None


@dataclass(frozen=True, kw_only=True)
class SelectedJob:
    """A mail about the client; `because` is ``named``, ``matched``, ``suggested`` or ``ticket``."""

    id: int
    processing_status: str
    received_at: datetime
    ticket_id: str
    because: str
    is_told: bool
    """Whether an e-mail about its failure was sent, with sender and subject in it."""


@dataclass(frozen=True, kw_only=True)
class ClientSelection:
    """All that an erasure of this client would erase."""

    inquiries: tuple[SelectedInquiry, ...]
    jobs: tuple[SelectedJob, ...]
    quarantined_ids: tuple[int, ...]

    @property
    def inquiry_ids(self) -> list[str]:
        return [inquiry.id for inquiry in self.inquiries]

    @property
    def job_ids(self) -> list[int]:
        return [job.id for job in self.jobs]

    @property
    def is_empty(self) -> bool:
        return not (self.inquiries or self.jobs or self.quarantined_ids)


def select_client(connection: Connection, wish: ClientWish) -> ClientSelection:
    """What is to be erased, the inquiries locked. Raises ErasureRefused."""
    _require_known(connection, wish)
    inquiries = _inquiries(connection, wish)
    found = {
        "jobs": list(wish.job_ids),
        "kept": list(wish.kept_job_ids),
        "inquiries": [inquiry.id for inquiry in inquiries],
        "tickets": [inquiry.ticket_id for inquiry in inquiries if inquiry.ticket_id],
        "quarantined": list(wish.quarantined_ids),
    }
    return ClientSelection(
        inquiries=inquiries,
        jobs=tuple(
            SelectedJob(
                id=row.id,
                processing_status=row.processing_status,
                received_at=row.received_at,
                ticket_id=row.ticket_id,
                because=row.because,
                is_told=row.notification == "sent",
            )
            for row in connection.execute(_JOBS, found)
        ),
        quarantined_ids=tuple(connection.scalars(_QUARANTINED, found)),
    )


def _require_known(connection: Connection, wish: ClientWish) -> None:
    given: dict[str, tuple[object, ...]] = {
        "inquiry": wish.inquiry_ids,
        "job": wish.job_ids + wish.kept_job_ids,
        "quarantined delivery": wish.quarantined_ids,
    }
    for kind, ids in given.items():
        unknown = list(connection.scalars(_UNKNOWN[kind], {"ids": list(ids)}))
        if unknown:
            message = f"There is no {kind} {', '.join(map(str, unknown))}."
            raise ErasureRefused(message)


def _inquiries(connection: Connection, wish: ClientWish) -> tuple[SelectedInquiry, ...]:
    by_name = wish.client_name if not wish.inquiry_ids else None
    found = {
        "inquiries": list(wish.inquiry_ids),
        "name_keys": sorted(full_name_keys(by_name)) if by_name else [],
    }
    inquiries = tuple(
        SelectedInquiry(
            id=row.id,
            client_name=row.client_name,
            creditor_name=row.creditor_name,
            sent_at=row.sent_at,
            ticket_id=row.zendesk_ticket_id,
        )
        for row in connection.execute(_INQUIRIES, found)
    )
    if wish.client_name:
        _require_same_name(wish.client_name, inquiries)
    return inquiries


def _require_same_name(name: str, inquiries: Sequence[SelectedInquiry]) -> None:
    keys = full_name_keys(name)
    others = [each.id for each in inquiries if not keys & full_name_keys(each.client_name)]
    if others:
        message = f"Of another client by name: inquiry {', '.join(others)}."
        raise ErasureRefused(message)


def full_name_keys(name: str) -> frozenset[str]:
    """The keys of first and last name together. Raises ErasureRefused without a first name."""
    person = parse_person_name(name)
    if not (person.first and person.last):
        message = "A client is named by first and last name; one alone could be anybody's."
        raise ErasureRefused(message)
    whole = " ".join((*person.first, *person.last))
    return frozenset(name_key(form) for form in spellings(whole))
