"""Figures that a mail prints and does not claim: bounds, hearsay, what might have been."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sums import Sum

_CLAIMED = frozenset({Role.BALANCE, Role.TOTAL, Role.PRINCIPAL})
_CLAUSE_END = re.compile(r"[,;:.][\s–-]")
_BOUND = re.compile(
    r"\b(?:(?:forderungen|rückständen?|beträgen?|schulden|ansprüchen?)\s(?:ab|bis(?:\szu)?|unter"
    r"|über)"
    r"|(?:^|[.,;:(]\s{0,2})(?:bis(?:\szu)?|ab|unter)|mehr als|weniger als|höchstens|maximal)"
    r"\s{1,2}(?:rund |etwa |ca\. )?(?:EUR |€ )?$",
    re.IGNORECASE,
)
_BEYOND = re.compile(r"\s{1,2}(?:nicht )?(?:über|unter)(?:steig|schr[ie]{1,2}t)\w{0,4}\b")
# "Ihre Annahme, es seien noch 5 EUR offen, trifft nicht zu."
_HEARSAY = re.compile(
    r"\b(?:seien|sei|betrage|beliefe|bestehe|bestünden?|schulde|schuldeten|habe|hätte)\b"
    r"|\bob\s",
    re.IGNORECASE,
)
# In "ich habe" the verb reports nothing.
_FIRST_PERSON = re.compile(r"\bich\b", re.IGNORECASE)
_NOT_OUR_WORDS = re.compile(
    r"\b(?:Ihrer?|Ihren|Ihres) (?:Annahme|Behauptung|Auffassung|Ansicht|Vermutung|Meinung|Angaben?"
    r"|Mitteilung|Aussage|Vortrag)\b"
    r"|\b(?:Ihr(?:e|r)? Mandant\w{0,3}|[Ee]r|[Ss]ie|(?:Herr|Frau) [^\W\d]{2,20})"
    r" (?:\w{3,12} )?(?:meint|behauptet|glaubt|denkt|sagt|schreibt|vermutet|irrt|nimmt an)\b"
    r"|\bdie Darstellung\b|\b(?:Revision|Abteilung|Amt|Gericht) prüft\b|\bprüft (?:die|der|das"
    r"|unser\w?)\b"
    r"|\bwie Sie \w{3,12}|\bSie (?:schreiben|meinen|behaupten|vermuten|nehmen an)\b"
    r"|\b(?:wissen|bestätigen|bestreiten|prüfen|klären) wir\b"
    r"|\bungeklärt\b|\bunklar\b|\bunbekannt\b"
    r"|\bnicht bekannt\b|\bwer (?:uns|Ihnen)\b"
)
# "Mit Zeitkarte hätte sich die Forderung auf 7 EUR ermäßigt."
_MIGHT_HAVE = re.compile(r"\bhätten?\b[^.;]{0,80}$", re.IGNORECASE)
_HAPPENED = re.compile(
    r"[^.;,\d]{0,40}\b(?:ermäßigt|reduziert|verringert|betragen|erhöht|bezahlt|beansprucht|verlangt"
    r"|gekostet|ergeben|\w{0,6}ge\w{3,12}(?:en|t))(?=[\s.,;]|$)",
    re.IGNORECASE,
)
_WOULD_ARISE = re.compile(r"\b(?:fiele|fielen|entstünden?|käme[n]? .{0,30}hinzu)\b", re.IGNORECASE)
# "Zusammen wären das 591,90 EUR" counts in what is yet to come.
_WOULD_BE = re.compile(
    r"\b(?:zusammen|insgesamt|in Summe|dann)\s(?:wär|würd|käm)\w{0,3}\b[^.;\d]{0,30}$",
    re.IGNORECASE,
)
_BY = re.compile(r"\bum\s{1,2}(?:rund |etwa )?(?:EUR |€ )?$", re.IGNORECASE)
_MORE_OR_LESS = re.compile(
    r"\s{1,2}(?:zu (?:niedrig|hoch|gering)|höher|niedriger)\b", re.IGNORECASE
)
_DIFFERS = re.compile(
    r"\s{1,2}(?:zu (?:niedrig|hoch|gering)|höher|niedriger|erhöht|gesenkt|reduziert|ermäßigt"
    r"|gemindert"
    r"|verringert|gestiegen|gewachsen)\b",
    re.IGNORECASE,
)
# "dass die Raten nicht 20 EUR, sondern 75 EUR betragen"
_RATHER = re.compile(r"\bsondern\s(?:\w{2,12}\s)?(?:EUR |€ )?$", re.IGNORECASE)
_MONTHLY = re.compile(r"\s{1,2}(?:monatlich|mtl\.|pro Monat|im Monat|je Monat)(?!\w)")
_RATE = re.compile(r"\b(?:monatlich\w{0,2}|\w{0,16}raten?)\b", re.IGNORECASE)
_NEGATED = re.compile(r"\b(?:nicht|nie|niemals|nichts|kein\w{0,2}|weder)\b", re.IGNORECASE)
_IF = re.compile(r"\b(?:wenn|falls|sofern)\b", re.IGNORECASE)
_UNPAID = re.compile(
    r"\b(?:nicht|nie|kein\w{0,2}|nichts)\s(?:\w{2,16}\s){0,3}?(?:\w{0,6}zahlt\w{0,2}"
    r"|\w{0,4}glichen\w{0,2}"
    r"|\w{0,2}getilgt|überwiesen|geleistet|ein(?:ge)?\w{2,8}|entrichtet|erstattet|zurück\w{0,12}"
    r"|zahlung\w{0,12}|reguliert|bedient|mehr)\b",
    re.IGNORECASE,
)
# "Mit 150 EUR, gern in drei Raten, wären wir zufrieden."
_WITH = re.compile(r"\bmit\s{1,2}(?:EUR |€ )?$", re.IGNORECASE)
_CONTENT = re.compile(
    r"\b(?:wär|würd)\w{0,3} (?:wir|ich) (?:uns |mich )?(?:\w{2,8} )?"
    r"(?:zufrieden|einverstanden|begnügen)\b",
    re.IGNORECASE,
)
_OF_THE_CLAIM = re.compile(
    r"\s(?:von |aus )?(?:der|ihrer|unserer|meiner|seiner)\s\w{0,25}(?:forderung|schuld|ansprüche)\s"
    r"(?:von|über|in Höhe von)\s{1,2}(?:EUR |€ )?",
    re.IGNORECASE,
)
# "1.490 EUR, deren Höhe noch gutachterlich geklärt wird", "das werden etwa 400 EUR"
_YET_TO_COME = re.compile(
    r"[^.;\d]{0,40}\bHöhe (?:noch )?[^.;\d]{0,30}\b(?:geklärt|geprüft|ermittelt|begutachtet"
    r"|festgestellt)\b"
    r"|[^.;,\d]{0,30}\b(?:noch nicht (?:beziffert|abgerechnet|berechnet|festgesetzt|in Rechnung)"
    r"|steht noch nicht fest|(?:folgt|folgen) (?:im|in|am|erst|noch|mit|zum|nächste\w?)\b)"
)
_WILL_BE = re.compile(
    r"\bdas (?:werden|wird) (?:dann )?(?:etwa |rund |ca\. |ungefähr |wohl "
    r"|voraussichtlich ){0,2}(?:EUR |€ )?$"
    r"|\b(?:voraussichtlich\w?|geschätzt\w?|schätzungsweise)\s(?:auf |mit |weitere )?(?:EUR |€ )?$",
    re.IGNORECASE,
)
_PRICE = re.compile(r"\b(?:kostet|Vorkasse|Vorauskasse)\b[^.;,\d]{0,40}$")


def unowed(one: Sum) -> Sum:
    """The sum without the role of a claim if its clause says that nobody claims it."""
    if one.role in _CLAIMED | {Role.UNKNOWN} and (_would_do(one) or _is_a_part_of_next(one)):
        return replace(one, role=Role.OFFER)
    if one.role in _CLAIMED | {Role.UNKNOWN, Role.COSTS} and (
        _YET_TO_COME.match(one.after) or _WILL_BE.search(one.before)
    ):
        return replace(one, role=Role.IRRELEVANT)
    if one.role not in _CLAIMED:
        return one
    if _is_bound(one) or _might_have_been(one) or _PRICE.search(one.before):
        return replace(one, role=Role.IRRELEVANT)
    if _MONTHLY.match(one.after) or (_RATHER.search(one.before) and _RATE.search(one.sentence)):
        return replace(one, role=Role.INSTALMENT)
    return replace(one, role=Role.OURS) if _is_hearsay(one) else one


def paid_together(sums: Sequence[Sum]) -> list[Sum]:
    """In "beide Rechnungen (50 EUR und 60 EUR) sind bezahlt" the first sum is paid, too."""
    told = list(sums)
    for position in range(len(told) - 2, -1, -1):
        one, following = told[position], told[position + 1]
        in_one_bracket = one.is_aside and following.is_aside and ")" not in one.after
        if in_one_bracket and one.role is Role.UNKNOWN and following.role is Role.PAST:
            told[position] = replace(one, role=Role.PAST)
    return told


def is_denied(one: Sum) -> bool:
    """Whether its sentence asks, sets a condition, or negates more than a payment."""
    return _is_open(one) or bool(_NEGATED.search(_UNPAID.sub(" ", one.sentence)))


def is_plainly_denied(one: Sum) -> bool:
    """Whether it asks, sets a condition, or negates the very clause that leads to the sum."""
    return _is_open(one) or bool(_NEGATED.search(_CLAUSE_END.split(one.before)[-1]))


def _is_open(one: Sum) -> bool:
    return "?" in one.after or bool(_IF.search(one.sentence))


def _would_do(one: Sum) -> bool:
    return bool(_WITH.search(one.before) and _CONTENT.search(one.sentence))


def _is_a_part_of_next(one: Sum) -> bool:
    """As in "auf 300 EUR ihrer Forderung von 500 EUR verzichtet"."""
    return bool(_OF_THE_CLAIM.fullmatch(one.after))


def _is_bound(one: Sum) -> bool:
    """As in "Forderungen bis 1.500 EUR", "die 2.000 EUR übersteigt" and "um 5 EUR zu hoch"."""
    is_difference = _BY.search(one.before) and _DIFFERS.match(one.after)
    is_difference = is_difference or _MORE_OR_LESS.match(one.after)
    bound = _BOUND.search(one.before)
    # "Ansprüche über 1.204,17 EUR" are as high as that.
    is_exact = bound and "über" in bound[0].lower() and one.owed % 10
    return bool(is_difference or (bound and not is_exact) or _BEYOND.match(one.after))


def _is_hearsay(one: Sum) -> bool:
    clause = _CLAUSE_END.split(one.before)[-1] + " # " + _CLAUSE_END.split(one.after)[0]
    is_told = _HEARSAY.search(clause) and not _FIRST_PERSON.search(clause)
    return bool(is_told) and bool(_NOT_OUR_WORDS.search(one.sentence))


def _might_have_been(one: Sum) -> bool:
    past = _MIGHT_HAVE.search(one.before) and _HAPPENED.match(one.after)
    would_be = _WOULD_BE.search(one.before) or _WOULD_ARISE.search(one.sentence)
    return bool(past) or bool(would_be)
