"""An inquiry, and replies to it as Zendesk's trigger would send them."""

from __future__ import annotations

from typing import Any


def inquiry(number: int) -> dict[str, Any]:
    return {
        "id": f"inq-e2e-{number}",
        "client_name": f"Brandt{number}, Jürgen",
        "creditor_name": f"Sparkasse Ostufer {number}",
        "creditor_email": f"forderungen@ostufer{number}.example",
        "reference_numbers": [f"RB-26-{7000 + number}", f"6004 778 {100 + number}"],
        "sent_at": "2026-02-10T09:00:00Z",
        "zendesk_ticket_id": f"{90000 + number}",
        "letter_type": "first",
        "debt_amount": "2000.00",
    }


def reply(number: int, **changes: object) -> dict[str, Any]:
    """A clear answer to inquiry `number`, on its ticket: 2,143.07 EUR."""
    text = (
        f"Guten Tag,\n\nzu Ihrem Zeichen RB-26-{7000 + number}, Jürgen Brandt{number}, Konto "
        f"6004 778 {100 + number}: Unsere Gesamtforderung beträgt 2.143,07 EUR.\n\n"
        f"Sparkasse Ostufer {number}"
    )
    return {
        "ticket_id": f"{90000 + number}",
        "comment_id": f"{number}",
        "subject": f"AW: RB-26-{7000 + number}",
        "from_email": f"forderungen@ostufer{number}.example",
        "from_name": f"Sparkasse Ostufer {number}",
        "body_text": text,
        "received_at": "2026-03-01T10:00:00Z",
    } | changes


def encrypted(number: int) -> dict[str, Any]:
    """Nobody can read it: a permanent failure."""
    armour = "-----BEGIN PGP MESSAGE-----\n\nhQEMA1234\n=abcd\n-----END PGP MESSAGE-----"
    return reply(number, subject="Verschlüsselt", body_text=armour)
