"""Roles that a sum has by its sentence or by the sum beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from functions.worker.reading.language.vocabulary import pattern, source
from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sums import Sum

_MAY_BE_SPLIT = frozenset({Role.UNKNOWN, Role.TOTAL, Role.BALANCE, Role.COSTS, Role.PRINCIPAL})
_CLAUSE_END = re.compile(r"[,;.]\s")
_NEGATED = re.compile(r"\b(?:nicht|kein\w{0,2}|weder|not)\b", re.IGNORECASE)
_YOU_HAVE = re.compile(r"\b(?:Sie haben|haben Sie)\b")
_SAID = re.compile(
    r"\s(?:\w{2,14}\s){0,2}(?:angegeben|genannt|mitgeteilt|angesetzt|aufgeführt|beziffert"
    r"|berücksichtigt|eingestellt|angenommen|ausgewiesen)\b"
)
_AS_YOU_SAY = re.compile(
    rf"[\s,]{{1,3}}(?:die|den|das|welche[nrs]?|wie)\s(?:{source('amount_roles', 'ours')})(?!\w)",
    re.IGNORECASE,
)
_DAILY_BEHIND = re.compile(
    r"\s{0,2}(?:Tageszins\w{0,3}|(?:(?:Zins|Verzugszins)\w{0,3}\s)?(?:(?:kalender)?täglich"
    r"|pro Tag|je Tag|am Tag|pro Kalendertag|/\s?Tag))(?!\w)",
    re.IGNORECASE,
)
_DAILY_BEFORE = re.compile(
    r"\b(?:Tageszins\w{0,3}|(?:kalender)?täglich\w{0,2}|pro Tag|je Tag)[\s:]{1,3}"
    r"(?:(?:Zinsen|weitere|von|in Höhe von|i\.\s?H\.\s?v\.)\s){0,2}(?:EUR |€ )?$",
    re.IGNORECASE,
)
_NO_CLAIM = ("elsewhere", "to_the_debtor")
_REFUSING = ("rejected", "weakly_rejected", "insufficient")
_MAY_BE_BASE = frozenset({Role.UNKNOWN, Role.OFFER, Role.PAST})
_SHARE_OF = re.compile(
    r"\d\s?(?:%|Prozent\b|v\.\s?H\.)\s(?:von|auf|aus|der|des)\s(?:den\s|die\s)?(?:EUR |€ )?$",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"[\s,]{1,3}(?:statt|anstatt|anstelle|an Stelle|an Stelle von|anstelle von)\s"
    r"(?:\w{2,14}\s){0,2}",
    re.IGNORECASE,
)
_INSTEAD_BEFORE = re.compile(
    r"\b(?:statt|anstatt|anstelle)\s(?:\w{2,14}\s){0,2}(?:EUR |€ )?$", re.IGNORECASE
)
_SETTLING = (
    ("decisions", "proposal"),
    ("decisions", "accepted"),
    ("decisions", "countering"),
    ("amount_roles", "ends_the_matter"),
)
# "Sitzsack für 50 EUR statt 80 EUR" is advertising.
_PRICE = re.compile(r"(?:^|\n|[?!.|]\s)\s{0,3}[A-ZÄÖÜ][\w-]{2,30} für\s{1,2}$")
_FROM = re.compile(r"\bvon\s(?:\w{2,12}\s){0,2}$", re.IGNORECASE)
_CHANGES_A_RATE = re.compile(
    r"\b\w{0,20}(?:vorauszahlung|abschlag|rate|monatsmiete|monatsbeitrag)\w{0,2}\b[^.;\d]{0,80}$",
    re.IGNORECASE,
)
_ASKED_FOR = re.compile(
    r"\b(?:Bitte|Ersuchen|Antrag|Wunsch|Vorschlag|Anregung|Gesuch)\b[^.;\d]{0,80}$"
)
_CHANGED_TO = re.compile(
    r"\s(?:wurde|ist|hat sich|haben wir|wird)\b(?:[^.;\n]|(?<=\d)\.){0,60}?\bauf\s(?:EUR |€ )?"
)
_TO = re.compile(r"[\s,]{0,3}auf\s(?:(?!(?:an)?gebot)\w{2,12}\s){0,2}", re.IGNORECASE)


def not_ours(one: Sum) -> Sum:
    """Claims of others, our figures and money for the debtor are no claims of the writer."""
    may_be = one.role in {Role.BALANCE, Role.TOTAL, Role.UNKNOWN}
    if (may_be or one.role is Role.PRINCIPAL) and _is_our_figure(one):
        return replace(one, role=Role.OURS)
    if _is_a_daily_rate(one):
        return replace(one, role=Role.IRRELEVANT)
    if not may_be:
        return one
    told = any(pattern("amount_roles", key).search(one.sentence) for key in _NO_CLAIM)
    clause = _CLAUSE_END.split(one.before)[-1] + "#" + _CLAUSE_END.split(one.after)[0]
    is_charge = pattern("amount_roles", "charge_for_answer").search(clause)
    return replace(one, role=Role.IRRELEVANT) if told or is_charge else one


def _is_a_daily_rate(one: Sum) -> bool:
    """As in "zzgl. 2,15 EUR Tageszinsen seit 1.3.": nobody says for how many days."""
    return bool(_DAILY_BEHIND.match(one.after) or _DAILY_BEFORE.search(one.before))


def _is_our_figure(one: Sum) -> bool:
    """As in "die von Ihnen genannte Forderung von 5 EUR", unless the writer makes it his own."""
    clause = _CLAUSE_END.split(one.before)[-1]
    found = [match.end() for match in pattern("amount_roles", "ours").finditer(clause)]
    is_named = found and not pattern("amount_roles", "says_itself").search(clause, found[-1])
    is_told = pattern("amount_roles", "according_to_us").search(clause)
    is_told = is_told or (_YOU_HAVE.search(clause) and _SAID.match(one.after))
    if not (is_named or is_told or _AS_YOU_SAY.match(one.after)):
        return False
    confirmed = pattern("amount_roles", "confirmed_after").search(one.after)
    return not confirmed or bool(_NEGATED.search(one.after[: confirmed.end()]))


def changed_sums(text: str, sums: Sequence[Sum]) -> list[Sum]:
    """In "von 500 EUR auf 450 EUR" the first sum is over, the second is what it is now."""
    changed = list(sums)
    for position in range(1, len(changed)):
        first, second = changed[position - 1], changed[position]
        kept = {Role.INSTALMENT, Role.OFFER, Role.INTEREST, Role.COSTS, Role.IRRELEVANT}
        if first.role is Role.BALANCE and _is_changed_to(text, first, second):
            changed[position - 1] = replace(first, role=Role.PAST)
            changed[position] = replace(second, role=Role.BALANCE)
            continue
        if first.role in kept or not _TO.fullmatch(text, first.amount.end, second.amount.start):
            continue
        if _CHANGES_A_RATE.search(first.before):
            changed[position - 1] = replace(first, role=Role.INSTALMENT)
            changed[position] = replace(second, role=Role.INSTALMENT)
        elif _ASKED_FOR.search(first.before) and _FROM.search(
            text[max(first.amount.start - 40, 0) : first.amount.start]
        ):
            changed[position - 1] = replace(first, role=Role.BALANCE)
            changed[position] = replace(second, role=Role.OFFER)
        elif _FROM.search(text[max(first.amount.start - 40, 0) : first.amount.start]):
            changed[position - 1] = replace(first, role=Role.PAST)
            changed[position] = replace(second, role=Role.BALANCE)
        elif _is_little(first, second):
            # "50 Euro auf 900 Euro sind zu wenig": the offer, then the claim it is set against.
            changed[changed.index(first)] = replace(first, role=Role.OFFER)
            changed[changed.index(second)] = replace(second, role=Role.BALANCE)
    return changed


def _is_changed_to(text: str, first: Sum, second: Sum) -> bool:
    """As in "die Forderung von 500 EUR wurde im März auf 450 EUR berichtigt"."""
    between = _CHANGED_TO.fullmatch(text, first.amount.end, second.amount.start)
    return bool(between and pattern("amount_roles", "changed_after").match(second.after, 1))


def _replaced_by(text: str, whole: Sum, part: Sum) -> bool:
    """As in "statt 900 EUR begnügen wir uns mit 500 EUR"."""
    before = text[max(whole.amount.start - 40, 0) : whole.amount.start]
    takes_less = pattern("amount_roles", "takes_less").search(part.before)
    return bool(_INSTEAD_BEFORE.search(before) and takes_less)


def instead_of(text: str, sums: Sequence[Sum]) -> list[Sum]:
    """In "150 EUR statt 500 EUR, zahlbar bis Mai" the second is the claim that is settled."""
    changed = list(sums)
    for position in range(1, len(changed)):
        first, second = changed[position - 1], changed[position]
        if _replaced_by(text, first, second):
            first, second = second, first
        elif not _INSTEAD.fullmatch(text, first.amount.end, second.amount.start):
            continue
        may_be = (
            first.role in {Role.UNKNOWN, Role.OFFER} and first.amount.value < second.amount.value
        )
        settles = (pattern(*key).search(first.sentence) for key in _SETTLING)
        is_rate = pattern("amount_roles", "instalment_after").search(second.context)
        is_rate = is_rate or _PRICE.search(first.before)
        if may_be and not is_rate and any(settles):
            changed[position - 1] = replace(first, role=Role.OFFER)
            changed[position] = replace(second, role=Role.BALANCE)
    return changed


def is_refused(one: Sum) -> bool:
    """Whether its sentence turns something down."""
    return any(pattern("decisions", key).search(one.sentence) for key in _REFUSING)


def bases(text: str, sums: Sequence[Sum]) -> list[Sum]:
    """In "4 % auf 3.000 EUR" the sum is the claim, unless a rate of interest or tax is meant."""
    return [replace(one, role=Role.BALANCE) if _is_base(text, one) else one for one in sums]


def _is_base(text: str, one: Sum) -> bool:
    before = text[max(one.amount.start - 40, 0) : one.amount.start]
    is_rate = pattern("amount_roles", "tax_rate").search(one.sentence)
    return one.role in _MAY_BE_BASE and bool(_SHARE_OF.search(before)) and not is_rate


def _is_little(first: Sum, second: Sum) -> bool:
    is_smaller = first.amount.value < second.amount.value
    may_be = {Role.UNKNOWN, Role.OFFER, Role.OURS}
    is_open = second.role in {Role.UNKNOWN, Role.OFFER, Role.PAST}
    return is_smaller and first.role in may_be and is_open


def split_into_instalments(sums: Sequence[Sum]) -> list[Sum]:
    """A sum that comes to so many instalments: the claim, or only what they would come to."""
    changed = list(sums)
    for rate in sums:
        if rate.role is not Role.INSTALMENT or rate.times == 1:
            continue
        for place, one in enumerate(changed):
            if one.amount.value != rate.owed or one.role not in _MAY_BE_SPLIT:
                continue
            is_product = one.amount.start > rate.amount.start
            proposed = pattern("amount_roles", "proposed_instalments").search(one.sentence)
            if is_product and proposed:
                changed[place] = replace(one, role=Role.INSTALMENT)
            elif not is_product:
                changed[place] = replace(one, role=Role.BALANCE)
    return changed
