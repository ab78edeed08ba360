"""Where the writer denies his claim, or gives it up, in whatever order the words stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from functions.worker.reading.language.vocabulary import small_letters, source


def _words(key: str) -> str:
    return source("denials", key).lower()


_NOUN, _PLURAL = (rf"(?:{_words(key)})" for key in ("claim", "claims"))
_BILL = rf"(?:{_NOUN}|{_words('bill')})"
_ADJECTIVES = rf"(?:(?:{_words('adjective')})\s{{1,3}}){{0,4}}"
_CLAUSE = r"(?:[^.!?;:\n]|\.(?=\d)|(?<=\d)\.(?=\s[a-zäöü]))"
_GIVEN_UP = rf"(?:{_words('given_up')})"
_OTHER = r"(?<!weitere )(?<!weiteren )(?<!andere )(?<!anderen )(?<!sonstige )"
_DENIED = (
    # "weder alte noch neue Rückstände"
    rf"weder\s{_CLAUSE}{{0,30}}?\b{_NOUN}\s{_CLAUSE}{{0,20}}?\bnoch\b",
    rf"weder {_ADJECTIVES}{_NOUN}",
    # "keine Posten mehr", "keine Ansprüche aus der Rechnung mehr geltend"
    rf"keine(?:n|r|rlei)? {_ADJECTIVES}{_NOUN}\s{{1,3}}mehr\b",
    rf"keine(?:n|r|rlei)? {_ADJECTIVES}{_NOUN}{_CLAUSE}{{0,60}}?\bmehr\s(?:geltend|offen|gegen)",
    # "Eine Forderung gegen ihn gibt es nicht"
    (
        rf"eine?n? (?:offene[rn]? )?{_NOUN}\s(?!zur\b|auf\b|ihre[srn]?\b){_CLAUSE}{{0,60}}?"
        r"\b(?:gibt es|existiert|besteht|haben wir|liegt|ist)\s"
        r"(?:insoweit |gegen \w{2,4} )?(?:nicht|nie)"
        r"(?:\smehr)?(?=[\s,]{0,2}(?:[.,;]|$|vor\b|hat\b))"
    ),
    (
        rf"{_OTHER}{_PLURAL}\s(?:{_CLAUSE}{{1,60}}?\s)?(?:gibt es|existieren|haben wir|bestehen"
        rf"|sehen wir)"
        r"\s(?:\w{3,12} ){0,2}(?:nicht|keine)(?=[\s,]{0,2}(?:[.,;]|$))"
    ),
    (
        rf"(?<!auf )eine (?:offene |solche )?rechnung\s{_CLAUSE}{{0,60}}?\b(?:gibt es|existiert)\s"
        r"(?:hier |bei uns )?(?:nicht|nie)(?=[\s,]{0,2}(?:[.,;]|$))"
    ),
    # The answer behind a colon is "keine".
    rf"{_OTHER}{_NOUN}(?:\s{_CLAUSE}{{1,50}}?)?:\s(?:keine?|null|nichts|nihil)(?=\s?[.,;!\n]|$)",
    (
        r"von (?:ihre[mr] mandant\w{0,3}|ihm|ihr|herrn \S{2,20}|frau \S{2,20})\s"
        r"(?:bekommen|erhalten|kriegen|brauchen|wollen|fordern) wir (?:\w{3,8} ){0,2}nichts mehr\b"
    ),
    rf"{_NOUN} konnten? {_CLAUSE}{{0,20}}?nie entstehen",
    r"schulden: (?:keine|null|0)\b",
    # "wird nicht weiter verlangt"
    (
        r"(?:nicht|nichts|keine zahlung(?:en)?)\s(?:mehr|länger|weiter)"
        rf"\s{_CLAUSE}{{0,20}}?{_GIVEN_UP}\b"
    ),
    r"verfolgen wir (?:daher |deshalb )?(?:sie )?nicht (?:mehr|länger|weiter)\b",
    (
        rf"(?:sehen wir|wir sehen|sehe ich|ich sehe) {_CLAUSE}{{0,60}}?von (?:der|einer) "
        r"(?:weiteren )?"
        rf"(?:geltendmachung|beitreibung|verfolgung){_CLAUSE}{{0,60}}?\bab\b"
    ),
    rf"\bsehen von der geltendmachung{_CLAUSE}{{1,80}}?\bab\b",
    (
        r"(?<!ablauf )(?<!derzeit )(?<!zurzeit )(?:verlangen|fordern|beanspruchen) wir nichts"
        r"(?=\s?[.,!]|$)"
    ),
    r"wir (?:verlangen|fordern|beanspruchen) nichts(?=\s?[.,!]|$)",
    rf"{_NOUN}\s(?:wird|werden) (?:\w{{3,10}} ){{0,2}}nicht (?:mehr )?(?:erhoben|gestellt)\b",
    r"keinerlei (?:rechte|ansprüche|forderungen) mehr\b",
    rf"von {_CLAUSE}{{2,40}}?wollen wir nichts\b",
    rf"(?:möchten?|will|wollen) (?:(?:ich|wir) )?{_CLAUSE}{{0,60}}?nichts mehr (?:zurück|haben)\b",
    (
        rf"schulde[tn] {_CLAUSE}{{0,40}}?(?:uns|mir) {_CLAUSE}{{0,30}}?"
        r"\b(?:nichts|kein\w{0,2} \w{3,20})\b"
    ),
    rf"machen {_CLAUSE}{{0,60}}?\bnichts geltend\b",
    r"erheben (?:wir )?keine (?:ansprüche|forderungen)\b",
    r"nie (?:etwas )?geschuldet\b",
    r"(?:muss|müssen|braucht|brauchen) (?:uns )?nichts (?:mehr )?(?:zu )?(?:zu|be|nach)?zahlen\b",
)
_CLOSED = (
    (rf"{_BILL}\b{_CLAUSE}{{0,90}}?\b(?:{_words('closed')})\b"),
    (
        rf"{_BILL}\b{_CLAUSE}{{0,60}}?\b(?:wurden?|haben sie|hat (?:sie|er))\s{_CLAUSE}{{0,40}}?"
        r"\b(?:vollständig|restlos|komplett|am \d{1,2}\.\s?\d{0,2}\.?\d{0,4}|im \w{3,9})\s"
        r"(?:be|ge)?(?:zahlt|glichen)\b"
    ),
    (
        rf"heben wir {_CLAUSE}{{0,30}}?\w{{0,25}}(?:bescheid|forderung|rechnung)\b"
        rf"{_CLAUSE}{{0,60}}?\bauf\b"
    ),
    r"wir sind (?:nun |jetzt )?quitt\b",
    # "Die früher gemahnten 212 EUR sind damit hinfällig."
    (
        r"\d{1,3}(?:,\d\d)?\s?(?:eur|€|euro)\s(?:sind|ist|werden|wird|haben sich"
        rf"|hat sich)\s(?:\w{{3,10}}\s){{0,3}}(?:{_words('over')})\b"
    ),
    (
        r"damit (?:sind|ist) (?:die|das|der|alle)\s"
        rf"{_CLAUSE}{{2,40}}?(?:zurück|getilgt|vom tisch|beglichen|abgetragen)(?=\s?[.,!]|$)"
    ),
    (
        rf"(?:verfahren|vollstreckung|beitreibung)\swegen\s{_CLAUSE}{{2,60}}?"
        r"\b(?:haben wir|wurde|ist|wird)\s(?:\w{3,12} ){0,2}eingestellt\b"
    ),
    (
        r"(?:die|diese|das) (?:sache|angelegenheit|ding|thema) ist "
        r"(?:für uns |damit |hiermit |bei uns ){0,3}"
        r"(?:abgeschlossen|durch)\b"
    ),
    r"entwertete[nr]? (?:titel|vollstreckungs|schuldtitel|ausfertigung)",
    r"titel (?:\w{3,12} ){0,3}?(?:entwertet|anbei zurück|zurückgegeben|ausgehändigt)\b",
    r"beitragskonto ausgeglichen\b",
    r"wrote off(?: the (?:balance|debt|amount|claim)(?: of)?)?\b",
    r"written off\b",
    r"no longer (?:seek|pursue|claim)",
    # Money that goes to the debtor.
    rf"haben wir {_CLAUSE}{{0,40}}?ihre[rmn]? mandant\w{{0,3}} (?:noch )?zu erstatten\b",
    rf"(?:wir zahlen|zahlen wir) ihre[rm] mandant\w{{0,3}} {_CLAUSE}{{0,40}}?\baus\b",
)
# They are looked for in small letters, which takes half the time that ignoring capitals takes.
_GRAMMARS = tuple(
    re.compile(rf"\b(?:{'|'.join(alternatives)})") for alternatives in (_DENIED, _CLOSED)
)
# "Die Rechnung vom März wurde bezahlt, die vom April nicht."
_BUT_ANOTHER = re.compile(
    r"\b(?:offen|(?<!auch )nicht|fehl(?:t|en)|aber)\b"
    r"|,\s(?:die|der|das) (?:vom|aus|über|für)\b|^\sals\b"
    r"|\bsondern\b(?!.{0,60}guthaben)",
    re.IGNORECASE,
)
_IS_PAID = re.compile(r"\b(?:be|ge)(?:zahlt|glichen|stritten)\b|\bausgeglichen\b|\berfüllt\b")
# "Ihre Offerte über 350 EUR ist damit vom Tisch."
_OFFER = re.compile(
    r"\b\w{0,12}(?:offerte|angebot|vorschlag|rate|plan|gebot|vergleich|nachlass|gebühr|kosten"
    r"|antrag|klage|titel)\w{0,3}\b"
    r"[^.;!?]{0,40}$",
    re.IGNORECASE,
)
_BEHIND, _BEFORE = 100, 80


def denials(text: str) -> Iterator[tuple[int, int]]:
    """The places of the words that give up or deny a claim."""
    for grammar in _GRAMMARS:
        for match in grammar.finditer(small_letters(text)):
            rest = re.split(r"[.!?](?:\s|$)|\n\n", text[match.end() : match.end() + _BEHIND])[0]
            neither_is_paid = match[0].startswith("weder") and _IS_PAID.search(rest)
            before = text[max(match.start() - _BEFORE, 0) : match.start()]
            is_of_an_offer = match[0][0].isdigit() and _OFFER.search(before)
            if not (_BUT_ANOTHER.search(rest) or neither_is_paid or is_of_an_offer):
                yield match.span()
