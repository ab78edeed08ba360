"""Sums that a mail enumerates as owed, whatever they are for: in one sentence, or line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from functions.worker.reading.claim.rows import is_row
from functions.worker.reading.claim.runs_of_parts import SignedPart, added
from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.money.adding_up import results
from functions.worker.reading.money.counted_periods import count_of_things
from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sums import Sum

_ZERO = Decimal("0.00")
_LONGEST_GAP = 160
_NEVER_OWED = frozenset({Role.OFFER, Role.OURS, Role.INSTALMENT})
_OWED = (
    ("amount_roles", "unpaid"),
    ("amount_roles", "list_of_claims"),
    ("amount_roles", "balance_after"),
    ("amount_roles", "asks_for"),
)
_JOINS = re.compile(
    r"[,;/+]|\b(?:und|sowie|ferner|nebst|zuzüglich|zzgl|plus|samt)\b", re.IGNORECASE
)
# Something else than "and the next thing for" is said between two sums.
_CLAUSE = re.compile(
    r"\b(?:nicht|kein\w{0,2}|ohne|aber|nur|bis|davon|darin|darauf|hierauf|worauf|enthalten\w?|inkl\w*"
    r"|einschließlich|inklusive|abzüglich|abzgl|minus|haben|hat|hatte|wären?|würden?|wird|wurden?|können"
    r"|könnten?|bieten|bietet|zahlt|zahlen|gezahlt|bezahlt|beglichen|erledigt|storniert|erlassen"
    r"|verzicht\w{0,4}|täglich\w?|monatlich\w?|je|pro|mindestens|höchstens|wegen|Wert|Rest"
    r"|auf|im|sind|waren|ist|war|stehen|steht|bestehen|liegen|belaufen|betragen|ander\w{1,2}"
    r"|einer|dafür|muss|müssen|sein|da|denn|weil|dass|hier)\b",
    re.IGNORECASE,
)
_VERB = re.compile(r"\b(?!laut|mit|samt|nebst|erst|seit|dort)[a-zäöüß]{2,20}t\b")
_UNCERTAIN = re.compile(
    r"\b(?:wenn|falls|sofern|oder|entweder|statt|hätten?|ob|wäre\w?|würde\w?|könnte\w?|vergleich\w{0,4})\b",
    re.IGNORECASE,
)
_BOTH_BEHIND = re.compile(r"[.;]\s(?:Beide\w?|Alles|Alle drei|Alle)\s[^.!?]{3,120}")
# "per 28.02.2026 EUR 1.234,56"
_STATE = re.compile(
    r"\W*(?:stand|per|saldo)\W{1,4}(?:per\s|am\s|zum\s)?\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}\W*(?:EUR|€)?"
    r"\W*[\d.,]{1,12}\W*(?:EUR|€|Euro)?\W*",
    re.IGNORECASE,
)
_NAMELY = re.compile(r":(?!.*:)|\b(?:nämlich|und zwar)\b", re.DOTALL)
_UNIT_PRICE = re.compile(r"\b(?:Einzel|Stück|Einheits)preis", re.IGNORECASE)
_BEHIND = 200
_EMPTY_LINE = 4


def enumerated_parts(sums: Sequence[Sum]) -> tuple[SignedPart, ...]:
    """The sums of one list, in a mail that names no other sum which may be owed."""
    used: tuple[Sum, ...] = ()
    for group in _groups(sums):
        told = _told_as_owed(group)
        if used and told:
            return ()
        used = used or told
    rest = [one for one in sums if one not in used]
    if not used or any(_may_be_owed(one, used) for one in rest):
        return ()
    if any(result.total in used for result in results(sums)):
        return ()
    signed = tuple((one, -1 if one.amount.value < _ZERO else 1) for one in used)
    return signed if added(signed) > _ZERO else ()


def _groups(sums: Sequence[Sum]) -> Iterator[list[Sum]]:
    """Sums of one sentence, and sums of lines that follow each other."""
    group: list[Sum] = []
    for one in sums:
        if group and not _goes_on(one, group[-1]):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _goes_on(one: Sum, former: Sum) -> bool:
    if _is_next_line(one, former):
        return True
    return not one.opens_sentence and "\n\n" not in one.before


def _is_next_line(one: Sum, former: Sum) -> bool:
    """Whether two rows follow each other, with at most an empty line between them."""
    label = one.before.rpartition("\n")[2]
    between = one.amount.start - former.amount.end - len(former.after) - len(label)
    are_rows = is_row(one) and is_row(former) and one.line != former.line
    return are_rows and 0 < between <= _EMPTY_LINE


def _told_as_owed(group: Sequence[Sum]) -> tuple[Sum, ...]:
    in_brackets = all(one.is_aside for one in group)
    used = tuple(one for one in group if in_brackets or not one.is_aside)
    if len(used) < 2 or 2 * used[-1].owed == _added(used) > 2 * used[0].owed:  # noqa: PLR2004
        return ()
    sentence = " ".join(dict.fromkeys(one.sentence for one in used))
    if _UNCERTAIN.search(sentence) or pattern("amount_roles", "several_debtors").search(sentence):
        return ()
    is_list = all(_is_next_line(one, former) for former, one in pairwise(used))
    if not is_list and not all(_is_joined(one) for one in used[1:]):
        return ()
    if _UNIT_PRICE.search(used[0].surroundings) or all(is_a_state(one) for one in used):
        return ()
    introduction = _introduction(used[0])
    is_introduced = _is_owed(introduction)
    if not all(_may_be_part(one, is_introduced=is_introduced) for one in used):
        return ()
    is_told = is_introduced or _is_owed(used[0].surroundings if is_list else sentence)
    both = _BOTH_BEHIND.search(used[-1].surroundings[-_BEHIND:])
    is_told = is_told or bool(both and _is_owed(both[0]))
    return used if is_told or _announces(introduction, len(used)) else ()


def is_a_state(one: Sum) -> bool:
    """Whether the line says how much was owed on a day, not what became due on it."""
    return bool(_STATE.fullmatch(one.line))


def _introduction(first: Sum) -> str:
    """What ends with a colon before the first sum, or above its line."""
    above = first.surroundings.partition(first.line)[0].rstrip()
    if is_row(first) and above.endswith(":"):
        return re.split(r"\n\s*\n", above)[-1]
    return _NAMELY.split(first.before)[0] if _NAMELY.search(first.before) else ""


def _may_be_part(one: Sum, *, is_introduced: bool) -> bool:
    """Whether its own words leave it owed; behind "offen sind:" they need not say so."""
    if one.role in _NEVER_OWED:
        return one.role is Role.INSTALMENT and one.times > 1 and is_row(one)
    if one.role is Role.TOTAL:
        return not pattern("amount_roles", "total").search(one.before.rpartition("\n")[2])
    if one.role is Role.PAST:
        is_credit = one.amount.value < _ZERO and is_row(one)
        return is_credit or bool(pattern("amount_roles", "unpaid").search(one.after))
    return one.role is not Role.IRRELEVANT or is_introduced


def _is_owed(words: str) -> bool:
    return any(pattern(*key).search(words) for key in _OWED)


def _announces(words: str, count: int) -> bool:
    """As in "drei Rechnungen:" before three sums."""
    is_past = pattern("amount_roles", "past_after").search(words)
    return not is_past and count_of_things(words) == count


def _is_joined(one: Sum) -> bool:
    gap = one.before
    return (
        len(gap) <= _LONGEST_GAP
        and bool(_JOINS.search(gap))
        and not _CLAUSE.search(gap)
        and not _VERB.search(gap)
        and not pattern("amount_roles", "breaks_list").search(gap)
    )


def _may_be_owed(one: Sum, used: Sequence[Sum]) -> bool:
    """Whether a sum beside the list may be owed, too."""
    if one.role in _NEVER_OWED | {Role.PAST, Role.IRRELEVANT} or _UNCERTAIN.search(one.sentence):
        return False
    if one.is_aside and any(one.sentence == other.sentence for other in used):
        return False
    if one.is_aside and pattern("amount_roles", "closed_item").search(one.sentence):
        return False
    is_other = one.role is Role.UNKNOWN and not (is_row(one) and "\n" in one.before)
    return not is_other or _is_owed(one.sentence)


def _added(used: Sequence[Sum]) -> Decimal:
    return sum((one.owed for one in used), _ZERO)
