"""What the claim consists of, where only the sum model tells."""

from __future__ import annotations

from decimal import Decimal

from functions.worker.reading.claim.claims import Claim
from functions.worker.reading.claim.likely_parts import likely_parts
from functions.worker.reading.claim.weighed_claim import weighed_claim
from functions.worker.reading.mail.mail_text import open_mail
from functions.worker.reading.money.money_in_mail import money_in_mail
from functions.worker.reading.money.sum_model import SumKind
from functions.worker.weigh_claim import LEAST_CONFIDENCE
from tests.unit.reading.conftest import Mail, as_likely

_THREE = "Kino 500,00 EUR, Brot 30,00 EUR und Spiele 20,00 EUR."


def _claim(mail: Mail, debt: str, *kinds: SumKind) -> Claim:
    """The claim of a mail that prints `debt` and three sums of these kinds."""
    money = money_in_mail(open_mail(mail(f"Die Forderung beträgt {debt} EUR. {_THREE}")))
    likely = as_likely(money.sums, *((kind, 0.9) for kind in (SumKind.CLAIM, *kinds)))
    claim = weighed_claim(money.written, likely, None)
    assert claim
    return claim


def _breakdown(claim: Claim) -> list[Decimal | None]:
    return [claim.principal, claim.interest, claim.costs]


def test_one_part_is_no_whole(a_mail: Mail) -> None:
    sums = money_in_mail(open_mail(a_mail(_THREE))).sums
    kinds = (SumKind.PRINCIPAL, SumKind.OTHER, SumKind.OTHER)
    assert likely_parts(sums, as_likely(sums, *((kind, 0.9) for kind in kinds))) is None


def test_a_printed_claim_gets_the_parts_that_come_to_it(a_mail: Mail) -> None:
    claim = _claim(a_mail, "550,00", SumKind.PRINCIPAL, SumKind.INTEREST, SumKind.COSTS)
    assert _breakdown(claim) == [Decimal(500), Decimal(30), Decimal(20)]
    assert claim.confidence >= LEAST_CONFIDENCE


def test_parts_that_come_to_something_else_are_left(a_mail: Mail) -> None:
    claim = _claim(a_mail, "555,00", SumKind.PRINCIPAL, SumKind.INTEREST, SumKind.COSTS)
    assert claim.principal is None


def test_a_part_that_is_none_of_the_three_leaves_the_breakdown_open(a_mail: Mail) -> None:
    claim = _claim(a_mail, "550,00", SumKind.PRINCIPAL, SumKind.PART, SumKind.COSTS)
    assert _breakdown(claim) == [None, None, None]
