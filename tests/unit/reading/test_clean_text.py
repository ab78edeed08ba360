"""Uniform characters."""

from __future__ import annotations

import pytest

from functions.worker.reading.mail.clean_text import MOST_CLEANED, clean_subject, clean_text


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("1.234,56\u00a0EUR", "1.234,56 EUR"),
        ("Gesamt\u00adforderung", "Gesamtforderung"),
        ("RB-26\u200b-0101", "RB-26-0101"),
        ("RÃ¼ckstand", "Rückstand"),
        ("R=C3=BCckstand", "Rückstand"),
        ("Ru\u0308ckstand", "Rückstand"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("a          b", "a   b"),
        ("a\x00b\ud800c", "a b c"),
    ],
)
def test_signs_become_uniform(written: str, clean: str) -> None:
    assert clean_text(written) == clean


def test_a_text_has_at_most_twenty_five_thousand_signs() -> None:
    assert len(clean_text("x" * (MOST_CLEANED + 5))) == MOST_CLEANED


def test_an_encoded_subject_is_decoded() -> None:
    assert clean_subject("=?utf-8?q?R=C3=BCckstand?= 12") == "Rückstand 12"


def test_a_subject_in_an_unknown_encoding_stays_as_it_is() -> None:
    assert clean_subject("=?klingon?q?abc?=") == "=?klingon?q?abc?="
