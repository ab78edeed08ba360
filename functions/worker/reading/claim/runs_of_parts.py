"""Parts of a claim that stand one right behind the other, without their total."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from functions.worker.reading.claim.part_labels import (
    Kind,
    is_accessory,
    kind_of,
    kinds_of,
)
from functions.worker.reading.claim.rows import is_row
from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sums import Sum

_ZERO = Decimal("0.00")
_LONGEST_GAP = 160
_ASIDE = frozenset({Role.IRRELEVANT, Role.OURS, Role.OFFER, Role.INSTALMENT})
_PAYMENT_LABEL = re.compile(
    r"(?:^|[,;|\n]\s?)\s{0,3}(?:Ihre )?(?:Teil)?"
    r"(?:Zahlung(?:en)?|Zahlungseing[aä]ng\w?|Gutschrift(?:en)?)"
    r"[\s:|]{1,6}(?:EUR |€ )?$",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(r"\n\s*\n")
_ON_TOP = re.compile(
    r"\s*(?:hinzu|dazu|zuzüglich|zzgl|hierauf|darauf|seitdem|plus)\b|[^.;\n]{0,60}\bhinzu\b",
    re.IGNORECASE,
)
_COMES_IN_ADDITION = re.compile(
    r"\s(?:[^\W\d]{3,20}\s){0,3}(?:hinzu|hinzugetreten|hinzugekommen|dazu|dazugekommen|aufgelaufen"
    r"|angefallen|entstanden)\b",
    re.IGNORECASE,
)
_NEXT_OF_A_LIST = re.compile(r"[^.!?;]{0,40};\s")
_NEXT_LABEL = re.compile(r"\W{0,3}\.\s")
_LABEL = re.compile(r"[^:!?\n]{3,50}:\s{0,3}(?:EUR |€ )?$")
# "Urteil über 500 EUR nebst 20 EUR Zinsen" is no figure of former days.
_TITLE = re.compile(
    r"(?:bescheid|urteil|titel|beschluss|vergleich)\w{0,3}\s(?:[^,;:]{1,60}\s)?über\s(?:EUR |€ )?$",
    re.IGNORECASE,
)

_REMINDED = re.compile(r"(?<!\w)(?:mahn|inkasso|rücklast|verzug)", re.IGNORECASE)
# The name of the last thing, if it stands behind its sum, then "and", then the name of the next.
_NEXT_ITEM = re.compile(
    r"[^,;:.!?\d/+]{0,50}(?:[,;/+]|\b(?:und|sowie|u\.|&))\s{0,2}(?:(?:und|sowie|ferner)\s{1,2})?"
    r"[^,;:.!?\d]{0,50}?(?:EUR |€ )?",
    re.IGNORECASE,
)
# Something else is said of the next sum than that it is owed too.
_CLAUSE = re.compile(
    r"\b(?:wir|ich|er|es|man|uns|ihm|mir|nicht|kein\w{0,2}|ohne|aber|nur|bis|andere\w?|davon|darin|inkl\w*"
    r"|haben|wären|wurden|sind|sein|waren|würden|können|bieten|zahlen|je|pro|mindestens"
    r"|(?!laut|mit|samt|erst)[a-zäöüß]{2,20}t)\b"
)
_NOT_OWED = re.compile(
    r"[^.!?;]{0,50}\b(?:nicht|selbst|verzicht\w{0,4}|erlassen|erlässt|entfallen|entfällt)\b",
    re.IGNORECASE,
)
_ONTO = re.compile(r"\bauf\s{1,3}(?:EUR |€ )?$", re.IGNORECASE)
_UNTIL = re.compile(r"\bbis (?:heute|jetzt|zuletzt)\b", re.IGNORECASE)
_PERHAPS = re.compile(
    r"\b(?:käme|kämen|fiele|fielen|würden?|wären?|könnten?|falls|wenn|sofern|sollten?)\b",
    re.IGNORECASE,
)

SignedPart = tuple[Sum, int]


def run_of_parts(sums: Sequence[Sum]) -> tuple[SignedPart, ...]:
    """All sums of the mail that may be owed, if they go on from the first to the last."""
    run = _without_payments_before([one for one in sums if _may_be_part(one, sums)])
    if not all(goes_on(one, behind=former) for former, one in pairwise(run)):
        return ()
    return _checked(run)


def run_behind(best: Sum, sums: Sequence[Sum]) -> tuple[SignedPart, ...]:
    """The claim and the sums that go on behind it, whatever stands elsewhere in the mail."""
    row = [one for one in sums if one is best or _may_be_part(one, sums)]
    run = row[row.index(best) : row.index(best) + 1]
    for one in row[row.index(best) + 1 :]:
        if not goes_on(one, behind=run[-1]):
            break
        run.append(one)
    return _checked(run)


def is_item(one: Sum) -> bool:
    """Whether its words name an invoice, a month or the like."""
    return bool(one.amount.currency) and bool(pattern("amount_roles", "item").search(one.context))


def comes_on_top(one: Sum) -> bool:
    """As in "Dazu kommt die Nachzahlung von 80 EUR"."""
    return bool(_ON_TOP.match(one.before))


def sign_of(one: Sum) -> int:
    """Minus for what was paid or credited."""
    taken_off = _is_over(one) and pattern("amount_roles", "payment").search(one.context)
    taken_off = taken_off or _PAYMENT_LABEL.search(one.before)
    return -1 if one.amount.value < _ZERO or taken_off else 1


def is_next_item(one: Sum) -> bool:
    """Whether only "and", or "and" and the name of a thing, stands between the last sum and it."""
    gap = one.before
    return bool(
        _NEXT_ITEM.fullmatch(gap)
        and not one.opens_sentence
        and not _CLAUSE.search(gap)
        and not _ONTO.search(gap)
        and not pattern("amount_roles", "breaks_list").search(gap)
        and not is_accessory(one)
    )


def _checked(run: Sequence[Sum]) -> tuple[SignedPart, ...]:
    if len(run) < 2 or any(one.role is Role.TOTAL for one in run[1:]):  # noqa: PLR2004
        return ()
    signed = tuple((one, sign_of(one)) for one in run)
    owed = [one for one, sign in signed if sign > 0]
    if any(_is_over(one) for one in owed) or added(signed) <= _ZERO:
        return ()
    if 2 * run[-1].owed == sum((one.owed for one in run), _ZERO):
        # The last one is the total of the others.
        return ()
    kinds = kinds_of(owed, adds_up=False)
    if kinds is None or Kind.PRINCIPAL not in kinds:
        return ()
    if not (_begins_a_claim(owed[0]) or _is_late(owed, kinds)):
        return ()
    is_separated = any(kind is not Kind.PRINCIPAL for kind in kinds)
    is_list = is_separated or _is_list_of_items(owed)
    on_top = len(owed) > 1 and all(comes_on_top(one) for one in owed[1:])
    return signed if is_list or on_top else ()


def _without_payments_before(run: Sequence[Sum]) -> Sequence[Sum]:
    """What was paid before the parts are told is off them already."""
    first = next((place for place, one in enumerate(run) if not _is_over(one)), len(run))
    return run[first:]


def _may_be_part(one: Sum, sums: Sequence[Sum]) -> bool:
    """Also "drei Mahnungen zu je 5 EUR", unless the product is printed, too."""
    are_reminders = one.times > 1 and is_accessory(one)
    if are_reminders and any(other.owed == one.owed for other in sums if other is not one):
        return False
    return not one.is_aside and (one.role not in _ASIDE or are_reminders)


def _is_over(one: Sum) -> bool:
    return one.role is Role.PAST and not _TITLE.search(one.before)


def _begins_a_claim(first: Sum) -> bool:
    """Postage and the like are a list too, but not of what somebody owes."""
    is_named = first.role in {Role.BALANCE, Role.PRINCIPAL, Role.TOTAL}
    is_named = is_named or kind_of(first) in {Kind.PRINCIPAL, Kind.SERVICE}
    around = pattern("amount_roles", "list_of_claims").search(first.surroundings)
    return is_named or is_item(first) or bool(around)


def tells_apart(parts: Sequence[SignedPart]) -> bool:
    """Whether interest or reminders show what is principal, in a list of whatever is owed."""
    owed = [one for one, sign in parts if sign > 0]
    kinds = kinds_of(owed, adds_up=False)
    return kinds is not None and _is_late(owed, kinds)


def _is_late(owed: Sequence[Sum], kinds: Sequence[Kind]) -> bool:
    """Interest and reminders arise from a debt, whatever the words for the debt are."""
    reminded = any(_REMINDED.search(one.before + one.after) for one in owed[1:])
    return kinds[0] is Kind.PRINCIPAL and (Kind.INTEREST in kinds[1:] or reminded)


def goes_on(one: Sum, *, behind: Sum) -> bool:
    """Whether a sum is a further part of what the sum in front of it belongs to."""
    gap = one.before
    if _ends_the_list(gap, one.after):
        return False
    if (is_row(one) and is_row(behind)) or not one.opens_sentence or _ON_TOP.match(gap):
        return True
    if _NOT_OWED.match(one.after):
        return False
    is_next = _NEXT_OF_A_LIST.match(behind.after)
    is_next = is_next or (_NEXT_LABEL.match(behind.after) and _LABEL.search(gap))
    return is_accessory(one) and bool(is_next or _COMES_IN_ADDITION.match(one.after))


def _ends_the_list(gap: str, after: str) -> bool:
    """Whether the words around the next sum say that it is no further part."""
    return (
        len(gap) > _LONGEST_GAP
        or bool(_PARAGRAPH.search(gap) or _ONTO.search(gap) or _PERHAPS.search(gap + after))
        or bool(pattern("amount_roles", "breaks_list").search(_UNTIL.sub("", gap)))
    )


def added(used: Sequence[SignedPart]) -> Decimal:
    """What the parts come to, payments taken off."""
    return sum((sign * one.owed for one, sign in used), _ZERO)


def _is_list_of_items(owed: Sequence[Sum]) -> bool:
    of_many = any(pattern("amount_roles", "several_debtors").search(one.line) for one in owed)
    are_items = all(is_row(one) and is_item(one) for one in owed)
    return len(owed) > 1 and are_items and not of_many
