"""Finds what in a mail points to another inquiry than the one that fits best."""

from __future__ import annotations

from collections.abc import Sequence

from functions.worker.matching.comparison import (
    beats,
    is_other_letter,
    is_same_client,
    only_by_name,
    strengths,
    sufficient_basis,
)
from functions.worker.matching.evidence import (
    Evidence,
    Sender,
    folded_words,
    joined_letters,
    same_words,
)
from functions.worker.matching.people_in_mail import Mention, Printed


def has_rival(winner: Evidence, ranked: Sequence[Evidence], answers_offer: bool) -> bool:  # noqa: FBT001
    """Whether anything in the mail points more to another inquiry than to the winner."""
    return any(
        _is_meant_instead(winner, other)
        or (other.points_somewhere and _is_rival(winner, other, answers_offer))
        for other in ranked
        if other is not winner
    )


def _is_rival(winner: Evidence, other: Evidence, answers_offer: bool) -> bool:  # noqa: FBT001
    if other.sender < Sender.HOUSE and is_same_client(winner, other):
        # Another creditor's: it was left in because the mail is about it.
        return True
    if _are_both_quoted(winner, other):
        return True
    if any(b > a for a, b in zip(strengths(winner), strengths(other), strict=True)):
        return True
    if not sufficient_basis(other, as_rival=True):
        return False
    is_beaten = beats(winner, other) or is_other_letter(winner, other, answers_offer)
    return not is_beaten or only_by_name(winner, other)


def _is_meant_instead(winner: Evidence, other: Evidence) -> bool:
    """Whether the sender himself names another client of his, or prints that one's number."""
    if other.sender < Sender.HOUSE or is_same_client(winner, other):
        return False
    is_numbered = set(other.references) - set(winner.references)
    if is_numbered or (other.prints_a_part and not winner.prints_a_part):
        return True
    if set(folded_words(other.client)) <= set(folded_words(winner.client)):
        return False
    shares_surname = same_words(winner.client.last, other.client.last)
    own = max(winner.mention, winner.in_subject)
    is_sure = winner.references and own is not Mention.NOT
    least = Mention.FULL if is_sure or shares_surname else Mention.SURNAME
    return max(other.mention, other.in_subject) >= max(least, winner.mention)


def _are_both_quoted(winner: Evidence, other: Evidence) -> bool:
    """Whether the thread names two clients of the sender, and he himself names none of them."""
    quoted = winner.named_at is Printed.QUOTED and other.named_at is Printed.QUOTED
    are_namesakes = joined_letters(winner.client) == joined_letters(other.client)
    is_other = other.sender >= Sender.HOUSE and not are_namesakes
    return quoted and is_other and not winner.references
