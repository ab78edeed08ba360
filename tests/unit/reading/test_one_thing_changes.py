"""Whoever replaces one thing in a letter changes one field of what is read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from functions.worker.reading import RulesReader
from shared.domain.extraction import ExtractedReply
from shared.domain.reply import Reply

_PROSE = """Sehr geehrte Damen und Herren,

unsere Gesamtforderung gegen {name} zu Kundennummer {number} beträgt {amount} EUR.

Mit freundlichen Grüßen
Eva Kern
Kaufhaus Linde GmbH"""
_FIELDS = """Schuldner: {name}
Aktenzeichen: {number}
Gesamtforderung: {amount} EUR

Kaufhaus Linde GmbH"""
_WRAPPED = """Guten Tag,

{name} schuldet uns aus dem Vertrag mit der Kundennummer
{number} noch insgesamt
{amount} Euro.

Kaufhaus Linde GmbH"""
_TABLE = (
    "<p>Guten Tag,</p><table><tr><td>Kunde</td><td>{name}</td></tr>"
    "<tr><td>Kundennummer</td><td>{number}</td></tr>"
    "<tr><td>Gesamtbetrag</td><td>{amount} &euro;</td></tr></table><p>Kaufhaus Linde GmbH</p>"
)
_LAYOUTS = (_PROSE, _FIELDS, _WRAPPED, _TABLE)
_SIGNATURES = (
    "i. A. Jonas Berger\nTelefon 0341 555018-0",
    "HRB 2214470, Stammkapital 50.000 EUR",
    "Bankverbindung: DE89 3704 0044 0532 0130 00",
    "Diese E-Mail ist vertraulich. Wer sie irrtümlich erhält, vernichtet sie bitte.",
    "Ab 49,00 EUR versandkostenfrei!",
    "Servicezeiten: Mo-Fr 8.30-17.00 Uhr",
)


@dataclass(frozen=True)
class Letter:
    name: str
    number: str
    cents: int
    layout: str

    def read(self, below: str = "") -> ExtractedReply:
        printed = f"{self.cents // 100:,}".replace(",", ".") + f",{self.cents % 100:02}"
        text = self.layout.format(name=self.name, number=self.number, amount=printed)
        is_html = self.layout is _TABLE
        return RulesReader().read(
            Reply(
                ticket_id="1",
                from_email="konto@kaufhaus-linde.example",
                from_name="Kaufhaus Linde GmbH",
                subject="Ihr Schreiben",
                body_text=None if is_html else f"{text}\n{below}",
                body_html=text + below.replace("\n", "<br>") if is_html else None,
                received_at=datetime(2026, 4, 1, tzinfo=UTC),
            )
        )


_FIRST_NAMES = st.sampled_from("Anna Bernd Cem Dagmar Erik Frieda Jürgen Marie-Luise Olga".split())
_SURNAMES = st.sampled_from(
    ["Aßmann", "Buchholz", "Öztürk", "Nowak", "von der Lippe", "Sommer", "Wagner-Roth", "Ziegler"]
)
_NAMES = st.builds("{} {}".format, _FIRST_NAMES, _SURNAMES)
_NUMBERS = st.from_regex(
    r"(KD-[1-9][0-9]{5}|[1-9][0-9]{8}|[A-Z]{2}/[1-9][0-9]{3}/2[0-9])", fullmatch=True
)
_LETTERS = st.builds(
    Letter, _NAMES, _NUMBERS, st.integers(1_01, 99_999_99), st.sampled_from(_LAYOUTS)
)


def _values(found: ExtractedReply) -> ExtractedReply:
    """What was read, without where: places move with the length of what stands before."""
    return replace(found, evidence={}, confidence=0.0)


@settings(max_examples=120)
@given(letter=_LETTERS)
def test_every_thing_is_read_in_every_layout(letter: Letter) -> None:
    found = letter.read()
    assert (found.client_name, found.debt_amount) == (letter.name, Decimal(letter.cents) / 100)
    assert found.reference_numbers == (letter.number,)


@settings(max_examples=60)
@given(letter=_LETTERS, name=_NAMES)
def test_another_name_changes_the_client_alone(letter: Letter, name: str) -> None:
    other = replace(letter, name=name).read()
    assert _values(other) == replace(_values(letter.read()), client_name=name)


@settings(max_examples=60)
@given(letter=_LETTERS, number=_NUMBERS)
def test_another_number_changes_the_reference_alone(letter: Letter, number: str) -> None:
    other = replace(letter, number=number).read()
    assert _values(other) == replace(_values(letter.read()), reference_numbers=(number,))


@settings(max_examples=60)
@given(letter=_LETTERS, cents=st.integers(1_01, 99_999_99))
def test_another_sum_changes_the_amount_alone(letter: Letter, cents: int) -> None:
    other = replace(letter, cents=cents).read()
    assert _values(other) == replace(_values(letter.read()), debt_amount=Decimal(cents) / 100)


@settings(max_examples=60)
@given(letter=_LETTERS, layout=st.sampled_from(_LAYOUTS))
def test_another_layout_changes_nothing(letter: Letter, layout: str) -> None:
    assert _values(replace(letter, layout=layout).read()) == _values(letter.read())


@settings(max_examples=80)
@given(letter=_LETTERS, below=st.lists(st.sampled_from(_SIGNATURES), max_size=4).map("\n".join))
def test_signatures_and_disclaimers_never_change_the_amount(letter: Letter, below: str) -> None:
    assert letter.read(below).debt_amount == Decimal(letter.cents) / 100
