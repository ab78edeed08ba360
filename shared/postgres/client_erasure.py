"""Erasing a client: the statements, and the certificate that is stored with them or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import BigInteger, Text

from shared.postgres.client_mentions import Mentions, find_mentions
from shared.postgres.client_selection import ClientSelection, ClientWish, select_client
from shared.postgres.database import Database
from shared.postgres.erased_content import (
    ERASED,
    EXTRACTION_WITHOUT_PERSON,
    REPLY_WITHOUT_PERSON,
    explanation_without_sentences,
)
from shared.postgres.erasure_turns import ERASE_ALONE

ENDED_BY_ERASURE = "The mail's content was erased before the job was done."

_JOB_IDS = bindparam("jobs", type_=ARRAY(BigInteger))
_INQUIRY_IDS = bindparam("inquiries", type_=ARRAY(Text))
_QUARANTINED_IDS = bindparam("quarantined", type_=ARRAY(BigInteger))

_END_OPEN_JOBS = text(f"""
    WITH changed AS (
        UPDATE jobs SET processing_status = 'failed', completed_at = :at,
            processing_error = '{ENDED_BY_ERASURE.replace("'", "''")}',
            lease_token = NULL, lease_until = NULL, next_attempt_at = NULL
        WHERE id = ANY(:jobs) AND processing_status IN ('received', 'queued', 'processing')
        RETURNING id
    ), lost AS (
        UPDATE attempts SET ended_at = :at, outcome = 'lost',
            error = '{ENDED_BY_ERASURE.replace("'", "''")}'
        FROM changed WHERE attempts.job_id = changed.id AND ended_at IS NULL
    )
    SELECT id FROM changed ORDER BY id
""").bindparams(_JOB_IDS)
"""Takes the lease away, so that a worker who has read the mail cannot write anything of it."""

_TELL_NOBODY = text("""
    UPDATE jobs SET notified_at = :at, notification = 'skipped', notifying_until = NULL
    WHERE id = ANY(:jobs) AND processing_status = 'failed' AND notified_at IS NULL
""").bindparams(_JOB_IDS)
"""There is nothing left to tell, and nothing that could be retried."""

_ERASE_JOBS = text(f"""
    UPDATE jobs SET content_erased_at = COALESCE(content_erased_at, :at),
        extracted_data = {EXTRACTION_WITHOUT_PERSON},
        match_explanation = {explanation_without_sentences()}
    WHERE id = ANY(:jobs)
""").bindparams(_JOB_IDS)

_ERASE_REPLIES = text(f"""
    UPDATE replies SET {REPLY_WITHOUT_PERSON}
    WHERE job_id = ANY(:jobs) AND envelope_erased_at IS NULL
""").bindparams(_JOB_IDS)

_ERASE_SENTENCES = text(f"""
    UPDATE jobs SET match_explanation =
        {explanation_without_sentences("candidate ->> 'inquiry_id' = :inquiry")}
    WHERE content_erased_at IS NULL AND match_explanation @> jsonb_build_object(
        'candidates', jsonb_build_array(jsonb_build_object('inquiry_id', CAST(:inquiry AS text))))
""")
"""Of mails about others, for which the client's inquiry was only weighed."""

_ERASE_INQUIRIES = text(f"""
    UPDATE creditor_inquiries SET erased_at = :at, updated_at = :at, client_name = '{ERASED}',
        creditor_email = NULL, reference_numbers = '{{}}', zendesk_ticket_id = NULL,
        debt_amount = NULL, match_keys = '{{}}'
    WHERE id = ANY(:inquiries)
""").bindparams(_INQUIRY_IDS)

_ERASE_QUARANTINED = text("""
    UPDATE quarantined_deliveries SET raw_body = '', body_erased_at = :at
    WHERE id = ANY(:quarantined)
""").bindparams(_QUARANTINED_IDS)

_REMAINS = text("""
    SELECT (SELECT count(*) FROM claims WHERE inquiry_id = ANY(:inquiries)) AS claims,
        (SELECT count(*) FROM claim_revisions
         WHERE inquiry_id = ANY(:inquiries) OR job_id = ANY(:jobs)) AS claim_revisions,
        (SELECT count(*) FROM attempts WHERE job_id = ANY(:jobs)) AS attempts
""").bindparams(_INQUIRY_IDS, _JOB_IDS)

