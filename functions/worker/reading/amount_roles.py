"""What each sum of money in a mail is, by the words nearest to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from functions.worker.reading.amount_tables import roles_by_column
from functions.worker.reading.amounts import Amount
from functions.worker.reading.number_words import number_from_words
from functions.worker.reading.overdrafts import as_owed
from functions.worker.reading.role_words import (
    AFTER,
    BEFORE,
    NOUNS_AFTER,
    Found,
    Role,
    first_after,
    nearest_before,
)
from functions.worker.reading.sentences import line_around, sentence_around, sentence_start
from functions.worker.reading.vocabulary import pattern, source

_MAY_BE_SHARE = frozenset({Role.UNKNOWN, Role.BALANCE, Role.TOTAL, Role.PAST})
_CENT = Decimal("0.01")
_PERCENT = re.compile(r"(?<![\d,.])(\d{1,2}(?:,\d{1,2})?)\s?(?:%|Prozent\b|v\.\s?H\.)")
_NAMED = frozenset({Role.COSTS, Role.INTEREST, Role.PRINCIPAL})
_NO_CLAIM = ("elsewhere", "to_the_debtor")
_RIGHT = 60
_BRACKET_REACH = 120
_QUESTION_REACH = 300
_CONNECTIVE = re.compile(
    r"[\s:|=.(]*(?:(?:von|i\.\s?h\.\s?v\.|in höhe von|über|beträgt|betragen|macht|ist|sind|lautet"
    r"|beläuft sich|belaufen sich|auf|heute|derzeit|aktuell|noch|insgesamt|also|somit"
    r"|of|is|at|stands|amounts|to)"
    r"[\s:|]*){0,5}",
    re.IGNORECASE,
)
_OF_WHICH = re.compile(r"\b(?:davon|darin|hiervon|darunter)\b[^.;|\n\d]{0,40}$", re.IGNORECASE)
# "Damit wären die 500 EUR bezahlt" is what is owed until then.
_WOULD = re.compile(
    r"\b(?:wäre|wären|würde|würden|bis)\s(?:die|der|das|unsere|ihre)\s(?:EUR |€ )?$"
)
_IN_FULL = re.compile(
    r"[\s,]{1,2}(?:wollen wir |will ich |verlangen wir )?"
    r"(?:vollständig|komplett|in voller Höhe|zur Gänze|ungekürzt|ohne Abzug)(?!\w)"
    r"(?!\s\w{0,12}(?:zahlt|glichen|tilgt|ledigt|wiesen|gangen))",
    re.IGNORECASE,
)
_UNIT_PRICE = re.compile(
    r"(?:\d\s?[x×*]|\bà|\bje|(?:raten|rate)\sa|\d\s\w{3,20}\s(?:zu|à))\s{0,2}$", re.IGNORECASE
)
_FORGONE = re.compile(
    rf"(?<!\w)(?:{source('amount_roles', 'waived_before')})\s{{1,3}}(?:EUR |€ )?$", re.IGNORECASE
)
_COUNTED = re.compile(
    r"(?<![\w.,/-])(\d{1,3}|[a-zäöüß]{3,12})\s?(?:[\w-]{3,25}\s)?(?:zu je|à|a|je|x|×|mal)\s{0,2}"
    r"(?:EUR |€ )?$",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^()\d]{0,60}\d[^()]{0,80}\)")
_ONLY_AMOUNT = re.compile(
    r"[\s|:=]*(?:(?:ja|derzeit|aktuell|zurzeit|heute|stand heute|genau|das sind|es sind)\b"
    r"[\s,:–-]{0,3}){0,2}",
    re.IGNORECASE,
)
_OF_THESE = re.compile(r"\bvon (?:den|diesen|dem)\s{1,2}(?:EUR |€ )?$", re.IGNORECASE)
_OUT_OF = re.compile(r"\bvon\s{1,2}(?:EUR |€ )?$", re.IGNORECASE)
_IS_LEFT = re.compile(r"\s(?:[\w-]{3,25}\s)?(?:sind|stehen|bleiben|verbleiben|fehlen)\b")
_NEGATED = re.compile(r"\b(?:nicht|kein\w{0,2}|not)\b", re.IGNORECASE)
_NOT_THIS = re.compile(r"\bnicht\s{1,2}(?:EUR |€ )?$", re.IGNORECASE)
_LABEL_OF_NEXT = re.compile(r"[\s:|.=]{0,12}(?:(?:von|in Höhe von|EUR|€)\s{0,3}){0,2}\d")
_BUT = re.compile(r"\W{0,3}sondern\b", re.IGNORECASE)
_BRACKET_AND_VERB = re.compile(r"\s?\)\s(?:ist|sind|war|waren|wurden?)\b", re.IGNORECASE)
_GOES_ON = re.compile(r"[ >]*\n?\s{0,8}[a-zäöü]{2,}")
_FROM = re.compile(r"\bvon\s(?:\w{2,12}\s){0,2}$", re.IGNORECASE)
_AUF = re.compile(r"\bauf\s{1,3}(?:EUR |€ )?$", re.IGNORECASE)
_TO = re.compile(r"[\s,]{0,3}auf\s(?:\w{2,12}\s){0,2}", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Sum:
    """An amount, its role, and the words `text[label_start:amount.end]` that say so."""

    amount: Amount
    role: Role
    label_start: int
    context: str
    sentence: str
    line: str
    surroundings: str
    """The 300 signs before and the 200 behind it."""
    before: str
    """What stands between the sum in front of it, or the beginning of the sentence, and it."""
    opens_sentence: bool
    """Whether a sentence begins between the sum in front of it and it."""
    after: str
    """What stands between it and the next sum, or the end of its line."""
    is_aside: bool
    """Whether it only explains another sum: in brackets, or "davon", "darin"."""
    times: int = 1
    """How many of it there are, as in "3 Mahnungen zu je 5,00 EUR"."""

    @property
    def owed(self) -> Decimal:
        """What it comes to, without its sign."""
        return abs(self.amount.value) * self.times


def assign_roles(text: str, whole: str, amounts: Sequence[Amount]) -> tuple[Sum, ...]:
    """Give every amount of `text` a role. `whole` also holds the quoted questions."""
    columns = roles_by_column(text, amounts)
    sums: list[Sum] = []
    taken = 0
    for position, amount in enumerate(as_owed(text, amounts)):
        following = amounts[position + 1].start if position + 1 < len(amounts) else len(text)
        left_from = _left_from(text, amount.start, taken)
        right = _right_context(text, amount, following)
        role, label_start, taken = _role(text, amount, left_from, right)
        if position in columns:
            role, label_start, taken = columns[position], amount.start, amount.end
        question = _question_above(text, whole, amount) if role is Role.UNKNOWN else ""
        role = _role_asked_for(question) or role
        before_start = _behind_former(text, amounts, position)
        before = text[before_start : amount.start]
        if len(amounts) == 1 and role in _NAMED and _is_claimed(text[left_from : amount.start]):
            role = Role.BALANCE
        sums.append(
            Sum(
                amount=amount,
                role=role,
                label_start=label_start,
                context=text[left_from : amount.end] + right,
                sentence=question + sentence_around(text, amount.start, amount.end),
                line=line_around(text, amount.start),
                surroundings=text[max(amount.start - 300, 0) : amount.end + 200],
                before=before,
                opens_sentence=position > 0 and before_start > amounts[position - 1].end,
                after=text[amount.end : min(following, amount.end + _RIGHT)].split("\n", 1)[0],
                is_aside=_is_aside(text, amount),
                times=_times(text, amount),
            )
        )
    return tuple(_shares(_changed_sums(text, [_not_ours(one) for one in sums])))


def _shares(sums: Sequence[Sum]) -> list[Sum]:
    """In "25 % of 2,000.00, thus 500.00" the second is an offer, and the first the claim."""
    changed = list(sums)
    for position in range(1, len(changed)):
        first, second = changed[position - 1], changed[position]
        for base, share in ((first, second), (second, first)):
            if share.role not in _MAY_BE_SHARE or not _is_share(share, base):
                continue
            place = changed.index(share)
            changed[place] = replace(share, role=Role.OFFER)
            if base.role in {Role.OFFER, Role.UNKNOWN}:
                changed[changed.index(base)] = replace(base, role=Role.BALANCE)
            break
    return changed


def _is_share(share: Sum, base: Sum) -> bool:
    if share.sentence != base.sentence or pattern("amount_roles", "tax_rate").search(base.sentence):
        return False
    percents = (Decimal(one[1].replace(",", ".")) for one in _PERCENT.finditer(base.sentence))
    return any(
        0 < percent < 100  # noqa: PLR2004
        and (base.amount.value * percent / 100).quantize(_CENT) == share.amount.value
        for percent in percents
    )


def _is_claimed(left: str) -> bool:
    """Costs or interest that are the only sum, right behind words of a claim."""
    found = nearest_before(left)
    return bool(found and found[0] is Role.BALANCE and _CONNECTIVE.fullmatch(left, found[2]))


def _not_ours(one: Sum) -> Sum:
    """Claims of others and money that goes to the debtor are no claims of the writer."""
    if one.role not in {Role.BALANCE, Role.TOTAL, Role.UNKNOWN}:
        return one
    told = (pattern("amount_roles", key).search(one.sentence) for key in _NO_CLAIM)
    return replace(one, role=Role.IRRELEVANT) if any(told) else one


def _behind_former(text: str, amounts: Sequence[Amount], position: int) -> int:
    former = amounts[position - 1].end if position else 0
    return max(former, sentence_start(text, amounts[position].start))


def _times(text: str, amount: Amount) -> int:
    match = _COUNTED.search(text[max(amount.start - 48, 0) : amount.start])
    if not match:
        return 1
    count = int(match[1]) if match[1].isdigit() else number_from_words(match[1])
    return count or 1


def _is_aside(text: str, amount: Amount) -> bool:
    before = text[max(amount.start - _BRACKET_REACH, 0) : amount.start]
    in_brackets = before.rfind("(") > before.rfind(")")
    return in_brackets or bool(_OF_WHICH.search(before))


def _left_from(text: str, start: int, taken: int) -> int:
    """Behind the last sum, unless that one stands in brackets: then the sentence goes on."""
    begin = sentence_start(text, start)
    bracket = max(text.rfind("(", begin, taken), begin)
    closing = text.find(")", taken, start)
    goes_on = text[bracket : bracket + 1] == "(" and closing >= 0
    return begin if goes_on and "\n" not in text[closing:start].strip(" ") else max(begin, taken)


def _changed_sums(text: str, sums: Sequence[Sum]) -> list[Sum]:
    """In "von 500 EUR auf 450 EUR" the first sum is over, the second is what it is now."""
    changed = list(sums)
    for position in range(1, len(changed)):
        first, second = changed[position - 1], changed[position]
        kept = {Role.INSTALMENT, Role.OFFER, Role.INTEREST, Role.COSTS, Role.IRRELEVANT}
        if first.role in kept or not _TO.fullmatch(text, first.amount.end, second.amount.start):
            continue
        if _FROM.search(text[max(first.amount.start - 40, 0) : first.amount.start]):
            changed[position - 1] = replace(first, role=Role.PAST)
            changed[position] = replace(second, role=Role.BALANCE)
        elif second.role is Role.OFFER and first.role is Role.UNKNOWN:
            # "50 Euro auf 900 Euro sind zu wenig": the offer, then the claim it is set against.
            changed[position - 1] = replace(first, role=Role.OFFER)
            changed[position] = replace(second, role=Role.BALANCE)
    return changed


def _role(text: str, amount: Amount, left_from: int, right: str) -> tuple[Role, int, int]:
    """The role, where its words begin, and up to where the text is used up."""
    if _UNIT_PRICE.search(text[max(amount.start - 32, 0) : amount.start]):
        return Role.INSTALMENT, amount.start, amount.end
    waived = pattern("amount_roles", "waived_after").search(right)
    forgone = _FORGONE.search(text[max(left_from, amount.start - _BRACKET_REACH) : amount.start])
    would = _WOULD.search(text[max(amount.start - 32, 0) : amount.start])
    confirmed = _is_confirmed(text[left_from : amount.start], right)
    in_full = _IN_FULL.match(text, amount.end)
    if would or in_full or confirmed or _by_verb_behind(text, amount, left_from, right):
        return Role.BALANCE, amount.start, amount.end
    if amount.is_credit or waived or forgone or _is_over(text, amount):
        return Role.PAST, amount.start, amount.end + (waived.end() if waived else 0)
    return _by_neighbours(text, amount, left_from, right)


def _is_confirmed(left: str, right: str) -> bool:
    """Our figure, made the writer's own: "der von Ihnen genannte Betrag von 5 EUR trifft zu"."""
    ours = pattern("amount_roles", "ours").search(left)
    confirmed = pattern("amount_roles", "confirmed_after").search(right)
    return bool(ours and confirmed and not _NEGATED.search(right))


