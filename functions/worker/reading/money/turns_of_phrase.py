"""Turns of phrase that make a sum the claim, a payment or another debtor's, whatever its label."""

from __future__ import annotations

import re
from dataclasses import replace

from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sums import Sum

_BEHIND, _NEAR = 140, 20
_LEFT_OPEN = frozenset({Role.UNKNOWN, Role.OURS, Role.IRRELEVANT, Role.PAST, Role.BALANCE})
_CLAUSE_END = re.compile(r"[,;:.!?](?=\s)")
_SUM = r"\s{1,2}(?:(?:rund|exakt|genau|insgesamt|noch|zuletzt)\s)?(?:EUR |€ )?$"
_AGAINST = re.compile(
    r"\b(?:nicht|nie|kein\w{0,2}|statt|wenn|falls|sofern|wär\w{0,3}|würd\w{0,3}|rate\w?"
    r"|monatlich\w?|je|pro)\b",
    re.IGNORECASE,
)
# "Bitte setzen Sie in Ihrem Verzeichnis für uns 450 EUR ein."
_FOR_YOUR_LIST = re.compile(
    r"\b(?:setzen|tragen|nehmen|führen|berücksichtigen|notieren|vermerken|legen|stellen|hinterlegen"
    rf"|erfassen|verzeichnen)\sSie\b[^.;:\n\d]{{0,90}}{_SUM}",
    re.IGNORECASE,
)
_PLEASE = re.compile(rf"\bbitte\b[^.;:\n\d]{{0,90}}{_SUM}", re.IGNORECASE)
_INTO_YOUR_LIST = re.compile(
    r"(?:[^.;\n]|\.(?=\d)){0,60}\b(?:eintragen|einsetzen|aufnehmen|ansetzen|berücksichtigen"
    r"|einstellen"
    r"|vermerken|notieren|übernehmen|führen)\b",
    re.IGNORECASE,
)
_YOURS = re.compile(
    r"\bIhre[rnm]? (?:\w{0,12}(?:liste|verzeichnis|plan|aufstellung|übersicht|tabelle|unterlagen))"
)
_WITH = re.compile(rf"\bmit{_SUM}", re.IGNORECASE)
_ON_RECORD = re.compile(
    r"\s{1,2}(?:[^\W\d]{2,16}\s){0,3}?(?:aktenkundig|notiert|verbucht|gebucht|erfasst|vermerkt"
    r"|vorgemerkt|registriert|hinterlegt|verzeichnet|dabei|in den Büchern|in der Liste"
    r"|in Ihr(?:e|en|em) (?:Liste|Verzeichnis|Plan)|zu (?:führen|berücksichtigen|erfassen)"
    r"|aufzunehmen|einzustellen|anzusetzen|einzutragen|anzumelden)\b",
    re.IGNORECASE,
)
_ARRIVED = re.compile(
    rf"\b(?:sind|stehen|liegen|wären) wir (?:\w{{3,12}} ){{0,3}}bei{_SUM}"
    rf"|\bwir (?:sind|stehen|liegen) (?:\w{{3,12}} ){{0,3}}bei{_SUM}",
    re.IGNORECASE,
)
_AT = re.compile(rf"(?:^|[.,;:]\s)\W{{0,4}}bei{_SUM}", re.IGNORECASE)
_ARRIVED_BEHIND = re.compile(r"\s(?:sind|stehen|liegen) wir\b")
_SAID_BEFORE = re.compile(
    rf"\bes sind(?:\s[^\W\d]{{3,14}}){{0,3}}?{_SUM}"
    rf"|\bauf (?:Ihren?|Frau|Herrn?|ihn|sie|diese[ns]?)\b[^.;,\d]{{0,40}}\bentf(?:allen|ällt)"
    rf"(?: [^\W\d]{{3,12}}){{0,3}}{_SUM}"
    rf"|\b(?:addieren|summieren) sich\b[^.;,\d]{{0,40}}\bauf{_SUM}"
    rf"|\bgläubiger(?:in)? (?:von|über|in Höhe von|mit){_SUM}"
    rf"|\b(?:rechnen|rechne) (?:wir|ich) (?:\w{{3,8}} ){{0,2}}mit{_SUM}"
    rf"|\bwir rechnen (?:\w{{3,8}} ){{0,2}}mit{_SUM}"
    r"|\b(?:festgesetzt|angemeldet|ausgeurteilt|tituliert|eingeklagt|zugesprochen|zuerkannt"
    r"|erstattungspflichtig"
    r"|rückzahlungspflichtig)"
    rf" (?:sind|ist|wurden|bleiben|haben wir)(?: (?:uns|jetzt|nun|derzeit|nunmehr|aktuell))?{_SUM}"
    rf"|\b(?:auf|im|in) (?:(?:dem|der|meinem|unserem) )?(?:\w{{0,12}}deckel|zettel|kerbholz"
    rf"|schuldschein"
    rf"|\w{{0,10}}buch|\w{{0,12}}konto) (?:steht|stehen|haften)(?: (?:noch|jetzt|heute|derzeit"
    rf"|aktuell))?{_SUM}"
    r"|\bnur noch (?:auf|über|um|mit|von|aus|die|den|das|restliche\w?)\s[^.;,\d]{0,40}"
    r"(?<!rate)(?<!raten)\s(?:EUR |€ )?$",
    re.IGNORECASE,
)
_NOTHING_CHANGED = re.compile(
    r"[^.;!?\d]{0,30}\b(?:hat sich (?:\w{3,10} )?nichts geändert|ist unverändert|gilt unverändert"
    r"|gilt (?:weiter\w{0,3}|nach wie vor|fort)|hat weiter\w{0,3} Bestand"
    r"|hat (?:nach wie vor )?Bestand|bleibt maßgeblich|ist (?:weiter\w{0,3} "
    r"|nach wie vor )aktuell)\b",
    re.IGNORECASE,
)
_WOULD_TAKE_YEARS = re.compile(
    r"[^.;,\d]{0,50}\b(?:Jahre|Jahren|Jahrzehnte|Monate|ewig)\b[^.;,\d]{0,20}\b"
    r"(?:dauern|brauchen|vergehen|laufen|hinziehen|ziehen|bedeuten)\b",
    re.IGNORECASE,
)
_WOULD_AT = re.compile(rf"\bwürden?\b[^.;\d]{{0,40}}\bbei{_SUM}", re.IGNORECASE)
# "Auf die 4.200 EUR verzichten wir nicht."
_ON_THESE = re.compile(
    r"\bauf (?:(?:die|den|unsere|meine|diese) )?(?:\w{4,16} )?(?:EUR |€ )?$", re.IGNORECASE
)
_NOT_FORGONE = re.compile(
    r"(?:,\s(?:die|den) [^.;,]{3,60},)?\s(?:\w{2,8} )?(?:nicht verzichten|verzichten? (?:wir"
    r"|ich) (?:\w{3,8} )?nicht"
    r"|(?:besteh|beharr)(?:en|e) (?:wir|ich))\b",
    re.IGNORECASE,
)
_STILL = re.compile(
    r"\s?,\s(?:so hoch|so viel) (?:ist|sind|schuldet|steht)\b"
    r"|\ssind es (?:(?:also|jetzt|heute|damit|nur|somit|nun) ){0,2}noch\b"
)
_BOUND = re.compile(r"\b(?:ab|bis|über|unter|von)\s(?:EUR |€ )?$", re.IGNORECASE)
_OTHERWISE = re.compile(
    r"\b(?:als|bis|vom|(?:von|bei) [A-ZIu]\w+|einmal\w{0,4}|Rate\w?|Vergleich\w{0,2})\b"
)
_DEMANDED_BEHIND = re.compile(
    r"\s(?:klag|forder|verlang|beanspruch|bekomm|krieg|treib|vollstreck|reklamier|meld)(?:e?n|e)\s"
    r"(?:wir|ich)\b(?P<rest>[^.;,!?]{0,60})",
)
# "2.600 EUR, und genau die will ich wieder"
_WHICH_IS_WANTED = re.compile(
    r"\s?,\s(?:und\s)?(?:genau\s|nur\s)?(?:die|den|das|diese[ns]?"
    r"|welche[ns]?)\s(?P<rest>[^.;!?]{0,90}?)"
    r"\b(?:forder(?:n|e)|verlangen?|(?:will|wollen|möchten?|hätten?) (?:ich|wir)(?=[^.;!?]{0,30}\b"
    r"(?:wieder|zurück|haben|gern)\b)|beanspruchen?|geltend machen?|zurückfordern?|einfordern?"
    r"|einklagen?)\b",
    re.IGNORECASE,
)
_CONFIRMED_NEXT = re.compile(
    r"[^.!?;\n\d]{0,60}[.;–-]\s{1,2}(?:(?:(?:Dies|Diese[nrs]?) (?:Wert|Betrag|Summe|Zahl|Angabe"
    r"|Höhe|Stand|Saldo"
    r"|Ansatz|Forderung)?|Das|Dies|Die (?:Summe|Zahl|Höhe|Angabe)|Der Betrag)\s)"
    r"(?:(?:können|kann|möchten|dürfen) (?:wir|ich)|bestätig\w{1,3}|ist|trifft|stimmt|deckt sich"
    r"|entspricht)\b"
    r"(?P<rest>[^.!?;]{0,60})",
    re.IGNORECASE,
)
_AGREES = re.compile(
    r"\b(?:bestätig\w{1,4}|richtig|korrekt|zutreffend|zu|stimmt|deckt|entspricht)\b", re.IGNORECASE
)
# The debt of one of the "anderen Kunden".
_ANOTHERS = re.compile(
    r"\beine[smr] (?:andere|weitere)[nrs]?\s(?:Kund|Schuldner|Mandant|Patient|Miet|Mitglied"
    r"|Versichert"
    r"|Person|Beitragspflichtig|Teilnehmer|Namens)\w{0,8}\s[^.;,\d]{0,24}(?:EUR |€ )?$",
    re.IGNORECASE,
)
# Money came in: "gingen hier 500 EUR ein".
_OUTDATED = re.compile(
    r"\s?\)?\s(?:[^.;,\d]{1,30}\s)?(?:ist|sind|war|waren)\s(?:\w{3,12}\s){0,2}(?:überholt"
    r"|veraltet|unrichtig|falsch"
    r"|unzutreffend|nicht mehr (?:aktuell|richtig|zutreffend)|ein Versehen|ein Irrtum"
    r"|ein Tippfehler)\b"
)
_CAME_IN = (
    re.compile(r"\b(?:ging|gingen|geht|traf|trafen|kam|kamen)\b[^.;,\n]{0,60}$"),
    re.compile(r"\s{1,2}(?:[^\W\d]{2,14}\s){0,3}?(?:ein|an)(?=[\s.,;!]|$)"),
)


