"""Names the one who holds the claim, and the one who acts for him."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.parties.carriers import carried_for
from functions.worker.reading.parties.enforcers import is_enforced_for
from functions.worker.reading.parties.firms import FirmFound, find_firms
from functions.worker.reading.parties.holders import acts_for_the_holder, new_holder, sender_holds
from functions.worker.reading.parties.own_agents import own_agent, signing_agent
from functions.worker.reading.parties.principals import (
    Tie,
    delivered,
    is_billed,
    same_name,
    same_person,
    tie,
)
from functions.worker.reading.parties.private_principals import private_principal
from functions.worker.reading.parties.rubrum import creditors_in_rubrum
from functions.worker.reading.parties.sender_firm import is_signature, sender_firm
from functions.worker.reading.parties.trades import acts_for_others, is_agent, is_carrier
from shared.domain.match_keys import creditor_words

__all__ = ["FirmFound", "Parties", "find_parties"]

_SURE, _LIKELY = 0.85, 0.65
_MOST_FIRMS = 30


@dataclass(frozen=True, kw_only=True)
class Parties:
    """Who holds the claim, and who acts for him if it is another one.

    `is_crowded` if the mail names more than 30 firms: not all of them are looked at.
    """

    creditor: FirmFound | None
    representative: FirmFound | None
    is_crowded: bool = False


@dataclass(frozen=True, kw_only=True)
class _Cast:
    """Who occurs in a mail; `acts` if the sender lives on acting for others."""

    firms: Sequence[FirmFound]
    sender: FirmFound | None
    acts: bool
    debtor: str

    @cached_property
    def others(self) -> Sequence[FirmFound]:
        """The firms that are not the sender."""
        sender = self.sender
        if sender is None:
            return self.firms
        return [one for one in self.firms if not same_name(sender.name, one.name)]


def find_parties(
    written: str,
    *,
    sender_name: str,
    sender_address: str = "",
    subject_length: int = 0,
    debtor: str = "",
) -> Parties:
    """Read both from the sender's name and address and his own words, signature included.

    The text begins with the subject; the `debtor` is neither of the two.
    """
    firms = list(islice(find_firms(written), _MOST_FIRMS + 1))
    is_crowded = len(firms) > _MOST_FIRMS
    below = [one for one in firms if one.place and one.place[0] > subject_length]
    carried = carried_for(written, firms, name=sender_name, address=sender_address)
    if carried:
        firms = [one for one in firms if not is_carrier(one.name)]
    sender = carried or sender_firm(
        written, below, sender_name=sender_name, sender_address=sender_address
    )
    if sender and sender_holds(written):
        found = Parties(creditor=sender, representative=None)
    else:
        acts = acts_for_others(written, sender.name if sender else "", sender_address)
        found = _found(written, _Cast(firms=firms, sender=sender, acts=acts, debtor=debtor))
        if pattern("creditors", "mandate_ended").search(written):
            found = replace(found, representative=None)
    return replace(_without_debtor(found, debtor), is_crowded=is_crowded)


def _without_debtor(found: Parties, debtor: str) -> Parties:
    """Nobody owes himself: then who acts is all that is known of the creditor."""
    if found.creditor is None or not same_person(found.creditor.name, debtor):
        return found
    acting = found.representative
    is_other = acting is not None and not same_person(acting.name, debtor)
    return Parties(creditor=acting if is_other else None, representative=None)


def _found(text: str, cast: _Cast) -> Parties:
    holder = new_holder(text, cast.others)
    if holder:
        collects = cast.acts or pattern("creditors", "still_collects").search(text)
        others = [one for one in cast.firms if not same_name(one.name, holder.name)]
        acting = _acting_for_holder(text, others) or (cast.sender if collects else None)
        return Parties(creditor=_fullest(holder, cast.firms), representative=acting)
    for firm in cast.firms:
        if cast.sender and same_name(firm.name, cast.sender.name) and tie(text, firm) is Tie.SAID:
            signer = _signing(text, cast, firm)
            if signer and not same_name(signer.name, firm.name):
                return Parties(creditor=_fullest(firm, cast.firms), representative=signer)
    for one in delivered(text, cast.firms):
        agent = one.agent or _signing(text, cast, one.principal)
        if agent and not same_name(agent.name, one.principal.name):
            principal = _fullest(one.principal, cast.firms)
            acting = None if one.is_mail_only else _fullest(agent, cast.firms)
            return Parties(creditor=principal, representative=acting)
    best = _principal(text, cast)
    if best:
        return Parties(creditor=best, representative=cast.sender)
    return Parties(creditor=cast.sender, representative=_agent_of_sender(text, cast))


def _agent_of_sender(text: str, cast: _Cast) -> FirmFound | None:
    """Who acts for the sender, or signs in his name, if he does not live on acting for others."""
    if cast.sender is None or is_agent(cast.sender.name):
        return None
    agent = own_agent(text, cast.others) or signing_agent(text, cast.others)
    return _fullest(agent, cast.firms) if agent else _signing_for_sender(text, cast.sender, cast)


def _signing_for_sender(text: str, sender: FirmFound, cast: _Cast) -> FirmFound | None:
    """Who signs below the display name of his principal, and says that he acts for him."""
    signing = _signing(text, cast, sender)
    if signing is None or not is_signature(text, signing):
        return None
    acts = acts_for_others(text, signing.name, "")
    best = _principal(text, replace(cast, sender=signing, acts=acts))
    return signing if best and same_name(best.name, sender.name) else None


def _signing(text: str, cast: _Cast, principal: FirmFound) -> FirmFound | None:
    """The sender; or who signs the mail, if the sender's address is his principal's."""
    if cast.sender is None or not same_name(cast.sender.name, principal.name):
        return cast.sender
    others = [one for one in cast.firms if not same_name(one.name, principal.name)]
    return sender_firm(text, others, sender_name="", sender_address="")


def _principal(text: str, cast: _Cast) -> FirmFound | None:
    own = cast.sender.name if cast.sender else ""
    firms = [one for one in cast.others if not same_name(one.name, cast.debtor)]
    ties = [(tie(text, firm), firm) for firm in firms]
    said = [
        firm
        for found, firm in ties
        if (found is Tie.SAID and (cast.acts or not is_agent(firm.name)))
        or is_billed(text, firm, sender=own)
        or is_enforced_for(text, firm, sender=own)
    ]
    if said:
        return _fullest(said[0], firms)
    person = private_principal(text, debtor=cast.debtor, acts=cast.acts)
    named = [firm for found, firm in ties if found]
    side = _side_of_case(text, named, cast)
    if person or not cast.acts:
        enforces = pattern("creditors", "enforcement").search(text)
        return person or (side if enforces else None)
    hinted = [firm for found, firm in ties if found is Tie.HINTED]
    best = side or next(iter(hinted), None)
    return _fullest(best, firms) if best else _only_one(named)


def _acting_for_holder(text: str, firms: Sequence[FirmFound]) -> FirmFound | None:
    """Who is named as acting for the new holder."""
    return next((one for one in firms if acts_for_the_holder(text, one)), None)


def _side_of_case(text: str, firms: Sequence[FirmFound], cast: _Cast) -> FirmFound | None:
    own = cast.sender.name if cast.sender else ""
    for name, place in creditors_in_rubrum(text):
        if same_name(name, cast.debtor) or same_name(name, own):
            continue
        known = [one for one in firms if same_name(one.name, name)]
        best = max(known, key=lambda one: one.confidence, default=None)
        return best or FirmFound(name=name, confidence=_LIKELY, place=place)
    return None


def _only_one(firms: Sequence[FirmFound]) -> FirmFound | None:
    """The only firm beside the sender that is named at all, and does not act for others."""
    candidates = [one for one in firms if not is_agent(one.name)]
    if not candidates:
        return None
    fullest = _fullest(candidates[0], candidates)
    is_only = all(same_name(one.name, fullest.name) for one in candidates)
    return (
        FirmFound(name=fullest.name, confidence=_LIKELY, place=fullest.place) if is_only else None
    )


def _fullest(firm: FirmFound, firms: Sequence[FirmFound]) -> FirmFound:
    known = creditor_words(firm.name)
    forms = [one for one in firms if creditor_words(one.name)[: len(known)] == known]
    best = max(forms, key=lambda one: one.confidence, default=firm)
    return FirmFound(name=best.name, confidence=min(best.confidence, _SURE), place=best.place)
