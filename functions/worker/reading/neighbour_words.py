"""The role of a sum of money by the words beside it."""

from __future__ import annotations

import re
from dataclasses import replace

from functions.worker.reading.amounts import Amount
from functions.worker.reading.role_words import (
    AFTER,
    NOUNS_AFTER,
    Found,
    Role,
    first_after,
    nearest_before,
)
from functions.worker.reading.vocabulary import pattern, source

_RIGHT = 60
_CLAIM_LISTS = ("total", "balance")
_NO_CLAIM = frozenset({Role.PAST, Role.OFFER, Role.OURS, Role.IRRELEVANT, Role.INSTALMENT})
_BRACKET_REACH = 120
_CONNECTIVE = re.compile(
    r"[\s:|=.(]*(?:(?:von|i\.\s?h\.\s?v\.|in höhe von|über|beträgt|betragen|macht|ist|sind|lautet"
    r"|beläuft sich|belaufen sich|auf|heute|derzeit|aktuell|noch|insgesamt|also|somit"
    r"|of|is|at|stands|amounts|to)"
    r"[\s:|]*){0,5}",
    re.IGNORECASE,
)
# "Damit wären die 500 EUR bezahlt" is what is owed until then.
_WOULD = re.compile(
    r"\b(?:(?:wäre|wären|würde|würden|bis)\s(?:die|der|das|unsere|ihre)"
    r"|bis\s(?:die|der|das|unsere|ihre|zur|zum)\s[^\W\d][^.;,]{0,80})\s(?:EUR |€ )?$"
)
_RECLAIM = (
    re.compile(r"\b(?:forder|verlang)(?:t|n|en|e)\b"),
    re.compile(r"\s{1,3}(?:ein|zurück)\b"),
)
_SEPARABLE = (
    (re.compile(r"\bweis(?:t|en)\b"), re.compile(r"\s{1,3}(?:aus|auf)\b")),
    (re.compile(r"\bmach(?:t|en|e)\b"), re.compile(r"[^.;,]{0,40}\bgeltend\b")),
    (re.compile(r"\bsteh(?:t|en)\b"), re.compile(r"[^.;,]{0,40}\b(?:offen|aus|zu Buche|an)\b")),
    (re.compile(r"\bmeld(?:et|en|e)\b"), re.compile(r"[^.;,]{0,40}\ban\b")),
    (re.compile(r"\bsteh(?:t|en)\b"), re.compile(r"\s{1,3}zu(?=[.,;!]|$)")),
    (re.compile(r"\b(?:treib|zieh)(?:t|en|e)\b"), re.compile(r"\s{1,3}(?:ein|bei)\b")),
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
_PARTICIPLE = re.compile(
    r"\s(?:(?:derzeit|heute|inzwischen|mittlerweile|noch|nunmehr|aktuell|bereits|rechtskräftig)\s)"
    r"{0,2}(?!heute|eine?\b)[a-zäöüß]{3,20}(?:ten|enen|te|ene|nde|nden)\s"
)
_BRACKETS = re.compile(r"\([^()\d]{0,60}\d[^()]{0,80}\)")
_LABEL_IN_BRACKETS = re.compile(r"\([^()\n]{2,60}\)(?=[\s|:.]{1,12}(?:EUR |€ )?$)")
_OF_THESE = re.compile(r"\bvon (?:den|diesen|dem)\s{1,2}(?:EUR |€ )?$", re.IGNORECASE)
_OUT_OF = re.compile(r"(?:^|[.,;:(]\s{0,2}|\bund\s)von\s{1,2}(?:EUR |€ )?$", re.IGNORECASE)
_IS_LEFT = re.compile(r"\s(?:[\w-]{3,25}\s)?(?:sind|stehen|bleiben|verbleiben|fehlen)\b")
_NEGATED = re.compile(r"\b(?:nicht|kein\w{0,2}|not)\b", re.IGNORECASE)
_IF = re.compile(r"(?:^|[.,;:]\s|\s)(?:sofern|wenn|falls|sobald)\s[^.,;:]{0,60}$", re.IGNORECASE)
_COMES_IN = re.compile(r"\b(?:ein|eingehen|eingeht|kommen|kommt|fließen|zahlt|zahlen|überweist)\b")
_NOT_AS = re.compile(r"\bnicht\s(?:etwa|wie)\s[^,.;]{0,60}$", re.IGNORECASE)
_UNDER = re.compile(r"\W{0,4}(?:nicht )?unter\s{1,2}(?:EUR |€ )?", re.IGNORECASE)
_NOT_THIS = re.compile(r"\bnicht\s{1,2}(?:EUR |€ )?$", re.IGNORECASE)
_LABEL_OF_NEXT = re.compile(
    r"[\s:|.=]{0,12}(?:(?:von|in Höhe von|zu je|zu|à|je|EUR|€)\s{0,3}){0,2}\d"
)
_BUT = re.compile(
    r"\W{0,3}(?:sondern|vielmehr|richtig|korrekt|zutreffend|es sind|tatsächlich)\b", re.IGNORECASE
)
_BRACKET_AND_VERB = re.compile(r"\s?\)\s(?:ist|sind|war|waren|wurden?)\b", re.IGNORECASE)
_GOES_ON = re.compile(r"[ >]*\n?\s{0,8}[a-zäöü]{2,}")
_AUF = re.compile(r"\bauf\s{1,3}(?:EUR |€ )?$", re.IGNORECASE)


def role_by_words(text: str, amount: Amount, left_from: int, right: str) -> tuple[Role, int, int]:
    """The role, where its words begin, and up to where the text is used up."""
    if _UNIT_PRICE.search(text[max(amount.start - 32, 0) : amount.start]):
        return Role.INSTALMENT, amount.start, amount.end
    if _UNDER.fullmatch(text[left_from : amount.start]):
        return Role.OFFER, amount.start, amount.end
    waived = pattern("amount_roles", "waived_after").search(right)
    forgone = _FORGONE.search(text[max(left_from, amount.start - _BRACKET_REACH) : amount.start])
    would = _WOULD.search(text[max(amount.start - _BRACKET_REACH, 0) : amount.start])
    confirmed = _is_confirmed(text[left_from : amount.start], right)
    in_full = _IN_FULL.match(text, amount.end) or _is_reclaimed(text, amount, left_from)
    if would or in_full or confirmed or _by_verb_behind(text, amount, left_from, right):
        return Role.BALANCE, amount.start, amount.end
    noun_end = _noun_behind(right)
    if noun_end:
        return Role.BALANCE, amount.start, amount.end + noun_end
    if pattern("amount_roles", "lent").match(right, 1):
        return Role.PAST, amount.start, amount.end
    if amount.is_credit or waived or forgone or _is_over(text, amount):
        return Role.PAST, amount.start, amount.end + (waived.end() if waived else 0)
    return _by_neighbours(text, amount, left_from, right)


def _is_reclaimed(text: str, amount: Amount, left_from: int) -> bool:
    """As in "wir fordern die gezahlten Leistungen von 450 EUR zurück"."""
    verb, rest = _RECLAIM
    return bool(verb.search(text[left_from : amount.start]) and rest.match(text, amount.end))


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


def _noun_behind(right: str) -> int:
    """Where "Ansprüche" ends in "die inzwischen auf 450 EUR angewachsenen Ansprüche", else 0."""
    participle = _PARTICIPLE.match(right)
    if not participle or pattern("amount_roles", "not_yet_owed").search(participle[0]):
        return 0
    nouns = (pattern("amount_roles", key).match(right, participle.end()) for key in _CLAIM_LISTS)
    return max((noun.end() for noun in nouns if noun), default=0)


def _by_neighbours(text: str, amount: Amount, left_from: int, right: str) -> tuple[Role, int, int]:
    """The role by words that touch the amount, else by the nearest."""
    before = _BRACKETS.sub(_blank, text[left_from : amount.start])
    left = nearest_before(_LABEL_IN_BRACKETS.sub(_blank, before)) or nearest_before(before)
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
    after = first_after(right, AFTER)
    if after and after[0] is Role.INSTALMENT and _LABEL_OF_NEXT.match(text, amount.end + after[2]):
        # "720 EUR in sechs Raten von 120 EUR": the instalments are the next sum.
        after = None
    if (left is None or left[0] in _NO_CLAIM) and (
        pattern("decisions", "insufficient").search(right)
        or (_IF.search(text[left_from : amount.start]) and _COMES_IN.search(right))
    ):
        return Role.OFFER, amount.start, amount.end
    found = _loosely(amount, left_from, left, after)
    if found[0] is Role.UNKNOWN and _has_verb_around(text, amount, left_from):
        return Role.BALANCE, amount.start, amount.end
    return found


def _has_verb_around(text: str, amount: Amount, left_from: int) -> bool:
    """As in "das Konto weist heute 450 EUR aus" and "wir machen 450 EUR geltend"."""
    left = text[left_from : amount.start]
    return any(verb.search(left) and rest.match(text, amount.end) for verb, rest in _SEPARABLE)


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
        right_context(text, replace(amount, end=verb.end()), len(text))
    )
    of_these = _OF_THESE.search(before) or (
        _OUT_OF.search(before) and _IS_LEFT.match(text, amount.end)
    )
    not_as = _NOT_AS.search(text[max(amount.start - 70, 0) : amount.start])
    return bool(replaced or paid or of_these or not_as)


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


def is_claimed(left: str) -> bool:
    """Costs or interest that are the only sum, right behind words of a claim."""
    found = nearest_before(left)
    return bool(found and found[0] is Role.BALANCE and _CONNECTIVE.fullmatch(left, found[2]))


def right_context(text: str, amount: Amount, following: int) -> str:
    """What is said behind the sum: to the end of the clause, at most up to the next sum."""
    end = min(amount.end + _RIGHT, following)
    context, _, rest = text[amount.end : end].partition("\n")
    stands_alone = text[text.rfind("\n", 0, amount.start) + 1 : amount.start].strip() == ""
    wraps = not rest.startswith("\n") or (stands_alone and not context.strip())
    if wraps and _GOES_ON.match(rest):
        # The sentence goes on in the next line.
        context = f"{context} {rest.lstrip()}"
    return re.split(r"[.!?;](?:\s|$)|\s\|\s|,\s|\n|\)", context, maxsplit=1)[0]
