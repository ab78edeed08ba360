"""Turns of phrase around a sum that make it the claim, or say that it is owed no longer."""

from __future__ import annotations

import re
from dataclasses import replace

from functions.worker.reading.language.vocabulary import pattern, source
from functions.worker.reading.money.amounts import Amount

_BRACKET_REACH = 120
_CLAIM_LISTS = ("total", "balance")
# "Damit wären die 500 EUR bezahlt" is what is owed until then.
_WOULD = re.compile(
    r"\b(?:(?:wäre|wären|würde|würden|bis)\s(?:die|der|das|unsere|ihre)"
    r"|bis\s(?:die|der|das|unsere|ihre|zur|zum)\s[^\W\d][^.;,]{0,80})\s(?:EUR |€ )?$"
)
_WOULD_TAKE = re.compile(
    r"\s{1,2}(?:\w{2,10}\s){0,2}(?:nehmen|akzeptieren|annehmen|genügen|reichen)\b"
)
_RECLAIM = (
    re.compile(r"\b(?:forder|verlang)(?:t|n|en|e)\b"),
    re.compile(r"\s{1,3}(?:ein|zurück)\b"),
)
_IN_FULL = re.compile(
    r"[\s,]{1,2}(?:wollen wir |will ich |verlangen wir )?"
    r"(?:vollständig|komplett|in voller Höhe|zur Gänze|ungekürzt|ohne Abzug)(?!\w)"
    r"(?!\s\w{0,12}(?:zahlt|glichen|tilgt|ledigt|wiesen|gangen))",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(
    r"\s(?:(?:derzeit|heute|inzwischen|mittlerweile|noch|nunmehr|aktuell|bereits|rechtskräftig)\s)"
    r"{0,2}(?!heute|eine?\b)[a-zäöüß]{3,20}(?:ten|enen|te|ene|nde|nden)\s"
)
_FORGONE = re.compile(
    rf"(?<!\w)(?:{source('amount_roles', 'waived_before')})\s{{1,3}}(?:EUR |€ )?$", re.IGNORECASE
)
# "Den Rest unserer Forderung von 500 EUR erlassen wir": what is owed until then.
_REST_OF = re.compile(
    r"\b(?:teil|rest|restbetrag|saldo|differenz)\s(?:unserer|der|meiner|dieser|des|unseres)\s"
    r"(?:[\w-]{3,30}\s){1,3}(?:von|in Höhe von|i\. ?H\. ?v\.|über)\s{1,2}(?:EUR |€ )?$",
    re.IGNORECASE,
)
_OF_THESE = re.compile(r"\bvon (?:den|diesen|dem)\s{1,2}(?:EUR |€ )?$", re.IGNORECASE)
_OUT_OF = re.compile(r"(?:^|[.,;:(]\s{0,2}|\bund\s)von\s{1,2}(?:EUR |€ )?$", re.IGNORECASE)
_IS_LEFT = re.compile(r"\s(?:[\w-]{3,25}\s)?(?:sind|stehen|bleiben|verbleiben|fehlen)\b")
_NEGATED = re.compile(r"\b(?:nicht|kein\w{0,2}|weder|not)\b", re.IGNORECASE)
_NOT_AS = re.compile(r"\bnicht\s(?:etwa|wie)\s[^,.;]{0,60}$", re.IGNORECASE)
_NOT_THIS = re.compile(
    r"\bnicht\s{1,2}(?:(?:auf|mit|von|bei|um|über|etwa|nur)\s)?(?:EUR |€ )?$", re.IGNORECASE
)
_BUT = re.compile(
    r"(?:[^.!?;]|\.(?=\d)){0,60}\bsondern\b|\W{0,3}(?:sondern|vielmehr|richtig|korrekt|zutreffend"
    r"|es sind|tatsächlich)\b",
    re.IGNORECASE,
)
_BRACKET_AND_VERB = re.compile(r"\s?\)\s(?:ist|sind|war|waren|wurden?)\b", re.IGNORECASE)
_AUF = re.compile(r"\bauf\s{1,3}(?:EUR |€ )?$", re.IGNORECASE)
_GOES_ON = re.compile(r"[ >]*\n?\s{0,8}[a-zäöü]{2,}")
_RIGHT = 60
LABEL_OF_NEXT = re.compile(
    r"[\s:|.=]{0,12}(?:(?:von|in Höhe von|zu je|zu|à|je|EUR|€)\s{0,3}){0,2}\d"
)


def claimed_up_to(text: str, amount: Amount, left_from: int, right: str) -> int | None:
    """Where the phrase ends that makes the amount the claim."""
    would = _WOULD.search(text[max(amount.start - _BRACKET_REACH, 0) : amount.start])
    if would and _WOULD_TAKE.match(text, amount.end):
        return None
    confirmed = _is_confirmed(text[left_from : amount.start], right)
    in_full = _IN_FULL.match(text, amount.end) or _is_reclaimed(text, amount, left_from)
    rest_of = _REST_OF.search(text[max(amount.start - _BRACKET_REACH, 0) : amount.start])
    if would or in_full or confirmed or rest_of or _by_verb_behind(text, amount, left_from, right):
        return amount.end
    noun_end = _noun_behind(right)
    if noun_end and not LABEL_OF_NEXT.match(text, amount.end + noun_end):
        return amount.end + noun_end
    return None


def over_up_to(text: str, amount: Amount, left_from: int, right: str) -> int | None:
    """Where the phrase ends that says that the amount was paid, waived or replaced."""
    left = text[max(left_from, amount.start - _BRACKET_REACH) : amount.start]
    waived = (
        None if _REST_OF.search(left) else pattern("amount_roles", "waived_after").search(right)
    )
    forgone = _FORGONE.search(left)
    lent = pattern("amount_roles", "lent").match(right, 1)
    if amount.is_credit or waived or forgone or lent or _is_over(text, amount):
        return amount.end + (waived.end() if waived else 0)
    return None


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
    if participle and pattern("amount_roles", "not_yet_owed").search(participle[0]):
        return 0
    start = participle.end() if participle else 1
    if not right[start : start + 1].isupper():
        return 0
    nouns = (pattern("amount_roles", key).match(right, start) for key in _CLAIM_LISTS)
    return max((noun.end() for noun in nouns if noun), default=0)


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