def turned(text: str, one: Sum) -> Sum:
    """The sum with the role that the turn of phrase around it gives it, if any does."""
    if _ANOTHERS.search(one.before):
        return replace(one, role=Role.IRRELEVANT)
    if one.role in {Role.UNKNOWN, Role.BALANCE} and _OUTDATED.match(one.after):
        return replace(one, role=Role.PAST)
    came, inward = _CAME_IN
    if one.role in {Role.UNKNOWN, Role.BALANCE} and came.search(one.before):
        return replace(one, role=Role.PAST) if inward.match(one.after) else one
    if one.role not in _LEFT_OPEN | {Role.PRINCIPAL} or one.amount.is_credit:
        return one
    is_claimed = _is_claimed(text, one)
    return replace(one, role=Role.BALANCE, is_declared=True) if is_claimed else one


def _is_claimed(text: str, one: Sum) -> bool:
    behind = text[one.amount.end : one.amount.end + _BEHIND]
    clause = _CLAUSE_END.split(one.before)[-1]
    if _is_confirmed(one, behind) or _is_held_on_to(one, behind):
        return True
    if _AGAINST.search(clause + " # " + _CLAUSE_END.split(one.after)[0][:_NEAR]):
        return False
    if _is_for_your_list(one, behind) or _is_adopted(one, clause):
        return True
    return one.role is not Role.OURS and (
        bool(_SAID_BEFORE.search(one.before) or _ARRIVED.search(one.before))
        or bool(_AT.search(one.before) and _ARRIVED_BEHIND.match(behind))
        or bool(_WITH.search(one.before) and _ON_RECORD.match(behind))
        or _is_demanded_behind(one, behind)
    )


