"""What erasing leaves of a mail and of what was read in it, as expressions for statements.

What is kept is listed, so a field that nobody thought of is erased and not forgotten.
"""

from __future__ import annotations

ERASED = "(erased)"
"""Stands where a column must not be empty. The schema's constraints know it too."""

BUSINESS_RECORD = (
    "is_creditor_reply",
    "intent",
    "extractor",
    "confidence",
    "read_in_full",
    "creditor_name",
    "representative_name",
    "debt_amount",
    "currency",
    "principal",
    "interest",
    "costs",
    "reference_numbers",
    "settlement_decision",
    "settlement_amount",
)
"""Of `extracted_data`: who claims what under which number. Whom they claim it from is known by
the inquiry; the mail's own words, and names and accounts read from it, are content."""

STATISTICS = ("is_creditor_reply", "intent", "extractor", "confidence", "read_in_full")
"""Of `extracted_data`, once the client is erased: nothing that tells one person from another."""

_CONFIDENCES = """
    CASE jsonb_typeof(value) WHEN 'object' THEN (
        SELECT COALESCE(jsonb_object_agg(
            place.key, jsonb_build_object('confidence', place.value -> 'confidence')), '{}')
        FROM jsonb_each(value) AS place)
    END
"""
"""Of the evidence for a field, only how sure the reader was: quote, place and file name go."""


def _extraction(kept: tuple[str, ...], evidence: str) -> str:
    names = ",".join(kept)
    return f"""
        CASE jsonb_typeof(extracted_data) WHEN 'object' THEN (
            SELECT COALESCE(jsonb_object_agg(key, CASE
                WHEN key = ANY ('{{{names}}}') THEN value
                WHEN key = 'evidence' THEN {evidence}
                WHEN jsonb_typeof(value) = 'array' THEN '[]'
                ELSE 'null' END), '{{}}')
            FROM jsonb_each(extracted_data))
        END
    """


EXTRACTION_WITHOUT_CONTENT = _extraction(BUSINESS_RECORD, _CONFIDENCES)
"""`extracted_data` of a job whose content's time is over."""

EXTRACTION_WITHOUT_PERSON = _extraction(STATISTICS, "'{}'::jsonb")
"""`extracted_data` of a job whose client is erased."""


def explanation_without_sentences(of_candidates: str = "true") -> str:
    """`match_explanation` with the bare ids of those `candidate`s that the condition picks.

    The sentences repeat names and numbers of the mail and of the inquiry.
    """
    return f"""
        CASE jsonb_typeof(match_explanation -> 'candidates') WHEN 'array' THEN
            jsonb_build_object('candidates', (
                SELECT COALESCE(jsonb_agg(CASE WHEN {of_candidates}
                    THEN jsonb_build_object('inquiry_id', candidate -> 'inquiry_id',
                        'supporting', '[]'::jsonb, 'contradicting', '[]'::jsonb)
                    ELSE candidate END), '[]')
                FROM jsonb_array_elements(match_explanation -> 'candidates') AS candidate))
        END
    """


REPLY_WITHOUT_CONTENT = """
    body_text = NULL, body_html = NULL, headers = '{}', attachments = '[]',
    bodies_erased_at = COALESCE(bodies_erased_at, :at)
"""
"""Sender, subject and ticket stay: by them a person finds the mail in Zendesk."""

REPLY_WITHOUT_PERSON = f"""
    {REPLY_WITHOUT_CONTENT}, from_email = '{ERASED}', from_name = NULL, subject = NULL,
    to_addresses = '{{}}', cc_addresses = '{{}}',
    envelope_erased_at = COALESCE(envelope_erased_at, :at)
"""
