"""A claim told as what was due and what was paid on it: "von 500 EUR sind erst 350 EUR bezahlt"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from functions.worker.reading.claim.runs_of_parts import SignedPart
from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sums import Sum

_ZERO = Decimal("0.00")
_BEHIND = 200
_NO_GROSS = frozenset({Role.OFFER, Role.OURS, Role.INSTALMENT, Role.INTEREST, Role.COSTS})
_PAID = re.compile(
    r"(?<!hinzu )(?<!dazu )\b(?:kam|kamen|flossen|(?:zurück|ab|an|be|ein)?gezahlt|bezahlt|geleistet"
    r"|geflossen|entrichtet|überwiesen|erhalten|eingegangen|beglichen|getilgt|gegeben|erstattet"
    r"|bekommen|zurückgegeben|wiedergegeben|hingelegt|gebracht|abgetragen|abgestottert|abbezahlt"
    r"|ersetzt|reguliert|übernommen|gutgeschrieben|verrechnet|(?:gingen"
    r"|ging)\b[^.;]{1,60}\b(?:ein|an))\b",
    re.IGNORECASE,
)
_ONLY = re.compile(
    r"\b(?:erst|bislang nur|bisher nur|nur|lediglich|gerade einmal|bloß)\b", re.IGNORECASE
)
_CLAUSE_END = re.compile(r"[.,;]\s|\.$")
_PAID_IN_PARTS = re.compile(
    r"(?:^|[.;\n]\s?)\W{0,3}(?:Abschl[aä]ge?|Anzahlung(?:en)?|Vorschuss|Vorschüsse"
    r"|Teilzahlung(?:en)?"
    r"|Zahlung(?:en)?|Akontozahlung(?:en)?|Akonti|Akonto)(?:\sdarauf|\shierauf|\sdes Kunden)?"
    r"(?::|\svon|\sin Höhe von)\s(?:EUR |€ )?$"
)
_AND = re.compile(r"\s?(?:,|und|sowie|\+)\s{1,2}(?:nochmals? |weitere |dann )?(?:EUR |€ )?")
# What is left is owed, though nobody says how much it is.
_REST_IS_OWED = re.compile(
    r"\b(?:mehr nicht|mehr kam nicht|sonst nichts|nichts weiter|weiter nichts"
    r"|danach nichts|seither nichts|dann (?:kam|kamen|war|ging) (?:\w{3,10} )?(?:nichts|nix"
    r"|Schluss|keine?)\b"
    r"|seitdem (?:nichts|nix|kein\w?)\b|(?:den|der) Rest\b[^.!?]{0,30}\b(?:bringt|zahlt|schuldet"
    r"|überweist)\b"
    r"|(?:de[rnm]|das|die|ein)\s(?:Rest|Restbetrag|Übrige|übrige\w?|restliche\w?|verbleibende\w?"
    r"|Differenz)"
    r"\b[^.!?]{0,80}\b(?:nicht|offen|entrichten|zahlen|erwarten|fordern|verlangen|schuldet|aus"
    r"|fehl(?:t|en)"
    r"|unbezahlt|fordere|will ich|hätte ich gern|noch))\b",
    re.IGNORECASE,
)
_BY_US = re.compile(
    r"\b(?:(?:haben|hatten) wir|(?:habe|hatte) ich|wir haben|ich habe)\b"
    r"(?!\s(?:erhalten|bekommen|nur))",
    re.IGNORECASE,
)
_UNCERTAIN = re.compile(
    r"\b(?:wenn|falls|sofern|oder|statt|hätten?|ob|wäre\w?|würde\w?|könnte\w?|vergleich\w{0,4}"
    r"|verzicht\w{0,3}"
    r"|erlassen|erlass\w?|ausgebucht|vorschlag\w{0,2}|angebot\w{0,2}|bereits berücksichtigt)\b",
    re.IGNORECASE,
)


def rest_after_payments(sums: Sequence[Sum]) -> tuple[SignedPart, ...]:
    """The sum that was due, then all that was paid on it; nothing if further sums are told."""
    told = [one for one in sums if not one.is_aside]
    if len(told) < 2 or len(told) != len(sums):  # noqa: PLR2004
        return ()
    gross, paid = told[0], told[1:]
    if gross.role in _NO_GROSS or not _are_payments(paid):
        return ()
    words = f"{gross.sentence} {' '.join(one.sentence for one in paid)}"
    around = paid[-1].surroundings[-_BEHIND:]
    are_credits = all(one.amount.value < _ZERO for one in paid)
    is_rest = are_credits or _ONLY.search(paid[-1].before) or _REST_IS_OWED.search(around)
    if (
        not is_rest
        or _UNCERTAIN.search(words)
        or pattern("amount_roles", "newest").search(
            gross.sentence.partition(gross.before)[0] + gross.before
        )
    ):
        return ()
    rest = gross.owed - sum((one.owed for one in paid), _ZERO)
    return ((gross, 1), *((one, -1) for one in paid)) if rest > _ZERO else ()


def _are_payments(sums: Sequence[Sum]) -> bool:
    """Also "Abschläge: 2.000 EUR und 2.500 EUR"."""
    are_paid = _is_payment(sums[0]) or bool(_PAID_IN_PARTS.search(sums[0].before))
    return are_paid and all(_is_payment(one) or _AND.fullmatch(one.before) for one in sums[1:])


def _is_payment(one: Sum) -> bool:
    """Its own clause says that it was paid."""
    clause = one.before + " # " + _CLAUSE_END.split(one.after)[0]
    is_ours = pattern("amount_roles", "unpaid").search(clause) or _BY_US.search(clause)
    is_paid = one.amount.value < _ZERO or _PAID.search(clause)
    return bool(is_paid) and not is_ours
