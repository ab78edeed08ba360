"""Where the sum model decides beside words and reckoning, and where it must not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from functions.worker.reading.claim.weighed_claim import weighed_claim
from functions.worker.reading.mail.mail_text import open_mail
from functions.worker.reading.money.money_in_mail import MoneyInMail, money_in_mail
from functions.worker.reading.money.sum_model import LikelySums, SumKind, likely_sums
from functions.worker.weigh_claim import LEAST_CONFIDENCE
from tests.unit.reading.conftest import Mail, Read, as_likely

_NO_WORD_FOR_IT = "Die 812,40 EUR plagen uns seit Jahren."


def _money(mail: Mail, body: str) -> MoneyInMail:
    return money_in_mail(open_mail(mail(body)))


def _likely(money: MoneyInMail, *shares: float) -> LikelySums:
    return as_likely(money.sums, *((SumKind.CLAIM, share) for share in shares))


def test_a_claim_without_a_known_word_goes_to_a_person(a_mail: Mail) -> None:
    money = _money(a_mail, _NO_WORD_FOR_IT)
    likely = _likely(money, 0.9)
    claim = weighed_claim(money.written, likely, None)
    assert claim
    assert claim.debt == Decimal("812.40")
    assert claim.confidence < LEAST_CONFIDENCE


def test_an_unlikely_sum_is_no_claim(a_mail: Mail) -> None:
    money = _money(a_mail, _NO_WORD_FOR_IT)
    likely = _likely(money, 0.4)
    assert weighed_claim(money.written, likely, None) is None


@pytest.mark.parametrize(
    ("shares", "debt", "is_sure"),
    [
        ((0.9, 0.1), "500.00", True),
        ((0.05, 0.6), "500.00", False),
        ((0.08, 0.6), "500.00", False),
        ((0.05, 0.9), "730.00", False),
    ],
)
def test_a_claim_that_the_model_finds_unlikely_is_doubted_or_replaced(
    a_mail: Mail,
    shares: tuple[float, float],
    debt: str,
    is_sure: bool,  # noqa: FBT001
) -> None:
    money = _money(a_mail, "Die Forderung beträgt 500,00 EUR. Im Ordner liegen 730,00 EUR.")
    likely = _likely(money, *shares)
    claim = weighed_claim(money.written, likely, None)
    assert claim
    assert claim.debt == Decimal(debt)
    assert (claim.confidence >= LEAST_CONFIDENCE) is is_sure


@pytest.mark.parametrize(
    "body",
    [
        "Frau Petra Anders: Forderung 500,00 EUR.\nHerr Uwe Zöllner: Forderung 730,00 EUR.",
        "Die Forderung über 500,00 EUR ist verkauft, mehr als 730,00 EUR weiß der Erwerber.",
    ],
)
def test_the_model_has_no_say_where_none_is_claimed_of_one_debtor(a_mail: Mail, body: str) -> None:
    money = _money(a_mail, body)
    likely = _likely(money, 0.9, 0.9)
    assert weighed_claim(money.written, likely, None) is None


def test_a_printed_sum_that_is_all_but_certain_replaces_a_reckoned_one(a_mail: Mail) -> None:
    money = _money(
        a_mail, "Forderung 300,00 EUR, Zinsen 20,00 EUR. Wir erbitten den Ausgleich von 350,00 EUR."
    )
    likely = _likely(money, 0.3, 0.0, 0.97)
    claim = weighed_claim(money.written, likely, None)
    assert claim
    assert (claim.debt, claim.confidence < LEAST_CONFIDENCE) == (Decimal("350.00"), True)


def test_the_newest_of_dated_sums_is_not_weighed(a_mail: Mail) -> None:
    body = "Rückstand Stand 28.02.2026: 731,40 EUR; Stand 15.03.2026: 702,00 EUR."
    money = _money(a_mail, body)
    claim = weighed_claim(money.written, _likely(money, 0.99, 0.01), None)
    assert claim
    assert claim.debt == Decimal("702.00")


def test_a_sum_of_parts_is_not_replaced_by_its_part(a_mail: Mail) -> None:
    money = _money(a_mail, "Hauptforderung 500,00 EUR\nZinsen 30,00 EUR\nMahnkosten 20,00 EUR")
    likely = _likely(money, 0.9, 0.0, 0.0)
    claim = weighed_claim(money.written, likely, None)
    assert claim
    assert claim.debt == Decimal("550.00")


@pytest.mark.parametrize(
    ("body", "claim"),
    [
        ("Auf der Kundin lasten bei uns derzeit 812,40 EUR.", "812.40"),
        ("Unterm Strich geht es um 1.310,55 EUR, der Titel lautete über 900,00 EUR.", "1310.55"),
        ("Sie steht mit 1.204,10 EUR in der Kreide, zuletzt kamen 20,00 EUR.", "1204.10"),
        ("Anfangs waren es 300,00 EUR, heute sind es 412,00 EUR.", "412.00"),
    ],
)
def test_the_likeliest_sum_by_words_it_may_not_have_met(
    a_mail: Mail, body: str, claim: str
) -> None:
    money = _money(a_mail, body)
    best = likely_sums(money.written, money.sums).likeliest(SumKind.CLAIM, money.sums)
    assert best
    assert best.amount.value == Decimal(claim)


def test_no_more_than_twenty_five_sums_are_looked_at(a_mail: Mail) -> None:
    money = _money(a_mail, "Es sind 12,00 EUR.\n" * 300)
    assert len(likely_sums(money.written, money.sums).shares) == 25


def test_who_adds_a_claim_up_has_not_given_it_away(read: Read) -> None:
    found = read(
        "Die Nordlicht Invest S.A. hat die Forderung gegen Uwe Anders von der Kaufhaus Linde GmbH "
        "erworben. Wir vertreten die Zessionarin.\n\nHauptforderung 500,00 EUR\n"
        "Zinsen 30,00 EUR\nKosten 20,00 EUR\nGesamt 550,00 EUR"
    )
    assert found.debt_amount == Decimal("550.00")


def test_costs_that_are_counted_in_are_not_added(read: Read) -> None:
    found = read("Der Kontostand lautet 341,80 EUR, 12,00 EUR Mahnkosten sind eingerechnet.")
    assert found.debt_amount == Decimal("341.80")