def _by_verb_behind(text: str, amount: Amount, left_from: int, right: str) -> bool:
    """As in "die Forderung hat sich durch die Zahlung auf 450 EUR verringert"."""
    left = text[left_from : amount.start]
    return bool(
        _AUF.search(left)
        and pattern("amount_roles", "balance").search(left)
        and pattern("amount_roles", "changed_after").search(right)
    )


def _by_neighbours(text: str, amount: Amount, left_from: int, right: str) -> tuple[Role, int, int]:
    """The role by words that touch the amount, else by the nearest."""
    left = nearest_before(_BRACKETS.sub(_blank, text[left_from : amount.start]))
    noun = first_after(right, NOUNS_AFTER)
    if (
        left
        and left[0] is Role.BALANCE
        and noun
        and _is_named_behind(text, amount.end, noun, right)
    ):
        return noun[0], amount.start, amount.end + noun[2]
    if left and _CONNECTIVE.fullmatch(text, left_from + left[2], amount.start):
        role = _corrected(left[0], right)
        return role, left_from + left[1], amount.end
    if noun and _stands_beside(text, amount.end, noun, right):
        return noun[0], amount.start, amount.end + noun[2]
    return _loosely(amount, left_from, left, first_after(right, AFTER))


def _corrected(role: Role, right: str) -> Role:
    """Words behind the sum that weigh more: "insgesamt 50 EUR gezahlt", "mindestens 5 EUR mtl."."""
    after = first_after(right, AFTER)
    if after and role is Role.OFFER and after[0] is Role.INSTALMENT:
        return Role.INSTALMENT
    if after and role in {Role.TOTAL, Role.BALANCE} and after[0] in {Role.PAST, Role.IRRELEVANT}:
        return after[0]
    return role


