"""Whether two readers mean the same by what they read."""

from __future__ import annotations

from functions.worker.second_reader.printed_names import is_same_firm, is_same_person
from shared.domain.extraction import ExtractedReply
from shared.domain.match_keys import fold_reference


def agrees(field: str, first: ExtractedReply, second: ExtractedReply) -> bool:
    """Whether both values of `field`, neither of them empty, say the same."""
    one, other = getattr(first, field), getattr(second, field)
    if field == "client_name":
        return is_same_person(one, other)
    if field in {"creditor_name", "representative_name"}:
        return is_same_firm(one, other)
    if field == "reference_numbers":
        return bool(
            {fold_reference(each) for each in one} & {fold_reference(each) for each in other}
        )
    if field == "debt_amount" and first.currency and second.currency:
        return (one, first.currency) == (other, second.currency)
    return bool(one == other)
