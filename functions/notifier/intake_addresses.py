"""Which addresses become tickets: a failure e-mail there would fire the webhook again."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

ZENDESK_DOMAIN = "zendesk.com"


def mailbox(address: str) -> str:
    """The address without case and without what follows a plus sign, which picks a ticket."""
    local, _, domain = address.casefold().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def feeds_zendesk(address: str, intake: AbstractSet[str]) -> bool:
    """Whether mail to `address` becomes a ticket; `intake` holds mailboxes.

    Every address at Zendesk's own domain does.
    """
    domain = address.casefold().rpartition("@")[2]
    at_zendesk = domain == ZENDESK_DOMAIN or domain.endswith(f".{ZENDESK_DOMAIN}")
    return at_zendesk or mailbox(address) in intake
