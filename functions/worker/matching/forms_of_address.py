"""Tells whether a mail calls somebody Herr or Frau, and which of the two goes with his name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from enum import StrEnum

from functions.worker.reading.language.vocabulary import source, words
from functions.worker.reading.parties.names import is_first_name
from shared.domain.match_keys import PersonName, fold_letters

_FORM = re.compile(
    r" (?:(?P<sir>herrn?|hr)|(?P<madam>frau|fr)|(?P<role>[a-z]{3,30}in))"
    r"(?: \.)? (?:(?:dr|prof)(?: \.)? )?$"
)
_ROLE = re.compile(rf"(?:{source('people', 'debtor')})")
_LOOK_BACK = 48


class Form(StrEnum):
    """How somebody is addressed."""

    SIR = "Herr"
    MADAM = "Frau"


def form_by_name(person: PersonName) -> Form | None:
    """The form that goes with a common first name; None if it is rare or everybody's."""
    first = fold_letters(person.first[0], umlaut_with_e=True).split("-")[0] if person.first else ""
    if not first or not is_first_name(first) or first in words("people", "either_sex"):
        return None
    if first in words("people", "women_otherwise"):
        return Form.MADAM
    ends_like_a_woman_s = first[-1] in "ae" and first not in words("people", "men_in_a_or_e")
    return Form.MADAM if ends_like_a_woman_s else Form.SIR


def forms_said(texts: Iterable[str], names: Collection[str]) -> set[Form]:
    """The forms before any of these folded names in folded texts: "Frau Kern", "Mieterin Kern"."""
    said: set[Form] = set()
    for text in texts:
        for name in names:
            for match in re.finditer(rf" {re.escape(name)} ", text):
                before = text[max(match.start() - _LOOK_BACK, 0) : match.start() + 1]
                form = _FORM.search(before)
                if form and form["sir"]:
                    said.add(Form.SIR)
                elif form and (form["madam"] or _ROLE.fullmatch(form["role"])):
                    said.add(Form.MADAM)
    return said
