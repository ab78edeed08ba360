"""Whether a mail answers for several clients at once: then no single sum is the claim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from functions.worker.reading.language.vocabulary import pattern
from functions.worker.reading.money.role_words import Role
from functions.worker.reading.money.sums import Sum
from functions.worker.reading.parties.names import is_first_name, name_in_order, name_runs
from shared.domain.match_keys import fold_letters

_LONGEST_ENTRY = 220
_NAME_WITHIN = 60
_MAY_BE_OWED = frozenset({Role.TOTAL, Role.BALANCE, Role.UNKNOWN})

# As in "Herr Kurz: 300,00 EUR" and "für Frau Sommer 200,00 EUR".
_PERSON_AND = re.compile(
    r"[^\w\n]*(?:\b[\w.]{1,20}[\s:,]{1,3}){0,4}?(?:Frau|Herrn?)\s([A-ZÄÖÜ][\w'’-]{2,30})"
    r"[\s:,–-]{1,4}(?:(?:Saldo|Forderung|Rückstand|offen|noch|mit|schuldet|uns)[\s:,]{1,2}){0,3}"
    r"(?:EUR |€ )?"
)


def concerns_several_debtors(sums: Sequence[Sum]) -> bool:
    """At least two entries that name different people, each with another sum."""
    claims = [one for one in sums if one.role in _MAY_BE_OWED]
    if len({found[1] for one in claims if (found := _PERSON_AND.fullmatch(one.before))}) > 1:
        return True
    named = {name: one.amount.value for one in claims for name in _debtors_in(one)}
    return len(named) > 1 and not any(
        pattern("people", "joint").search(one.surroundings) for one in claims
    )


def _debtors_in(one: Sum) -> Iterator[frozenset[str]]:
    """The name near the beginning of the line, if the line is an entry for one person."""
    line = one.line.strip()
    if len(line) > _LONGEST_ENTRY:
        return
    for start, end in name_runs(line):
        name = name_in_order(line[start:end], addressed=False)
        given = [part.strip() for part in (name, *name.split(",")[1:])]
        is_full = len(name.split()) > 1
        if start <= _NAME_WITHIN and is_full and any(is_first_name(part) for part in given):
            yield frozenset(re.findall(r"[^\W\d_]+", fold_letters(name, umlaut_with_e=True)))
            return
