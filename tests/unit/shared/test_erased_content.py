"""Every field that a reader may fill is decided on: it is the business record, or it is content."""

from __future__ import annotations

from dataclasses import fields

from shared.domain.extraction import ExtractedReply
from shared.postgres.erased_content import BUSINESS_RECORD, STATISTICS

CONTENT = {"client_name", "iban", "evidence"}


def test_a_new_field_of_an_extraction_has_to_be_decided_on() -> None:
    assert {field.name for field in fields(ExtractedReply)} == {*BUSINESS_RECORD} | CONTENT
    assert not CONTENT & {*BUSINESS_RECORD}


def test_no_statistic_tells_one_person_from_another() -> None:
    told = {"is_creditor_reply", "intent", "extractor", "confidence", "read_in_full"}
    assert set(STATISTICS) == told
