"""What the claim consists of, where only the sum model tells."""

from __future__ import annotations

from decimal import Decimal

from functions.worker.reading.claimed_amount import Claim
from functions.worker.reading.likely_parts import likely_parts
from functions.worker.reading.mail_text import open_mail
from functions.worker.reading.money_in_mail import money_in_mail
from functions.worker.reading.sum_model import LikelySums, SumKind
from functions.worker.reading.weighed_claim import weighed_claim
from functions.worker.weigh_claim import LEAST_CONFIDENCE
from tests.unit.reading.conftest import Mail

_THREE = "Kino 500,00 EUR, Brot 30,00 EUR und Spiele 20,00 EUR."


def _likely(mail: Mail, body: str, *kinds: str) -> tuple[str, LikelySums]:
    money = money_in_mail(open_mail(mail(body)))
    shares = {one.amount.start: {kind: 0.9} for one, kind in zip(money.sums, kinds, strict=True)}
    return money.written, LikelySums(money.sums, shares)


def _breakdown(claim: Claim) -> list[Decimal | None]:
    return [claim.principal, claim.interest, claim.costs]


def test_one_part_is_no_whole(a_mail: Mail) -> None:
    _, likely = _likely(a_mail, _THREE, SumKind.PRINCIPAL, SumKind.OTHER, SumKind.OTHER)
    assert likely_parts(likely.sums, likely) is None


def test_a_printed_claim_gets_the_parts_that_come_to_it(a_mail: Mail) -> None:
    body = f"Die Forderung beträgt 550,00 EUR. {_THREE}"
    kinds = (SumKind.CLAIM, SumKind.PRINCIPAL, SumKind.INTEREST, SumKind.COSTS)
    text, likely = _likely(a_mail, body, *kinds)
    claim = weighed_claim(text, likely, None)
    assert claim
    assert _breakdown(claim) == [Decimal(500), Decimal(30), Decimal(20)]
    assert claim.confidence >= LEAST_CONFIDENCE


def test_parts_that_come_to_something_else_are_left(a_mail: Mail) -> None:
    body = f"Die Forderung beträgt 555,00 EUR. {_THREE}"
    kinds = (SumKind.CLAIM, SumKind.PRINCIPAL, SumKind.INTEREST, SumKind.COSTS)
    text, likely = _likely(a_mail, body, *kinds)
    claim = weighed_claim(text, likely, None)
    assert claim
    assert claim.principal is None


def test_a_part_that_is_none_of_the_three_leaves_the_breakdown_open(a_mail: Mail) -> None:
    body = f"Die Forderung beträgt 550,00 EUR. {_THREE}"
    kinds = (SumKind.CLAIM, SumKind.PRINCIPAL, SumKind.PART, SumKind.COSTS)
    text, likely = _likely(a_mail, body, *kinds)
    claim = weighed_claim(text, likely, None)
    assert claim
    assert _breakdown(claim) == [None, None, None]
