"""What the person who called is told, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from functions.eraser.certificate import FIELDS, certificate_words
from functions.eraser.erase_client import Answer, Erased, NothingLeft, Plan
from shared.domain.errors import MatcherError
from shared.postgres.client_erasure import certificate_sha256


def answered(answer: Answer) -> dict[str, Any]:
    """One object per kind of answer; `status` tells them apart."""
    match answer:
        case Plan():
            return _planned(answer)
        case Erased():
            return {"status": "erased"} | _stored(answer.certificate)
        case NothingLeft():
            return {"status": "nothing_to_erase", "earlier": _all_stored(answer.earlier)}


def refused(error: MatcherError) -> dict[str, Any]:
    """Nothing was done; the detail says why."""
    return {"status": "refused", "error": error.code, "detail": str(error)}


def _planned(plan: Plan) -> dict[str, Any]:
    selection, mentions = plan.selection, plan.mentions
    return {
        "status": "planned",
        "plan": plan.id,
        "fields": FIELDS,
        "inquiries": [
            {
                "id": inquiry.id,
                "client_name": inquiry.client_name,
                "creditor_name": inquiry.creditor_name,
                "sent_at": inquiry.sent_at.isoformat(),
            }
            for inquiry in selection.inquiries
        ],
        "jobs": [
            {
                "id": job.id,
                "processing_status": job.processing_status,
                "received_at": job.received_at.isoformat(),
                "because": job.because,
            }
            for job in selection.jobs
        ],
        "quarantined_ids": list(selection.quarantined_ids),
        "mentioned_too": None
        if mentions is None
        else {
            "job_ids": list(mentions.job_ids),
            "quarantined_ids": list(mentions.quarantined_ids),
        },
        "earlier": _all_stored(plan.earlier),
    }


def _all_stored(certificates: Iterable[str]) -> list[dict[str, Any]]:
    return [_stored(certificate) for certificate in certificates]


def _stored(certificate: str) -> dict[str, Any]:
    return {
        "certificate": json.loads(certificate),
        "certificate_text": certificate,
        "sha256": certificate_sha256(certificate).hex(),
        "words": certificate_words(certificate),
    }
