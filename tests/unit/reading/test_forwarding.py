"""How long the note may be with which a colleague passes a mail on."""

from __future__ import annotations

import pytest

from functions.worker.reading.mail.forwarding import passed_on_by_a_colleague
from tests.unit.reading.conftest import Mail

_BELOW = "\nVon: Bank Weidental eG <k@weidental.example>\nAn: post@kanzlei.example\n\nText"


@pytest.mark.parametrize(("length", "is_passed_on"), [(400, True), (401, False)])
def test_a_note_has_at_most_four_hundred_signs(
    a_mail: Mail, length: int, *, is_passed_on: bool
) -> None:
    body = "zur Akte" + "." * (length - len("zur Akte")) + _BELOW
    reply = a_mail(body, from_email="a@kanzlei.example", to_addresses=("b@kanzlei.example",))
    author = passed_on_by_a_colleague(reply, body)
    assert (author is not None) is is_passed_on
