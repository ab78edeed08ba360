"""Encrypted mails cannot be read, signed ones can."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from functions.worker.reading import RulesReader
from shared.domain.errors import MailEncrypted
from shared.domain.reply import Attachment, Reply
from tests.samples.labelled import poisonous_reply
from tests.unit.reading.conftest import Read


@pytest.mark.parametrize(
    ("text", "attachment"),
    [
        ("", Attachment(filename="smime.p7m", content_type="application/octet-stream")),
        (None, Attachment(filename="x", content_type="Application/PKCS7-MIME; name=x")),
        ("-----BEGIN PGP MESSAGE-----\nabc", Attachment()),
        ("Hinweis", Attachment(content_type="application/pgp-encrypted")),
    ],
)
def test_an_encrypted_mail_is_refused(
    a_mail: Callable[..., Reply], text: str | None, attachment: Attachment
) -> None:
    with pytest.raises(MailEncrypted):
        RulesReader().read(a_mail(text, attachments=(attachment,)))


def test_an_encrypted_mail_is_known_by_its_header(a_mail: Callable[..., Reply]) -> None:
    headers = {"content-type": "application/pkcs7-mime; smime-type=enveloped-data"}
    with pytest.raises(MailEncrypted):
        RulesReader().read(a_mail("", headers=headers))


@pytest.mark.parametrize(
    ("text", "attachment"),
    [
        ("Forderung: 5,00 EUR", Attachment(filename="smime.p7s")),
        ("-----BEGIN PGP SIGNED MESSAGE-----\nForderung: 5,00 EUR", Attachment()),
        ("Forderung: 5,00 EUR", Attachment(filename="smime.p7m")),
    ],
)
def test_a_signed_mail_is_read(read: Read, text: str, attachment: Attachment) -> None:
    assert str(read(text, attachments=(attachment,)).debt_amount) == "5.00"


def test_the_sample_poison_is_encrypted() -> None:
    with pytest.raises(MailEncrypted):
        RulesReader().read(poisonous_reply())
