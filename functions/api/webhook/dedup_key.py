"""What makes two deliveries the same mail."""

from __future__ import annotations

import hashlib
import json

from shared.domain.reply import Reply


def dedup_key(reply: Reply, *, received_at_as_sent: str | None) -> bytes:
    """32 bytes of SHA-256 over what the mail says and the best id it came with.

    Only signed values take part. A JSON array keeps the parts apart, so that no two different
    mails are written the same. The id is named, because comment 7 is not webhook call 7.
    """
    ids = {
        "comment_id": reply.comment_id,
        "webhook_id": reply.webhook_id,
        "received_at": received_at_as_sent,
    }
    best_id = next(((name, value) for name, value in ids.items() if value), None)
    parts = [
        reply.ticket_id,
        reply.from_email,
        reply.subject,
        reply.body_text,
        reply.body_html,
        best_id,
    ]
    return hashlib.sha256(json.dumps(parts).encode()).digest()