def _is_over(text: str, amount: Amount) -> bool:
    """As in "von den 500 EUR sind noch 350 EUR offen" and "nicht 500 EUR, sondern 350 EUR"."""
    before = text[max(amount.start - 24, 0) : amount.start]
    replaced = _NOT_THIS.search(before) and _BUT.match(text, amount.end)
    verb = _BRACKET_AND_VERB.match(text, amount.end)
    paid = verb and pattern("amount_roles", "closed_item").search(
        _right_context(text, replace(amount, end=verb.end()), len(text))
    )
    of_these = _OF_THESE.search(before) or (
        _OUT_OF.search(before) and _IS_LEFT.match(text, amount.end)
    )
    return bool(replaced or paid or of_these)


def _stands_beside(text: str, end: int, noun: Found, right: str) -> bool:
    """As in "60,00 EUR Zinsen" and "60,00 EUR (Zinsen)", not in "60,00 EUR (Zinsen 5,00 EUR)"."""
    between = right[: noun[1]].strip()
    return not between or (between == "(" and text[end + noun[2] : end + noun[2] + 1] == ")")


def _is_named_behind(text: str, end: int, noun: Found, right: str) -> bool:
    """As in "offen sind 60,00 EUR Zinsen", not in "Forderung 60,00 EUR Zinsen 5,00 EUR"."""
    is_label_of_next = _LABEL_OF_NEXT.match(text, end + noun[2])
    return _stands_beside(text, end, noun, right) and not is_label_of_next


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _loosely(
    amount: Amount, left_from: int, left: Found | None, after: Found | None
) -> tuple[Role, int, int]:
    """The role by words that do not touch the amount."""
    if after and (left is None or left[0] in {Role.BALANCE, Role.TOTAL, Role.PAST}):
        if after[0] is Role.BALANCE and left and left[0] is Role.TOTAL:
            return Role.TOTAL, left_from + left[1], amount.end
        return after[0], amount.start, amount.end + after[2]
    if left:
        return left[0], left_from + left[1], amount.end
    return (Role.BALANCE if amount.is_debit else Role.UNKNOWN), amount.start, amount.end