def _is_adopted(one: Sum, clause: str) -> bool:
    """As in "der von Ihnen genannte Saldo von 450 EUR ist richtig"."""
    after = _CLAUSE_END.split(one.after)[0]
    is_right = pattern("amount_roles", "confirmed_after").search(after)
    is_ours = pattern("amount_roles", "ours").search(clause)
    return bool(is_right and is_ours) and not _AGAINST.search(clause + after)


def _is_held_on_to(one: Sum, behind: str) -> bool:
    """Whether what is said behind the sum is that the writer wants it, wants it still, or all."""
    wanted = _WHICH_IS_WANTED.match(behind)
    is_kept = one.role in {Role.UNKNOWN, Role.PAST} and _ON_THESE.search(one.before)
    return (
        bool(wanted and not _AGAINST.search(wanted[0]))
        or bool(is_kept and _NOT_FORGONE.match(behind))
        or bool(_NOTHING_CHANGED.match(behind) or _STILL.match(behind))
        or bool(_WOULD_AT.search(one.before) and _WOULD_TAKE_YEARS.match(behind))
    )


def _is_for_your_list(one: Sum, behind: str) -> bool:
    """As in "bitte setzen Sie 450 EUR ein" and "bitte 450 EUR in Ihre Liste aufnehmen"."""
    is_asked = _PLEASE.search(one.before) and _INTO_YOUR_LIST.match(behind)
    is_yours = is_asked and _YOURS.search(one.before + behind)
    return bool(_FOR_YOUR_LIST.search(one.before) or is_yours)


def _is_demanded_behind(one: Sum, behind: str) -> bool:
    """As in "die restlichen 1.140 EUR klagen wir ein"."""
    is_open = one.role is Role.UNKNOWN and not _BOUND.search(one.before)
    is_demanded = _DEMANDED_BEHIND.match(behind)
    return is_open and bool(is_demanded) and not _OTHERWISE.search(behind[:80])


def _is_confirmed(one: Sum, behind: str) -> bool:
    """Our figure, which the next sentence calls right."""
    said = _CONFIRMED_NEXT.match(behind) if one.role is Role.OURS else None
    return bool(said and _AGREES.search(said[0]) and not _AGAINST.search(said[0]))