_NOW = text("SELECT now()")

_LAST = text("SELECT certificate_sha256 FROM erasures ORDER BY id DESC LIMIT 1")

_STORE = text("""
    INSERT INTO erasures (reference, invocation, erased_at, certificate, certificate_sha256,
        previous_sha256)
    VALUES (:reference, :invocation, :at, :certificate, :sha256, :previous)
""")

_OF_INVOCATION = text("SELECT certificate FROM erasures WHERE invocation = :invocation")
"""The erasure was committed, but the answer was lost on the way."""

_OF_REFERENCE = text("SELECT certificate FROM erasures WHERE reference = :reference ORDER BY id")


@dataclass(frozen=True, kw_only=True)
class ErasedRows:
    """What one erasure did: rows by table, what it ended, what stays, and what went before.

    `mentions_erased` are mails about others whose explanation named the client.
    """

    selection: ClientSelection
    at: datetime
    ended_jobs: tuple[int, ...]
    mentions_erased: int
    remaining: dict[str, int]
    previous_sha256: bytes | None


Certify = Callable[[ErasedRows], str]


class ClientErasure:
    """Plans and does erasures. Every method raises DatabaseUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def select(self, wish: ClientWish) -> ClientSelection:
        """What an erasure would erase now. Raises ErasureRefused."""
        return self._database.transact(lambda connection: select_client(connection, wish))

    def mentions(self, names: tuple[str, ...], selection: ClientSelection) -> Mentions:
        """Where else the names stand."""
        return find_mentions(self._database, names, selection)

    def erase(
        self,
        wish: ClientWish,
        *,
        reference: str,
        invocation: str,
        require_as_planned: Callable[[ClientSelection], None],
        certify: Certify,
    ) -> str | None:
        """Erases and stores the certificate as one; returns it, or None if nothing was left.

        No worker ends a job meanwhile. Raises ErasureRefused; `require_as_planned` may, too.
        """

        def erase(connection: Connection) -> str | None:
            connection.execute(ERASE_ALONE)
            call = {"invocation": invocation}
            done = connection.execute(_OF_INVOCATION, call).scalar_one_or_none()
            if done is not None:
                return str(done)
            selection = select_client(connection, wish)
            if selection.is_empty:
                return None
            require_as_planned(selection)
            erased = _erase(connection, selection)
            certificate = certify(erased)
            connection.execute(
                _STORE,
                call
                | {
                    "reference": reference,
                    "at": erased.at,
                    "certificate": certificate,
                    "sha256": certificate_sha256(certificate),
                    "previous": erased.previous_sha256,
                },
            )
            return certificate

        return self._database.transact(erase)

    def certificates(self, reference: str) -> tuple[str, ...]:
        """All that were stored under this reference, the oldest first."""
        wish = {"reference": reference}
        return tuple(self._database.transact(lambda c: c.scalars(_OF_REFERENCE, wish).all()))


def certificate_sha256(certificate: str) -> bytes:
    """The hash that the table holds, and checks, for a certificate."""
    return hashlib.sha256(certificate.encode()).digest()


def _erase(connection: Connection, selection: ClientSelection) -> ErasedRows:
    at: datetime = connection.execute(_NOW).scalar_one()
    ids = {
        "at": at,
        "jobs": selection.job_ids,
        "inquiries": selection.inquiry_ids,
        "quarantined": list(selection.quarantined_ids),
    }
    ended = tuple(connection.scalars(_END_OPEN_JOBS, ids))
    for statement in (_TELL_NOBODY, _ERASE_JOBS, _ERASE_REPLIES):
        connection.execute(statement, ids)
    mentions = sum(
        connection.execute(_ERASE_SENTENCES, {"inquiry": inquiry}).rowcount
        for inquiry in selection.inquiry_ids
    )
    for statement in (_ERASE_INQUIRIES, _ERASE_QUARANTINED):
        connection.execute(statement, ids)
    return ErasedRows(
        selection=selection,
        at=at,
        ended_jobs=ended,
        mentions_erased=mentions,
        remaining=dict(connection.execute(_REMAINS, ids).one()._asdict()),
        previous_sha256=connection.execute(_LAST).scalar_one_or_none(),
    )
