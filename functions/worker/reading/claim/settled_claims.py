"""Where a mail says that nothing is owed any more, or that the claim is somebody else's now."""

from __future__ import annotations

import re

from functions.worker.reading.claim.denied_claims import denials
from functions.worker.reading.language.sentences import sentence_around, sentence_end
from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sums import Sum

_OF_SUM = re.compile(
    r"\s{0,2}(?:in Höhe von|i\.\s?H\.\s?v\.|über|von|\()?\s{0,2}(?:EUR |€ )?", re.IGNORECASE
)
# A full stop behind one or two digits belongs to a date.
_CLAUSE_END = re.compile(r"(?<!\b\d)(?<!\b\d\d)[.!?](?=\s|$)|\n\n|:[ ]{0,3}\n")
# "1.000 EUR zugunsten unserer Mandantin" is a claim.
_OURS = re.compile(r"\s{1,3}(?:unser|mein|der Kläger|des Kläger)", re.IGNORECASE)
# "Zahlt er 50 EUR, ist die Sache erledigt" and "mit 50 EUR erledigt"
_ONCE_PAID = re.compile(
    r"^\W*(?:Zahl(?:t|en)|Leg(?:t|en)|Überweis(?:t|en)|Leist(?:et|en)|Erhalten|Bekommen|Geh(?:t|en))\b"
    r"|\d\s?(?:EUR|€|Euro)\s(?:und|dann ist)\s(?:die|das)\b"
    r"|\bmit (?:EUR |€ )?\d[\d.]{0,9}(?:,\d\d)?\s?(?:EUR|€|Euro)?\s"
    r"(?:erledigt|abgegolten|ausgeglichen|getilgt|vom Tisch|aus der Welt)\b"
)
_WAIVES = re.compile(r"verzicht|\bwrote off|\bwritten off|erlassen", re.IGNORECASE)
_AGAINST = ("conditional", "reported", "owed_all_the_same", "besides")
# "In der Sache Müller ist die Klage erledigt" speaks of the action.
_ABOUT = re.compile(
    r"\b(?:in|zu|zur|zum|von|vom|aus|bzgl\.?|bezüglich|betreffend|wegen|hinsichtlich|gegen|über)\s"
    r"(?:(?:der|dem|den|die|dieser|diesem|ihrer?|ihrem|unserer?|unserem|obiger|o\.g\.)\s)?$",
    re.IGNORECASE,
)
_BESIDE_THE_CLAIM = re.compile(
    r"\b(?:nebst|samt|inkl\.|inklusive|einschließlich|zuzüglich|zzgl\.|und|mit)\s"
    r"(?:\w{2,12}\s)?\w{0,20}(?:zinsen|kosten|gebühren)\b",
    re.IGNORECASE,
)
_GAVE_AWAY = re.compile(
    r"\b(?:wir|ich)\b[^.!?;]{0,80}\ban\s(?!uns\b|mich\b)[^.!?;]{1,80}?"
    r"\b(?:abgetreten|verkauft|abgegeben|veräußert|übertragen)\b",
    re.IGNORECASE,
)
# "Eine Rechnung, wie Sie schreiben, gibt es hier nicht" is the writer's own word.
_AS_YOU_SAY = re.compile(r",\swie Sie \w{3,20}(?: haben)?(?=,)")
_WORD = re.compile(r"[^\W\d_]")
_LEFT_REACH = 200
_RIGHT_REACH = 120

Place = tuple[int, int]


def is_handed_over(text: str) -> bool:
    """Whether the writer gave the claim away; "an uns abgetreten" says the opposite."""
    if pattern("amount_roles", "collects_anyway").search(text):
        return False
    for match in pattern("amount_roles", "handed_over").finditer(text):
        if match[0].startswith("streichen") and settled_at(text):
            continue
        sentence = sentence_around(text, match.start(), match.end())
        if _names_a_claim_given_away(sentence):
            return True
        if not pattern("amount_roles", "not_handed_over").search(sentence):
            return True
    return False


def _names_a_claim_given_away(sentence: str) -> bool:
    is_given = _GAVE_AWAY.search(sentence)
    return bool(is_given) and bool(pattern("amount_roles", "settled_subject").search(sentence))


