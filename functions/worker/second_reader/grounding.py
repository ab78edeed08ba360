"""Keeps of a model's answer what the mail's own text says, and drops everything else."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from functions.worker.reading.mail.mail_text import MailText
from functions.worker.second_reader.printed_names import Place, firm_places
from functions.worker.second_reader.printed_values import PrintedValues
from functions.worker.second_reader.tool_answer import ToolAnswer
from shared.domain.extraction import Evidence, ExtractedReply
from shared.domain.match_keys import fold_letters, fold_reference
from shared.domain.reply import Reply

MOST_CONFIDENCE = 0.8
"""No value of a model alone is surer than this."""
_ELSEWHERE = 0.7
"""It stands in the mail, yet not in the words that the model names as its evidence."""
_IN_QUOTED_MAIL = 0.6
_IMPLAUSIBLE, _DOUBTED = Decimal(500_000), 0.4
_LEAST_QUOTE = 12
_ZERO = Decimal("0.00")


def grounded(answer: ToolAnswer, reply: Reply, mail: MailText, *, extractor: str) -> ExtractedReply:
    """The reading with evidence for every value in it.

    Amounts are compared by value, numbers by letters and digits, names by their folded words.
    The mail's class and intent are judgements: nothing in the text can prove them.
    """
    grounds = _Grounds(answer, reply, mail)
    amounts = {name: grounds.amount(name) for name in _AMOUNTS}
    return ExtractedReply(
        is_creditor_reply=answer.is_creditor_reply,
        intent=answer.intent,
        extractor=extractor,
        confidence=MOST_CONFIDENCE,
        client_name=grounds.client(),
        creditor_name=grounds.firm("creditor_name"),
        representative_name=grounds.firm("representative_name"),
        debt_amount=amounts["debt_amount"],
        currency=grounds.currency(amounts),
        principal=amounts["principal"],
        interest=amounts["interest"],
        costs=amounts["costs"],
        reference_numbers=grounds.references(),
        iban=grounds.iban(),
        settlement_decision=answer.settlement_decision if grounds.decision() else None,
        settlement_amount=amounts["settlement_amount"],
        evidence=grounds.evidence,
    )


_AMOUNTS = ("debt_amount", "principal", "interest", "costs", "settlement_amount")


class _Grounds:
    """Looks each value of one answer up in one mail, and collects the evidence."""

    def __init__(self, answer: ToolAnswer, reply: Reply, mail: MailText) -> None:
        self._answer = answer
        self._reply = reply
        self._mail = mail
        self._printed = PrintedValues(mail)
        self._quoted: dict[str, Place | None] = {}
        self.evidence: dict[str, Evidence] = {}

    def amount(self, field: str) -> Decimal | None:
        value: Decimal | None = getattr(self._answer, field)
        if value is None:
            return None
        places = [(one.start, one.end) for one in self._printed.amounts(value)]
        if field == "debt_amount" and value == _ZERO and not places:
            settled = self._printed.nothing_owed()
            places = [settled] if settled else []
        most = _DOUBTED if value > _IMPLAUSIBLE else MOST_CONFIDENCE
        return value if self._keep(field, places, most) else None

    def currency(self, amounts: dict[str, Decimal | None]) -> str | None:
        """The currency printed at the debt, else at the settlement; None if none is printed."""
        for field in ("debt_amount", "settlement_amount"):
            value = amounts[field]
            if value is not None:
                printed = {one.currency for one in self._printed.amounts(value) if one.currency}
                return printed.pop() if len(printed) == 1 else None
        return None

    def client(self) -> str | None:
        name = self._answer.client_name
        if name is None or _letters(name) == _letters(self._reply.from_name or ""):
            return None
        said = self._printed.debtor(name, quoted=False)
        quoted = () if said else self._printed.debtor(name, quoted=True)
        most = MOST_CONFIDENCE if said else _IN_QUOTED_MAIL
        return name if self._keep("client_name", said or quoted, most) else None

    def firm(self, field: str) -> str | None:
        """Named in the mail, or else by the sender's own name, as for the rules."""
        name: str | None = getattr(self._answer, field)
        if name is None or self._keep(field, self._printed.firms(name), MOST_CONFIDENCE):
            return name
        shown = self._reply.from_name or ""
        for start, end in firm_places(shown, name):
            self.evidence[field] = Evidence(
                confidence=_ELSEWHERE,
                quote=shown[start:end],
                source="from_name",
                start=start,
                end=end,
            )
            return name
        return None

    def references(self) -> tuple[str, ...]:
        """The numbers as the mail prints them."""
        kept: dict[str, str] = {}
        for number in self._answer.reference_numbers:
            places = self._printed.references(number)
            if self._keep("reference_numbers", places, MOST_CONFIDENCE):
                kept.setdefault(fold_reference(number), self._mail.text[slice(*places[0])])
        return tuple(kept.values())

    def iban(self) -> str | None:
        number = self._answer.iban
        if number is None:
            return None
        found = self._keep("iban", self._printed.ibans(number), MOST_CONFIDENCE)
        return fold_reference(number) if found else None

    def decision(self) -> bool:
        """A decision is no value that is printed; the words that the model quotes have to be."""
        place = self._quote("settlement_decision")
        if self._answer.settlement_decision is None or place is None:
            return False
        is_long = place[1] - place[0] >= _LEAST_QUOTE
        return is_long and self._keep("settlement_decision", [place], MOST_CONFIDENCE)

    def _keep(self, field: str, places: Iterable[Place], most: float) -> bool:
        """Note the first place, those inside the words that the model quotes before others."""
        quoted = self._quote(field) or (0, 0)
        ordered = sorted(places, key=lambda place: (not _is_inside(place, quoted), place))
        for start, end in ordered[:1]:
            sure = most if _is_inside((start, end), quoted) else min(most, _ELSEWHERE)
            self.evidence.setdefault(field, self._mail.evidence(start, end, sure))
        return bool(ordered)

    def _quote(self, field: str) -> Place | None:
        if field not in self._quoted:
            words = self._answer.evidence.get(field, "")
            self._quoted[field] = self._printed.quote(words)
        return self._quoted[field]


def _is_inside(place: Place, quoted: Place) -> bool:
    return quoted[0] <= place[0] and place[1] <= quoted[1]


def _letters(name: str) -> str:
    return "".join(sorted(fold_letters(name, umlaut_with_e=True).replace(",", " ").split()))
