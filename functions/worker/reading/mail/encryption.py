"""Recognises mails that nobody but the holder of a key can read."""

from __future__ import annotations

from shared.domain.errors import MailEncrypted
from shared.domain.reply import Attachment, Reply

_PGP_BEGIN = "-----BEGIN PGP MESSAGE-----"
_PGP_TYPE = "application/pgp-encrypted"
_SMIME_TYPES = ("application/pkcs7-mime", "application/x-pkcs7-mime")


def refuse_encrypted(reply: Reply, readable_text: str) -> None:
    """Raise MailEncrypted if the content is encrypted; a signature alone is no hindrance.

    An S/MIME container beside readable text is a mail that was decrypted or only signed.
    """
    if _PGP_BEGIN in (reply.body_text or "") or _PGP_BEGIN in (reply.body_html or ""):
        raise MailEncrypted
    types = [_content_type(attachment) for attachment in reply.attachments]
    types.append(_header_type(reply))
    if any(kind.startswith(_PGP_TYPE) or _PGP_TYPE in kind for kind in types):
        raise MailEncrypted
    if not readable_text.strip() and (
        any(_is_container(kind) for kind in types)
        or any(_has_container_name(attachment) for attachment in reply.attachments)
    ):
        raise MailEncrypted


def _is_container(content_type: str) -> bool:
    return content_type.startswith(_SMIME_TYPES) and "signed-data" not in content_type


def _has_container_name(attachment: Attachment) -> bool:
    return (attachment.filename or "").strip().casefold().endswith(".p7m")


def _content_type(attachment: Attachment) -> str:
    return (attachment.content_type or "").strip().casefold()


def _header_type(reply: Reply) -> str:
    for name, value in reply.headers.items():
        if name.casefold() == "content-type":
            return value.strip().casefold()
    return ""
