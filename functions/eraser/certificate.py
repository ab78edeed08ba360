"""What was erased and what remains, as JSON that is stored and hashed, and in words.

It names ids and no person, so it can be kept when everything else of the person is gone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from shared.postgres.client_erasure import ErasedRows, certificate_sha256

_WORDS = (Path(__file__).parent / "templates" / "certificate.txt").read_text("utf-8")

FIELDS = {
    "replies": (
        "body_text body_html headers attachments subject from_email from_name to_addresses"
        " cc_addresses"
    ).split(),
    "jobs": ["extracted_data", "match_explanation"],
    "creditor_inquiries": (
        "client_name creditor_email reference_numbers zendesk_ticket_id debt_amount match_keys"
    ).split(),
    "quarantined_deliveries": ["raw_body"],
}
"""Table → the fields that an erasure empties."""

WHY = {
    "claims, claim_revisions": (
        "Beträge, Währung und Zeiten der Forderungen, nur noch mit der Kennung der Anfrage:"
        " Nachweis dessen, was Gläubiger gefordert haben (Art. 17 Abs. 3 DSGVO)."
    ),
    "creditor_inquiries": (
        "Kennung, Gläubiger, Art und Tag des Schreibens: daran hängen die Forderungen."
    ),
    "jobs": (
        "Zeiten, Status, Ausgang und Prüfsumme der Mail: damit die Zählungen stimmen und dieselbe"
        " Mail nicht noch einmal aufgenommen wird."
    ),
    "replies": "Kennungen von Ticket und Kommentar: damit sie bei Zendesk gelöscht werden können.",
    "attempts": "Zeiten und Fehlertexte der Verarbeitung, ohne Inhalt der Mail.",
    "quarantined_deliveries": "Zeiten, Grund und Prüfsumme: damit die Zählungen stimmen.",
}
"""What stays behind, and why."""


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """Who asked for what, and for how long copies of what was erased live on elsewhere."""

    reference: str
    requested_by: str
    invocation: str
    stage: str
    backups_kept_for: timedelta
    logs_kept_for: timedelta


def certificate_text(erased: ErasedRows, circumstances: Circumstances) -> str:
    """The certificate as it is stored: JSON with its keys in order, the same for the same facts."""
    selection = erased.selection
    previous = erased.previous_sha256
    content = {
        "certificate": "erasure@1",
        "stage": circumstances.stage,
        "reference": circumstances.reference,
        "requested_by": circumstances.requested_by,
        "invocation": circumstances.invocation,
        "erased_at": _written(erased.at),
        "inquiries": selection.inquiry_ids,
        "jobs": selection.job_ids,
        "quarantined_deliveries": list(selection.quarantined_ids),
        "jobs_ended_undone": list(erased.ended_jobs),
        "erased": _erased(erased),
        "remains": _remains(erased),
        "elsewhere": _elsewhere(erased, circumstances),
        "previous_sha256": previous.hex() if previous else None,
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def certificate_words(certificate: str) -> str:
    """The stored certificate for people to read and to file, with its hash."""
    content = json.loads(certificate)
    return _WORDS.format(
        **content
        | {
            "erased": _lines(f"{e['table']}: {_rows(e)}, {e['fields']}" for e in _joined(content)),
            "remains": _lines(f"{r['what']}: {_rows(r)}. {r['why']}" for r in content["remains"]),
            "elsewhere": _lines(f"{e['where']}: {e['note']}" for e in content["elsewhere"]),
            "previous_sha256": content["previous_sha256"] or "keine",
            "sha256": certificate_sha256(certificate).hex(),
        }
        | {
            name: ", ".join(map(str, content[name])) or "keine"
            for name in ("inquiries", "jobs", "quarantined_deliveries", "jobs_ended_undone")
        }
    )


def _erased(erased: ErasedRows) -> list[dict[str, Any]]:
    selection = erased.selection
    rows = {
        "replies": len(selection.jobs),
        "jobs": len(selection.jobs),
        "creditor_inquiries": len(selection.inquiries),
        "quarantined_deliveries": len(selection.quarantined_ids),
    }
    done = [{"table": name, "rows": rows[name], "fields": FIELDS[name]} for name in rows]
    of_others = {
        "table": "jobs",
        "rows": erased.mentions_erased,
        "fields": ["match_explanation (Mails zu anderen, in denen die Anfrage erwogen wurde)"],
    }
    return [entry for entry in [*done, of_others] if entry["rows"]]


def _remains(erased: ErasedRows) -> list[dict[str, Any]]:
    selection, remaining = erased.selection, erased.remaining
    rows = {
        "claims, claim_revisions": remaining["claim_revisions"],
        "creditor_inquiries": len(selection.inquiries),
        "jobs": len(selection.jobs),
        "replies": len(selection.jobs),
        "attempts": remaining["attempts"],
        "quarantined_deliveries": len(selection.quarantined_ids),
    }
    return [
        {"what": what, "rows": rows[what], "why": why} for what, why in WHY.items() if rows[what]
    ]


def _elsewhere(erased: ErasedRows, circumstances: Circumstances) -> list[dict[str, Any]]:
    jobs = erased.selection.jobs
    tickets = {job.ticket_id for job in jobs}
    tickets |= {one.ticket_id for one in erased.selection.inquiries if one.ticket_id}
    told = [job.id for job in jobs if job.is_told]
    backups = erased.at + circumstances.backups_kept_for
    logs = erased.at + circumstances.logs_kept_for
    entries: list[dict[str, Any]] = [
        {
            "where": "Sicherungen der Datenbank",
            "until": _written(backups),
            "note": f"Bis {backups:%d.%m.%Y} enthalten sie noch, was gelöscht wurde. Von Hand"
            " angelegte Snapshots sind nicht dabei: sie müssen von Hand gelöscht werden.",
        },
        {
            "where": "Protokolle",
            "until": _written(logs),
            "note": f"Bis {logs:%d.%m.%Y}; sie nennen nur Kennungen.",
        },
    ]
    if tickets:
        entries.append(
            {
                "where": "Zendesk",
                "tickets": sorted(tickets),
                "note": f"Dort zu löschen: die Tickets {', '.join(sorted(tickets))}.",
            }
        )
    if told:
        entries.append(
            {
                "where": "Postfach der Betreuer",
                "jobs": told,
                "note": "Dort zu löschen: die Fehlermails mit den Nummern"
                f" {', '.join(map(str, told))} (Absender und Betreff der Mail).",
            }
        )
    return entries


def _joined(content: dict[str, Any]) -> list[dict[str, Any]]:
    return [each | {"fields": ", ".join(each["fields"])} for each in content["erased"]]


def _rows(entry: dict[str, Any]) -> str:
    return "1 Zeile" if entry["rows"] == 1 else f"{entry['rows']} Zeilen"


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
