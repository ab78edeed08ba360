"""Where the values of a reading are printed in the mail; what is printed nowhere is invented."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cached_property

from functions.worker.reading.claim.claimed_amount import claimed_amount
from functions.worker.reading.ibans import Iban, find_ibans
from functions.worker.reading.mail.mail_text import QUOTED, SAID, WRITTEN, MailText
from functions.worker.reading.mail.segments import Label
from functions.worker.reading.money.amounts import Amount, find_amounts
from functions.worker.second_reader.printed_names import Place, firm_places, person_places
from functions.worker.second_reader.printed_numbers import FoldedText, fold_text, reference_places
from shared.domain.match_keys import fold_reference

_LETTERHEAD = frozenset({*WRITTEN, Label.FOOTER})


class PrintedValues:
    """The texts in which each kind of value counts, as for the rules: places are the mail's own."""

    def __init__(self, mail: MailText) -> None:
        self._mail = mail
        self._written = mail.only(WRITTEN)

    def amounts(self, value: Decimal) -> tuple[Amount, ...]:
        """The sums of this value in the sender's own words."""
        return tuple(one for one in self._amounts if one.value == value)

    def nothing_owed(self) -> Place | None:
        """Where the sender says without a condition that nothing is owed."""
        claim = claimed_amount(self._written, ())
        return (claim.start, claim.end) if claim and not claim.debt else None

    def ibans(self, number: str) -> tuple[Place, ...]:
        wanted = fold_reference(number)
        return tuple((one.start, one.end) for one in self._ibans if one.number == wanted)

    def references(self, number: str) -> tuple[Place, ...]:
        return tuple(reference_places(self._folded, number))

    def debtor(self, name: str, *, quoted: bool) -> tuple[Place, ...]:
        """Where a debtor is named: in what the sender says, or in what he answers."""
        return person_places(self._mail.only(QUOTED if quoted else SAID), name)

    def firms(self, name: str) -> tuple[Place, ...]:
        return firm_places(self._mail.only(_LETTERHEAD), name)

    def quote(self, words: str) -> Place | None:
        """Where the sender writes these words, line ends aside."""
        pattern = r"\s{1,8}".join(re.escape(word) for word in words.split())
        found = re.search(pattern, self._written) if pattern else None
        return found.span() if found else None

    @cached_property
    def _ibans(self) -> tuple[Iban, ...]:
        return tuple(find_ibans(self._written))

    @cached_property
    def _without_ibans(self) -> str:
        text = self._written
        for one in self._ibans:
            text = text[: one.start] + "#" * (one.end - one.start) + text[one.end :]
        return text

    @cached_property
    def _amounts(self) -> tuple[Amount, ...]:
        return find_amounts(self._without_ibans)

    @cached_property
    def _folded(self) -> FoldedText:
        return fold_text(self._without_ibans)
