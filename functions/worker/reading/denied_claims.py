"""Where the writer denies his claim, or gives it up, in whatever order the words stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from functions.worker.reading.vocabulary import pattern

_REACH = 120
_NOUN = (
    r"(?:(?:[^\W\d_]{3,20})?(?:forderung(?:en)?|rückst[aä]nd(?:e[sn]?)?|schuld(?:en)?"
    r"|anspr[uü]ch(?:e[sn]?)?|außenst[aä]nde?n?|verbindlichkeit(?:en)?)"
    r"|saldo|(?:offenen? |fälligen? )?(?:posten|beträge|betrag))"
)
_ADJECTIVES = r"(?:(?:offenen?|weiteren?|alten?|neuen?|fälligen?|irgendwelchen?|eigenen?|solchen?|noch|oder|und)\s{1,3}){0,4}"
_CLAUSE = r"[^.!?;:\n]"
_GIVING_UP = (
    r"(?:verlangt|verlangen|verfolgt|verfolgen|gefordert|fordern|eingefordert|beansprucht"
    r"|beanspruchen|beigetrieben|eingezogen|betrieben|betreiben|zurückgefordert|zurückverlangt"
    r"|geltend (?:gemacht|machen))"
)
_DENIALS = (
    # "weder alte noch neue Rückstände"
    rf"\bweder\s{_CLAUSE}{{0,30}}?\b{_NOUN}\s{_CLAUSE}{{0,20}}?\bnoch\b|\bweder {_ADJECTIVES}{_NOUN}",
    # "keine Posten mehr", "keine Ansprüche ... mehr geltend"
    rf"\bkeine(?:n|r|rlei)? {_ADJECTIVES}{_NOUN}\s{{1,3}}mehr\b",
    rf"\bkeine(?:n|r|rlei)? {_ADJECTIVES}{_NOUN}{_CLAUSE}{{0,60}}?\bmehr\s(?:geltend|offen|gegen)",
    # "Eine Forderung gegen ihn gibt es nicht"
    rf"\b[Ee]in(?:e[n]?)? (?:offene[rn]? )?{_NOUN}\s(?!zur\b|auf\b|Ihre[srn]?\b){_CLAUSE}{{0,60}}?\b(?:gibt es|existiert|besteht|haben wir|liegt|ist)"
    r"\s(?:insoweit |gegen \w{2,4} )?(?:nicht|nie)(?:\smehr)?(?=[\s,]{0,2}(?:[.,;]|$|vor\b|hat\b))",
    rf"\b{_NOUN} konnten? {_CLAUSE}{{0,20}}?nie entstehen",
    # "wird nicht weiter verlangt"
    rf"\b(?:nicht|nichts|keine Zahlung(?:en)?)\s(?:mehr|länger|weiter)\s{_CLAUSE}{{0,20}}?{_GIVING_UP}\b",
    rf"\bverfolgen wir (?:daher |deshalb )?(?:nicht|sie nicht) (?:mehr|länger|weiter)\b",
    rf"\bsehen wir {_CLAUSE}{{0,60}}?von (?:der|einer) (?:weiteren )?(?:Geltendmachung|Beitreibung|Verfolgung)"
    rf"{_CLAUSE}{{0,60}}?\bab\b",
    rf"\bvon {_CLAUSE}{{2,40}}?wollen wir nichts\b",
    rf"\b(?:möchte|will|wollen|möchten) (?:ich|wir) {_CLAUSE}{{0,60}}?nichts mehr (?:zurück|haben)\b",
    r"\bnie geschuldet\b|\bnie etwas geschuldet\b",
    rf"\bschulde[tn] {_CLAUSE}{{0,40}}?(?:uns|mir) {_CLAUSE}{{0,30}}?\b(?:nichts|kein\w{{0,2}} \w{{3,20}})\b",
    rf"\bmachen {_CLAUSE}{{0,60}}?\bnichts geltend\b",
    r"\berheben (?:wir )?keine (?:Ansprüche|Forderungen)\b",
    r"\bschulden: (?:keine|null|0)\b",
)
_DENIED = re.compile("|".join(_DENIALS), re.IGNORECASE)
_CLOSED = re.compile(
    rf"\b(?:{_NOUN}|rechnung|darlehen|titel|betrag|vergleich|konto|kassenzeichen \S{{3,20}}|sache)\b"
    rf"[^.!?;\n]{{0,90}}?\b(?:(?:ist|sind|wurden?|wird|haben wir|habe ich|hat sie|hat er|als|damit|uns)\b"
    rf"[^.!?;\n]{{0,60}}?)?\b(?:storniert|abgegolten|erloschen|abgetragen|entwertet|annulliert"
    r"|endgültig erlassen|gegenstandslos)\b",
    re.IGNORECASE,
)
_QUITS = re.compile(
    r"\bwir sind (?:nun |jetzt )?quitt\b"
    r"|\bentwertete[nr]? (?:Titel|Vollstreckungs|Schuldtitel|Ausfertigung)"
    r"|\bTitel (?:\w{3,12} ){0,3}?(?:entwertet|anbei zurück|zurückgegeben|ausgehändigt)"
    r"|\bbeitragskonto ausgeglichen\b|\bwrote off(?: the (?:balance|debt|amount|claim)(?: of)?)?\b|\bwritten off\b|\bno longer (?:seek|pursue|claim)",
    re.IGNORECASE,
)
_GRAMMARS = (_DENIED, _CLOSED, _QUITS)


def denials(text: str) -> Iterator[tuple[int, int]]:
    """The places of the words that give up or deny a claim."""
    for grammar in _GRAMMARS:
        for match in grammar.finditer(text):
            yield match.span()