def settled_at(text: str) -> Place | None:
    """Where the mail says first, and without a condition, that nothing is owed."""
    listed = (match.span() for match in pattern("amount_roles", "settled").finditer(text))
    denied = (place for place in denials(text) if not _is_of_something_else(text, place))
    for place in sorted((*listed, *denied)):
        clause = _AS_YOU_SAY.sub(" ", _clause_around(text, *place))
        if _OURS.match(text, place[1]):
            continue
        against = any(pattern("amount_roles", key).search(clause) for key in _AGAINST)
        against = against or bool(_ONCE_PAID.search(clause))
        if not against and not _is_asked(text, place[1]) and _is_of_a_claim(text, place):
            return place
    return None


def _is_of_something_else(text: str, place: Place) -> bool:
    """As in "Zinsen werden nicht weiter verlangt" and "die Klage wird nicht weiter verfolgt"."""
    subjects = _subjects(_clause_before(text, place[0]) + text[place[0] : place[1]])
    if subjects and not subjects[-1]:
        return True
    words = _BESIDE_THE_CLAIM.sub(" ", _clause_before(text, place[0]) + text[place[0] : place[1]])
    accessory = max(_last_end(words, "interest"), _last_end(words, "costs"))
    return accessory > _last_end(words, "settled_subject")


def _last_end(words: str, key: str) -> int:
    return max((match.end() for match in pattern("amount_roles", key).finditer(words)), default=-1)


def _is_asked(text: str, end: int) -> bool:
    stop = _CLAUSE_END.search(text, end, end + _RIGHT_REACH)
    return stop is not None and stop[0] == "?"


def _is_of_a_claim(text: str, place: Place) -> bool:
    """Whether what is "erledigt" is the claim, not a letter, an action or somebody's insolvency."""
    start, end = place
    if not pattern("amount_roles", "settled_with_subject").fullmatch(text[start:end]):
        return True
    before, inside, behind = _clause_before(text, start), text[start:end], _clause_behind(text, end)
    for part, position in ((before, -1), (inside, 0), (behind, 0)):
        subjects = _subjects(part)
        if subjects:
            return subjects[position]
    if pattern("amount_roles", "payment").search(before + inside + behind):
        return True
    # "Hat sich erledigt." speaks of the mail's only matter.
    near = text[max(start - _LEFT_REACH, 0) : end]
    return not (_WORD.search(before) or pattern("amount_roles", "other_subject").search(near))


def _subjects(part: str) -> list[bool]:
    """What the words speak of, in their order: True for a claim, False for anything else."""
    found = [
        (match.start(), is_claim)
        for key, is_claim in (("settled_subject", True), ("other_subject", False))
        for match in pattern("amount_roles", key).finditer(part)
        if not _ABOUT.search(part[max(match.start() - 40, 0) : match.start()])
    ]
    return [is_claim for _, is_claim in sorted(found)]


def _clause_before(text: str, start: int) -> str:
    return _CLAUSE_END.split(text[max(start - _LEFT_REACH, 0) : start])[-1]


def _clause_behind(text: str, end: int) -> str:
    return _CLAUSE_END.split(text[end : end + _RIGHT_REACH])[0]


def _clause_around(text: str, start: int, end: int) -> str:
    return _clause_before(text, start) + text[start:end] + _clause_behind(text, end)


def settles(text: str, settled: Place, claimed: Sum) -> bool | None:
    """Whether `claimed` is what was settled: None if the mail can be read both ways."""
    sentence = _clause_around(text, *settled)
    amount = claimed.amount
    same_sentence = text[amount.start : amount.end] in sentence
    if _WAIVES.search(text, *settled) and _OF_SUM.fullmatch(text, settled[1], amount.start):
        return True
    if amount.start >= settled[1]:
        return None if same_sentence and not _is_still_open(claimed) else False
    if same_sentence:
        return True
    if pattern("amount_roles", "side_claim").search(sentence):
        return False
    behind = text[amount.end : sentence_end(text, amount.end)]
    if claimed.role is Role.UNKNOWN:
        return True
    was = pattern("amount_roles", "once").search(claimed.sentence)
    return True if was or pattern("amount_roles", "past_after").search(behind) else None


def _is_still_open(claimed: Sum) -> bool:
    return bool(pattern("amount_roles", "still_open").search(claimed.context))
