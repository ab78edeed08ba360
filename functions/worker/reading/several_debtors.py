"""Whether a mail answers for several clients at once: then no single sum is the claim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from functions.worker.reading.names import is_first_name, name_in_order, name_runs
from functions.worker.reading.role_words import Role
from functions.worker.reading.sums import Sum
from functions.worker.reading.vocabulary import pattern
from shared.domain.match_keys import fold_letters

_LONGEST_ENTRY = 220
_NAME_WITHIN = 60
_MAY_BE_OWED = frozenset({Role.TOTAL, Role.BALANCE, Role.UNKNOWN})


def concerns_several_debtors(sums: Sequence[Sum]) -> bool:
    """At least two lines that name different people, each with another sum."""
    claims = [one for one in sums if one.role in _MAY_BE_OWED]
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