def _right_context(text: str, amount: Amount, following: int) -> str:
    end = min(amount.end + _RIGHT, following)
    context, _, rest = text[amount.end : end].partition("\n")
    stands_alone = text[text.rfind("\n", 0, amount.start) + 1 : amount.start].strip() == ""
    wraps = not rest.startswith("\n") or (stands_alone and not context.strip())
    if wraps and _GOES_ON.match(rest):
        # The sentence goes on in the next line.
        context = f"{context} {rest.lstrip()}"
    return re.split(r"[.!?;](?:\s|$)|\s\|\s|,\s|\n|\)", context, maxsplit=1)[0]


def _question_above(text: str, whole: str, amount: Amount) -> str:
    """The quoted line right above a line that begins with the sum."""
    line_start = text.rfind("\n", 0, amount.start) + 1
    if not _ONLY_AMOUNT.fullmatch(text, line_start, amount.start):
        return ""
    above = whole[max(line_start - _QUESTION_REACH, 0) : line_start].rstrip()
    question = above.rpartition("\n")[2]
    return question if question.lstrip().startswith(">") else ""


def _role_asked_for(question: str) -> Role | None:
    if pattern("decisions", "asks_for_an_offer").search(question):
        return Role.OFFER
    found = first_after(question, BEFORE)
    return found[0] if found else None
