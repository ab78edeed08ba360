"""What each sum of money in a mail is, and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from functions.worker.reading.language.number_words import number_from_words
from functions.worker.reading.language.sentences import line_around, sentence_around, sentence_start
from functions.worker.reading.language.vocabulary import pattern, source
from functions.worker.reading.money.amount_tables import cells_of_tables
from functions.worker.reading.money.amounts import Amount
from functions.worker.reading.money.compared_sums import (
    bases,
    changed_sums,
    instead_of,
    not_ours,
    split_into_instalments,
)
from functions.worker.reading.money.corrected_figures import corrected
from functions.worker.reading.money.counted_claims import counted_claims
from functions.worker.reading.money.instalment_totals import instalment_totals
from functions.worker.reading.money.neighbour_words import is_claimed, role_by_words
from functions.worker.reading.money.overdrafts import as_owed
from functions.worker.reading.money.phrases_around import right_context
from functions.worker.reading.money.role_words import BEFORE, Role, first_after
from functions.worker.reading.money.running_balances import running_balances
from functions.worker.reading.money.shares import shares
from functions.worker.reading.money.sums import Sum
from functions.worker.reading.money.turns_of_phrase import turned
from functions.worker.reading.money.unowed_figures import paid_together, unowed

_NAMED = frozenset({Role.COSTS, Role.INTEREST, Role.PRINCIPAL})
_RIGHT = 60
_BRACKET_REACH = 120
_QUESTION_REACH = 300
_BULLET = re.compile(
    r"[ \t>*•|+=–-]{0,12}(?:\./\.|abzgl\.|zzgl\.|(?:\d{1,2}|[a-z])[.)])?[ \t|+=–-]{0,12}",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_AND_ANOTHER = (
    r"[^.;|\n\d]{0,40}(?:\d[\d.]{0,9}(?:,\d\d)?\s?(?:EUR|€|Euro)?[^.;,|\n\d]{0,30}\sund\s"
    r"[^.;,|\n\d]{0,25})?$"
)
_OF_WHICH = re.compile(
    rf"\b(?:davon|darin|hier?von|darunter|wovon|worin|von denen"
    rf"|da steck(?:en|t)(?: allein)?)\b{_AND_ANOTHER}"
    r"|\bin (?:der|dem|den) [^\W\d_]{3,30} (?:bereits |schon )?(?:enthalten|eingerechnet)\W{1,3}$"
    r"|\d\s?(?:EUR|€|Euro)?[^.;:|\n\d]{0,40}\s"
    rf"(?:einschließlich|inklusive|inkl\.?|incl\.?|einschl\.?)\s{_AND_ANOTHER}",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    rf"(?<![\w.,/-])(\d{{1,3}}|{source('numbers', 'units')})\s?"
    r"(?:[\w-]{3,25}\s){0,2}(?:(?:von\s)?(?:zu je|zu|à|a|je|x|×|mal|lang(?: je| jeweils)?)"
    r"|(?<=raten )von"
    r"|(?<=teilbeträgen )von)\s{0,2}(?:EUR |€ )?$",
    re.IGNORECASE,
)
_ONLY_AMOUNT = re.compile(
    r"[\s|:=]*(?:(?:ja|derzeit|aktuell|zurzeit|heute|stand heute|genau|das sind|es sind)\b"
    r"[\s,:–-]{0,3}){0,2}",
    re.IGNORECASE,
)


def assign_roles(text: str, whole: str, amounts: Sequence[Amount]) -> tuple[Sum, ...]:
    """Give every amount of `text` a role. `whole` also holds the quoted questions."""
    columns = cells_of_tables(text, amounts)
    sums: list[Sum] = []
    taken = 0
    for position, amount in enumerate(as_owed(text, whole, amounts)):
        following = amounts[position + 1].start if position + 1 < len(amounts) else len(text)
        own_line = _line_if_labels_follow(text, amounts, position)
        left_from = max(_left_from(text, amount.start, taken), own_line)
        right = right_context(text, amount, following)
        role, label_start, taken = role_by_words(text, amount, left_from, right)
        if position in columns:
            role, label_start, taken = columns[position].role, amount.start, amount.end
        question = _question_above(text, whole, amount) if role is Role.UNKNOWN else ""
        role = _role_asked_for(question) or role
        before_start = max(_behind_former(text, amounts, position), own_line)
        before = text[before_start : amount.start]
        if len(amounts) == 1 and role in _NAMED and is_claimed(text[left_from : amount.start]):
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
                column=columns[position].column if position in columns else None,
            )
        )
    told = paid_together([unowed(turned(text, not_ours(one))) for one in sums])
    ours = instead_of(text, changed_sums(text, corrected(text, told)))
    told = instalment_totals(split_into_instalments(shares(bases(text, ours))))
    return tuple(running_balances(counted_claims(text, told)))


def _line_if_labels_follow(text: str, amounts: Sequence[Amount], position: int) -> int:
    """Where the line begins, in a list of lines that begin with their sums; else 0.

    The label at the end of the line above belongs to the sum of that line.
    """
    here = text.rfind("\n", 0, amounts[position].start) + 1
    if position == 0 or not _BULLET.fullmatch(text, here, amounts[position].start):
        return 0
    former = amounts[position - 1]
    above = text.rfind("\n", 0, former.start) + 1
    is_alike = above < here and _BULLET.fullmatch(text, above, former.start)
    line_end = max(text.find("\n", former.end), former.end)
    is_labelled = _LETTER.search(text, former.end, line_end)
    is_next_line = not _LETTER.search(text, line_end, here)
    return here if is_alike and is_labelled and is_next_line else 0


def _behind_former(text: str, amounts: Sequence[Amount], position: int) -> int:
    former = amounts[position - 1].end if position else 0
    return max(former, sentence_start(text, amounts[position].start))


def _times(text: str, amount: Amount) -> int:
    match = _COUNTED.search(text[max(amount.start - 64, 0) : amount.start])
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
