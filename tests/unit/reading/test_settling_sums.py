"""Which sum would settle the matter, where the mail names several or prints no currency."""

from __future__ import annotations

import pytest

from tests.unit.reading.conftest import Read

_CASE = "In der Sache Kundennummer K-88412 antworten wir:\n\n"
_OFFER = "\n\n> Wir bieten Ihnen zur Abgeltung eine Quote an und bitten um Zustimmung."


@pytest.mark.parametrize(
    ("said", "settling"),
    [
        (
            (
                "Wir nehmen die im Plan vorgesehenen 412,30 EUR zur Abgeltung unserer Forderung von"
                " 6.870,00 EUR an."
            ),
            "412.30",
        ),
        (
            (
                "Dem Vergleich stimmen wir zu. Die titulierte Forderung von 4.150,80 EUR machen wir"
                " nach Eingang der 900,00 EUR, die Sie anbieten, nicht weiter geltend."
            ),
            "900.00",
        ),
        (
            "We accept the sum of EUR 1,200.00 in settlement of the EUR 7,450.00 claimed.",
            "1200.00",
        ),
        (
            (
                "Wir kommen Ihnen entgegen, jedoch erst ab 40 % der Gesamtsumme (2.600,00 EUR)."
                " Das ergäbe 1.040,00 EUR."
            ),
            "1040.00",
        ),
        ("Gegenvorschlag: 850,00 EUR statt 2.300,00 EUR, dann sind wir quitt.", "850.00"),
        ("Gegenvorschlag: 750 statt 400, dann haben wir eine Lösung.", "750.00"),
        ("Bei 1.300 wären wir dabei und würden den Rest abschreiben.", "1300.00"),
    ],
)
def test_it_is_the_sum_whose_payment_ends_the_matter(read: Read, said: str, settling: str) -> None:
    assert str(read(_CASE + said + _OFFER).settlement_amount) == settling


@pytest.mark.parametrize(
    "said",
    [
        "Statt der angeregten 20 Euro monatlich benötigen wir mindestens 45 Euro im Monat.",
        "Gegen eine monatliche Tilgung von 55 EUR haben wir nichts einzuwenden.",
        "Dem Plan stimmen wir zu. Offen sind 780,00 EUR nebst 20,00 EUR Zinsen.",
        "Wir stimmen dem Plan zu. Rechnung 4711 wird danach ausgebucht.",
        "Mit 300 bin ich nicht einverstanden, Ihr Plan ist abgelehnt.",
    ],
)
def test_no_monthly_sum_no_claim_and_no_number_settles(read: Read, said: str) -> None:
    assert read(_CASE + said + _OFFER).settlement_amount is None


@pytest.mark.parametrize(
    "said",
    [
        "Dem Plan wird zugestimmt. Mit Eingang von 214,60 EUR gelten die Rückstände als erloschen.",
        "Mir ist lieber, ich bekomme jetzt die 214,60 Euro. Also ein Ja zu Ihrem Vorschlag.",
    ],
)
def test_the_only_sum_of_an_agreement_settles_and_is_not_the_claim(read: Read, said: str) -> None:
    found = read(_CASE + said + _OFFER)
    assert (found.debt_amount, str(found.settlement_amount)) == (None, "214.60")


def test_of_a_refused_sum_and_another_one_the_other_settles(read: Read) -> None:
    found = read(_CASE + "40 Euro reichen uns nicht, mit 150 Euro wären wir quitt." + _OFFER)
    assert str(found.settlement_amount) == "150.00"
